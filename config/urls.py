"""Every address, public and office."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login  # noqa: F401
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from hiwar.accounts import urls as account_urls
from hiwar.edge import views as edge
from hiwar.library import api_urls as library_api
from hiwar.library import urls as library_urls
from hiwar.library.views.signing import approve_from_a_list
from hiwar.media import urls as media_urls
from hiwar.post.actions import waiting
from hiwar.scripture import api_urls as scripture_api
from hiwar.scripture import urls as scripture_urls
from hiwar.scripture.views.office_preview import preview as scripture_preview
from hiwar.states import urls as state_urls
from hiwar.tasks import beats
from hiwar.ui import urls as ui_urls

urlpatterns = [
    path("", edge.to_language, name="root"),
    path("healthz", edge.healthz, name="healthz"),
    path("readyz", edge.readyz, {"worker": beats.living, "backlog": {"jobs": beats.backlog, "mail": waiting}}),
    path(".well-known/security.txt", edge.security_txt, name="security_txt"),
    path("robots.txt", edge.robots_txt, name="robots_txt"),
    path("", include(account_urls)),
    path("office/documents/", include(document_urls)),
    path("office/scripture/preview/", scripture_preview, name="scripture_preview"),
    # Before the office's own: there a Scholar would sign without having opened the text.
    path("office/pages/workflow/action/<int:page_id>/approve/<int:task_state_id>/", approve_from_a_list),
    path("office/", include(admin_urls)),
    path("", include(media_urls)),
    path("", include(library_urls.outside_languages)),
    path("api/v1/", include(scripture_api)),
    path("api/v1/", include(library_api)),
    *i18n_patterns(
        path("", include(ui_urls)),
        path("", include(scripture_urls)),
        path("", include(state_urls)),
        path("", include(library_urls)),
    ),
]
handler404 = "hiwar.library.views.errors.not_found"
handler403 = "hiwar.library.views.errors.forbidden"
handler500 = "hiwar.library.views.errors.broken"
