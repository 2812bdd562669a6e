"""The one settings file: production first, everything from the environment, secrets without defaults."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env

BASE = env.BASE
TESTING = False
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
SECRET_KEY = env.required("SECRET_KEY", "Set it to a long random text kept outside the repository.")
DATABASES = {
    "default": env.database(env.required("DATABASE_URL", "Use sqlite:///var/site.sqlite3 or postgres://…/name."))
}
SITE_URL = env.required("SITE_URL", "Set it to the public address, such as https://www.example.org.").rstrip("/")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname or "")
VAR = env.optional("VAR_DIR", str(env.BASE / "var"))
LOCAL = urlsplit(SITE_URL).hostname in ("localhost", "127.0.0.1")
OUTSIDE = [host for host in ALLOWED_HOSTS if host not in ("localhost", "127.0.0.1", "[::1]")]
if DEMO and not LOCAL:
    raise ImproperlyConfigured("DEMO=1 is for localhost only: it lets the printed sign-ins in without a second factor.")
if LOCAL and OUTSIDE:
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS={' '.join(OUTSIDE)} opens to others what SITE_URL={SITE_URL} keeps to this machine, and there "
        "cookies travel in the clear. Set SITE_URL to the public address, or leave ALLOWED_HOSTS out."
    )
if not LOCAL and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS=* lets anybody choose the host in the links of our mails. Name the hosts."
    )
if DEBUG and not LOCAL:
    raise ImproperlyConfigured("DEBUG=1 shows the code and the settings to every visitor: it is for localhost only.")
if not LOCAL and urlsplit(SITE_URL).scheme != "https":
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL} is not https: sign-in and passkeys need it.")
if not LOCAL and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY has fewer than 50 characters. Make a longer random one.")

INSTALLED_APPS = [
    "hiwar.audit",
    "hiwar.ui",
    "hiwar.edge",
    "hiwar.tasks",
    "hiwar.items",
    "hiwar.post",
    "hiwar.media",
    "hiwar.accounts",
    "hiwar.states",
    "hiwar.scripture",
    "hiwar.library",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales: adds the choice of what to translate
    "wagtailmedia",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "hiwar.accounts.apps.OfficeUsers",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.forms",  # its widgets, found by the loaders that find ours (FORM_RENDERER)
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "hiwar.edge.middleware.Headers",
    "hiwar.edge.middleware.Compress",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hiwar.library.old_addresses.OldAddresses",
    "hiwar.edge.middleware.NoNul",
    "hiwar.edge.middleware.Sessions",
    "hiwar.edge.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "hiwar.edge.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hiwar.accounts.middleware.Office",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "hiwar" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Languages: adding one is a matter of this list alone -------------------------------------------
LANGUAGE_NAMES = {"ar": _("Arabic"), "en": _("English"), "fr": _("French")}
LANGUAGE_CODES = env.listing("LANGUAGES", "ar en")
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGE_CODES]
LANGUAGE_CODE = "en"  # the source language of messages; pages take theirs from the address
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [(code, name) for code, name in LANGUAGES if code in ("ar", "en")]
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation begins as a draft, whatever its source is
# The second catalogue corrects the framework's own wording; ours comes first.
LOCALE_PATHS = [BASE / "hiwar" / "locale", BASE / "hiwar" / "accounts" / "locale_office"]
TIME_ZONE = "Asia/Riyadh"
USE_TZ = True
USE_I18N = True

# --- People ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "hiwar.accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # no one signs up: a manager creates each account
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make us write to an address that has no account
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "hiwar.accounts.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "login_webauthn": "hiwar.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "hiwar.accounts.forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "hiwar.accounts.forms.PasskeyConfirmForm",
    "add_webauthn": "hiwar.accounts.forms.PasskeyForm",
    "edit_webauthn": "hiwar.accounts.forms.PasskeyNameForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the manager who made the account vouches for the address
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sawt Al-Hikma"
MFA_TOTP_TOLERANCE = 1  # telephones keep time badly: the code before and the one after count as well
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/office/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/office/account/login/"
SESSION_COOKIE_PATH = "/office/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_PATH = "/office/"
CSRF_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hiwar.edge.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- The office (Wagtail) ----------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "صوت الحكمة · Sawt Al-Hikma"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/office/account/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/office/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Asia/Riyadh", "UTC"]
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "hiwar.media.forms.PictureForm"
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILDOCS_DOCUMENT_MODEL = "media.Attachment"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt", "csv", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hiwar.media.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Video",
    "MEDIA_FORM_BASE": "hiwar.media.forms.VideoForm",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS = []  # nothing asks another site for a preview
TAGGIT_CASE_INSENSITIVE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILE_UPLOAD_HANDLERS = [
    "hiwar.media.uploads.Bounded",  # stops a file at UPLOAD_LIMIT
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long StreamField has many
UPLOAD_LIMIT = env.number("UPLOAD_LIMIT_MB", 600) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = f"{VAR}/static"
STATICFILES_DIRS = [BASE / "hiwar" / "static"]
MEDIA_URL = "/files/"
MEDIA_ROOT = f"{VAR}/files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.optional("FILES_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.optional("FILES_BUCKET"),
            "endpoint_url": env.optional("FILES_ENDPOINT") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Cache, jobs, mail -------------------------------------------------------------------------------
REDIS_URL = env.optional("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
}
# Seconds an item's page is kept once made; its registry row is read anew for each request all the same.
PAGES_KEPT = env.number("PAGES_KEPT", 60)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_DEAD_AFTER = env.number("WORKER_DEAD_AFTER", 90)  # seconds of silence after which a worker's job is run again
EMAIL_BACKEND = "hiwar.post.backend.OutboxBackend"  # everything sent goes through the outbox
# The demonstration sends nothing: its mail lies in var/mail, one file a message.
POST_TRANSPORT = env.optional(
    "POST_TRANSPORT", f"django.core.mail.backends.{'filebased' if DEMO else 'smtp'}.EmailBackend"
)
EMAIL_HOST = env.optional("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.optional("SMTP_USER")
EMAIL_HOST_PASSWORD = env.optional("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_STARTTLS")
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = f"{VAR}/mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.optional("MAIL_FROM", "centre@localhost")
SECURITY_CONTACT = env.optional("SECURITY_CONTACT", DEFAULT_FROM_EMAIL)

# --- Security ----------------------------------------------------------------------------------------
BROTLI_QUALITY = 7  # the knee: one step more takes longer, six take twenty times as long and save a tenth
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
# How many proxies of our own each add an entry to X-Forwarded-For: the limits count the client by the entry that many
# from the end. With 0 the header is not read, since a client could write into it what it likes.
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXIES", 0)
OUTSIDE_VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # hiwar.edge.middleware.Csrf is Django's own, a line stricter
    "security.W002",  # hiwar.edge.middleware.Headers says by audience who may frame a page
    # SECURE_SSL_REDIRECT and HSTS are off on localhost alone; settings refuse a public address without https.
    *(["security.W004", "security.W008", "security.W012", "security.W016"] if LOCAL else []),
    "wagtailadmin.W001",
]

# --- Logs keep no client address, referrer or agent ----------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_person": {"()": "hiwar.edge.logs.NoPerson"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_person"]}},
    "root": {"handlers": ["console"], "level": env.optional("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers would mail the whole request, address included.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": False},
        "django_tasks": {"level": "WARNING"},  # else two lines for every job
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
