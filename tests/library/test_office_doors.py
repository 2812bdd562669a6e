"""Every address of the office against every kind of person, and what the roles may do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import GroupPagePermission, Page

from hiwar.accounts.middleware import ACCOUNT, BEFORE_SIGN_IN
from hiwar.accounts.models import User
from hiwar.accounts.urls import OPEN
from hiwar.library import roles
from hiwar.library.models import Person, PressReleasePage
from tests.accounts.people import account, signed_in
from tests.library.newsroom import draft, open_newsroom, section

pytestmark = pytest.mark.django_db
FILL = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def office_addresses() -> Iterator[tuple[str, str]]:
    """(address, name) of everything below /office/, converters filled with something of their kind."""

    def walk(patterns: list, before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(getattr(pattern.pattern, "_route", ""))
            if isinstance(pattern, URLResolver):
                if not before or route.startswith("office/") or "office/".startswith(route):
                    yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("office/"):
                for kind, value in FILL.items():
                    route = "".join(
                        value if part.startswith(f"<{kind}:") else part for part in re.split(r"(<[^>]+>)", route)
                    )
                route = re.sub(r"<[^>]+>", "x", route)
                yield f"/{route}", pattern.name or ""

    yield from walk(get_resolver().url_patterns, "")


ADDRESSES = sorted(set(office_addresses()))


def test_the_walk_finds_the_office():
    found = {address for address, _name in ADDRESSES}
    assert {
        "/office/",
        "/office/pages/1/edit/",
        "/office/account/login/",
        "/office/users/new/",
        "/office/audit/",
    } <= found
    assert len(found) > 200


def is_open(address: str) -> bool:
    return (address.startswith(ACCOUNT) and address != ACCOUNT) or address in BEFORE_SIGN_IN


class TestDoors:
    def test_nobody_enters_without_signing_in(self):
        client = Client()
        for address, _name in ADDRESSES:
            if is_open(address):
                continue
            for method in (client.get, client.post):
                answer = method(address)
                assert answer.status_code == 302, address
                assert answer["Location"].startswith("/office/account/login/"), address

    def test_scripts_are_told_no_instead_of_being_led_away(self):
        assert Client().get("/office/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403

    def test_nobody_enters_without_a_second_factor(self):
        client = signed_in(account("manager", manager=True), factor=False)
        for address, _name in ADDRESSES:
            if is_open(address):
                continue
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), address

    def test_an_account_without_role_is_told_so(self):
        answer = signed_in(account("visitor")).get("/office/")
        assert answer.status_code == 403
        assert "الدور" in answer.content.decode() or "دور" in answer.content.decode()

    def test_of_the_sign_in_librarys_addresses_only_the_named_ones_answer(self):
        client = signed_in(account("manager", manager=True))
        names = {name: address for address, name in ADDRESSES if is_open(address) and address not in BEFORE_SIGN_IN}
        with_a_pattern = {"account_reset_password_from_key"}  # the walk fills in converters alone
        assert set(names) >= OPEN - with_a_pattern
        for name in set(names) - OPEN:
            assert client.get(names[name]).status_code == 404, name

    def test_frameworks_password_pages_are_shut(self):
        assert signed_in(account("manager", manager=True)).get("/office/password_reset/").status_code == 404

    def test_nothing_of_the_office_is_kept(self):
        answer = signed_in(account("manager", manager=True)).get("/office/")
        assert "no-store" in answer["Cache-Control"]

    def test_signing_out_is_never_a_link(self):
        client = signed_in(account("manager", manager=True))
        client.get(reverse("account_logout"))
        assert client.get("/office/").status_code == 200
        client.post(reverse("account_logout"))
        assert client.get("/office/").status_code == 302


class TestPolicy:
    def test_office(self):
        policy = signed_in(account("manager", manager=True)).get("/office/")["Content-Security-Policy"]
        parts = {name: set(rest) for name, *rest in (part.split() for part in policy.split(";"))}
        assert parts["default-src"] == {"'none'"}
        assert parts["script-src"] == {"'self'", "'unsafe-inline'"}
        assert parts["script-src-attr"] == {"'none'"}
        assert parts["style-src"] == {"'self'", "'unsafe-inline'"}
        assert parts["style-src-attr"] == {"'none'"}
        assert parts["img-src"] == {"'self'", "blob:"}
        assert parts["frame-src"] == {"'self'"}
        assert parts["frame-ancestors"] == {"'self'"}
        assert not any("unsafe-eval" in values or "https:" in values for values in parts.values())

    def test_sign_in_pages(self):
        policy = Client().get("/office/account/login/")["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy

    def test_a_preview_keeps_the_public_policy_in_a_frame_of_ours(self):
        newsroom = open_newsroom()
        page = draft(newsroom.author)
        answer = newsroom.client("publisher").get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'self'" in policy
        assert 'dir="rtl"' in answer.content.decode()


class TestRoles:
    """What each role sees: 200 it may, 302 back to the office's front page it may not."""

    TABLE = [
        ("wagtailadmin_pages:add_subpage", {"author", "translator", "publisher", "manager"}),
        ("wagtailsnippets_library_person:add", {"reviewer", "publisher", "manager"}),
        ("wagtailsnippets_items_topic:add", {"reviewer", "publisher", "manager"}),
        ("wagtailsnippets_library_oldaddress:list", {"publisher", "manager"}),
        ("audit:index", {"publisher", "manager"}),
        ("wagtailusers_users:index", {"manager"}),
        ("wagtailusers_groups:index", {"manager"}),
        ("wagtailadmin_workflows:index", {"manager"}),
        ("wagtailimages:add", {"author", "translator", "reviewer", "publisher", "manager"}),
        ("wagtailimages:index", {"author", "translator", "reviewer", "publisher", "manager"}),
    ]

    @pytest.fixture
    def newsroom(self):
        return open_newsroom()

    @pytest.mark.parametrize("name, allowed", TABLE, ids=[row[0] for row in TABLE])
    def test_table(self, newsroom, name, allowed):
        address = reverse(name, args=[section().pk] if name.endswith("add_subpage") else [])
        for role in ("author", "translator", "reviewer", "publisher", "manager"):
            answer = newsroom.client(role).get(address)
            assert (answer.status_code == 200) is (role in allowed), (role, answer.status_code)

    def test_an_author_edits_own_drafts_and_no_others(self, newsroom):
        own, other = draft(newsroom.author, title="أول"), draft(newsroom.publisher, title="ثان")
        client = newsroom.client("author")
        assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
        assert client.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).status_code == 302

    def test_only_publishers_publish(self, newsroom):
        page = draft(newsroom.author)
        for role in ("author", "translator", "reviewer"):
            assert not page.permissions_for_user(getattr(newsroom, role)).can_publish()
        assert page.permissions_for_user(newsroom.publisher).can_publish()

    def test_preparing_again_changes_nothing(self, newsroom):
        before = GroupPagePermission.objects.count()
        roles.prepare(by=User.objects.system("demo"))
        assert GroupPagePermission.objects.count() == before

    def test_the_log_is_only_read(self, newsroom):
        for role in ("publisher", "manager"):
            client = newsroom.client(role)
            for name in ("audit:add", "audit:edit", "audit:delete"):
                address = reverse(name, args=[] if name.endswith("add") else [1])
                assert client.get(address).status_code != 200, name

    def test_people_are_found_by_name_in_either_language(self, newsroom):
        Person.objects.create(slug="salma", name={"ar": "سلمى الهاشمي", "en": "Salma al-Hashimi"})
        Person.objects.create(slug="omar", name={"ar": "عمر", "en": "Omar"})
        client = newsroom.client("reviewer")
        for words in ("سلمى", "Hashimi"):
            text = client.get(reverse("wagtailsnippets_library_person:list"), {"q": words}).content.decode()
            assert "salma" in text or "Salma al-Hashimi" in text
            assert "Omar" not in text

    def test_menu_has_no_help_of_others(self, newsroom):
        text = newsroom.client("manager").get("/office/").content.decode()
        assert "guide.wagtail.org" not in text
        assert "whats-new" not in text


def test_a_press_release_alone_in_its_language_is_pointed_out():
    newsroom = open_newsroom()
    page = draft(
        newsroom.author,
        title="بيان",
        parent=section("/ar/press/"),
        model=PressReleasePage,
        number="2026/01",
        place="جدة",
    )
    from hiwar.library.wagtail_hooks import missing_languages

    assert missing_languages(page) == ["Arabic", "English"]
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    page.get_latest_revision().publish(user=newsroom.publisher)
    assert missing_languages(page) == ["English"]
