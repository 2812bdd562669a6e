"""The office's Arabic: the framework's faults are corrected, and the sign-in pages hold no English."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override, trans_real

from hiwar.accounts.models import User
from hiwar.library import house, roles
from tests.accounts.people import account, signed_in

LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = {"JavaScript"}  # stays Latin in Arabic


class TestFaults:
    """The five faults of LANGUAGE, part 1, as the installed framework has them or had them."""

    @pytest.mark.parametrize(
        "message, right",
        [
            ("No, don't unpublish", "إبقاء المادة منشورة"),
            ("Yes, unpublish it", "نعم، سحب من النشر"),
            ("slug", "الجزء النصي من العنوان"),
            ("Slug", "الجزء النصي من العنوان"),
            ("workflow", "مسار العمل"),
            ("Workflows", "مسارات العمل"),
            ("Live", "منشور"),
            ("live", "منشور"),
            ("Request changes", "طلب تعديل"),
            ("Approve", "اعتماد"),
        ],
    )
    def test_words(self, message, right):
        with override("ar"):
            assert gettext(message) == right

    def test_nothing_speaks_of_seljuks_workplaces_or_broadcasts(self):
        words = set()
        for catalog in trans_real.translation("ar")._catalog._catalogs:
            words.update(catalog.values())
        text = "\n".join(str(word) for word in words)
        for wrong in ("السلاجقة", "مكان العمل", "بث مباشر"):
            assert wrong not in text

    def test_six_forms(self):
        with override("ar"):
            one, many = (
                "%(num_parent_objects)d page has been published",
                "%(num_parent_objects)d pages have been published",
            )
            said = [ngettext(one, many, n) % {"num_parent_objects": n} for n in (0, 1, 2, 3, 11, 100)]
        assert said == [
            "لم تُنشر أي صفحة",
            "نُشرت صفحة واحدة",
            "نُشرت صفحتان",
            "نُشرت 3 صفحات",
            "نُشرت 11 صفحة",
            "نُشرت 100 صفحة",
        ]


def words_of(html: str) -> str:
    """What a person reads or hears of a page: text, labels, placeholders and alternative texts."""
    spoken = re.findall(r'(?:alt|aria-label|placeholder|title)="([^"]*)"', html)
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    html = re.sub(r'<(\w+)[^>]*\b(?:lang="en"|dir="ltr")[^>]*>.*?</\1>', " ", html, flags=re.S)
    return re.sub(r"<[^>]+>", " ", html) + "\n".join(spoken)


def english_in(html: str) -> list[str]:
    return [word for word in LATIN_WORD.findall(words_of(html).replace("&quot;", " ")) if word not in NAMES]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def prepared(self):
        by = User.objects.system("demo")
        house.prepare(by=by)
        roles.prepare(by=by)

    @pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
    def test_before_signing_in(self, name):
        html = Client().get(reverse(name)).content.decode()
        assert '<html lang="ar" dir="rtl">' in html
        assert english_in(html) == []

    @pytest.mark.parametrize(
        "name",
        [
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "account_change_password",
            "account_logout",
            "account_reauthenticate",
        ],
    )
    def test_before_the_second_factor(self, name):
        client = signed_in(account("reviewer", roles.REVIEWERS), factor=False)
        session = client.session
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
        session.save()
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert english_in(answer.content.decode()) == []

    @pytest.mark.parametrize(
        "name",
        [
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_reauthenticate",
        ],
    )
    def test_after_it(self, name):
        answer = signed_in(account("reviewer", roles.REVIEWERS)).get(reverse(name))
        assert answer.status_code == 200
        assert english_in(answer.content.decode()) == []

    def test_errors_of_the_forms(self):
        texts = [
            Client().post(reverse("account_login"), {"login": "x@example.org", "password": "x"}),
            Client().post(reverse("account_login"), {"login": "", "password": ""}),
            Client().post(reverse("account_reset_password"), {"email": "not an address"}),
        ]
        for answer in texts:
            html = answer.content.decode()
            assert "sign-in__error" in html
            assert english_in(html) == []

    def test_every_template_of_ours_is_in_arabic(self):
        """Also those no test opens: too many attempts, a closed account, a form that was open for too long."""
        with override("ar"):
            for name in ("429.html", "403_csrf.html", "account/account_inactive.html", "account/no_role.html"):
                html = engines["django"].get_template(name).render({})
                assert english_in(html) == [], name

    def test_the_admin_in_both_languages(self):
        client = signed_in(account("reviewer", roles.REVIEWERS))
        for code, direction in (("ar", "rtl"), ("en", "ltr")):
            html = client.get(f"/office/?language={code}").content.decode()
            assert f'<html lang="{code}" dir="{direction}"' in html

    def test_profile_decides_and_the_cookie_stays_below_the_office(self):
        user = account("reviewer", roles.REVIEWERS)
        client = signed_in(user)
        from wagtail.users.models import UserProfile

        UserProfile.objects.create(user=user, preferred_language="en")
        assert '<html lang="en"' in client.get("/office/").content.decode()
        answer = Client().get(reverse("account_login"), {"language": "en"})
        assert '<html lang="en" dir="ltr">' in answer.content.decode()
        assert {morsel["path"] for morsel in answer.cookies.values()} == {"/office/"}
        assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies

    def test_a_language_the_office_does_not_speak(self):
        html = Client().get(reverse("account_login"), {"language": "fr"}).content.decode()
        assert '<html lang="ar"' in html
