"""Signing in: password, second factor, recovery codes, forgotten password; and the ways round them that are shut."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from hiwar.accounts.models import User
from hiwar.audit.events import Event
from hiwar.audit.models import Entry
from hiwar.library import house, roles
from hiwar.post.models import Delivery, Message
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.accounts.people import PASSWORD, account, signed_in, with_factor

pytestmark = pytest.mark.django_db
LOGIN = "/office/account/login/"
HOME = "/office/"


@pytest.fixture(autouse=True)
def office():
    """No memory of earlier attempts."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def prepared(request):
    if "committing" not in request.fixturenames:
        by = User.objects.system("demo")
        house.prepare(by=by)
        roles.prepare(by=by)


@pytest.fixture
def reviewer():
    return account("reviewer", roles.REVIEWERS)


def code_now(secret: str) -> str:
    """What an app with `secret` shows at this moment."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enter_password(client: Client, user: User, password: str = PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


class TestPassword:
    def test_wrong_password_keeps_the_address_and_lets_nobody_in(self, reviewer):
        client = Client()
        answer = enter_password(client, reviewer, "not-the-right-sentence")
        assert answer.status_code == 200
        assert reviewer.email in answer.content.decode()
        assert not is_in(client)
        assert not Entry.objects.filter(event=Event.USER_SIGNED_IN).exists()

    def test_unknown_address_is_answered_in_the_same_words(self, reviewer):
        texts = set()
        for address in (reviewer.email, "nobody@example.org"):
            answer = Client().post(LOGIN, {"login": address, "password": "not-the-right-sentence"})
            texts.add(tuple(re.findall(r"sign-in__errors[^>]*>(.*?)</div>", answer.content.decode(), re.S)))
        assert len(texts) == 1
        assert texts != {()}

    def test_capital_letters_in_the_address_do_not_matter(self, reviewer):
        client = Client()
        client.post(LOGIN, {"login": reviewer.email.upper(), "password": PASSWORD})
        assert client.get(reverse("mfa_index")).status_code == 200

    def test_without_a_factor_only_the_way_to_one_is_open(self, reviewer):
        client = Client()
        enter_password(client, reviewer)
        for address in (HOME, "/office/pages/", "/office/account/", "/office/images/", "/office/users/"):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), address
        assert client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_account_that_is_closed(self, reviewer):
        reviewer.is_active = False
        reviewer.save()
        client = Client()
        enter_password(client, reviewer)
        assert not is_in(client)

    def test_machinery_cannot_sign_in(self):
        system = User.objects.system("import")
        client = Client()
        client.post(LOGIN, {"login": system.email, "password": "!"})
        assert not is_in(client)

    def test_many_wrong_attempts_are_stopped(self, reviewer):
        client = Client()
        for _attempt in range(12):
            answer = enter_password(client, reviewer, "not-the-right-sentence")
        answer = enter_password(client, reviewer)
        assert not is_in(client)
        assert answer.status_code in (200, 429)


class TestSecondFactor:
    def test_code_of_the_app_opens_the_office_and_is_recorded(self, reviewer):
        secret = with_factor(reviewer)
        client = Client()
        answer = enter_password(client, reviewer)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)
        assert not Entry.objects.filter(event=Event.USER_SIGNED_IN).exists()
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert is_in(client)
        entry = Entry.objects.get(event=Event.USER_SIGNED_IN)
        assert entry.actor == reviewer.uuid
        assert entry.detail == {}

    def test_wrong_code(self, reviewer):
        secret = with_factor(reviewer)
        client = Client()
        enter_password(client, reviewer)
        wrong = "000000" if code_now(secret) != "000000" else "111111"
        answer = client.post(reverse("mfa_authenticate"), {"code": wrong})
        assert answer.status_code == 200
        assert "sign-in__error" in answer.content.decode()
        assert not is_in(client)

    def test_one_code_opens_once(self, reviewer):
        secret = with_factor(reviewer)
        code = code_now(secret)
        first, second = Client(), Client()
        for client in (first, second):
            enter_password(client, reviewer)
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(first)
        assert not is_in(second)

    def test_recovery_code_opens_once(self, reviewer):
        with_factor(reviewer)
        stored = Authenticator.objects.get(user=reviewer, type=Authenticator.Type.RECOVERY_CODES)
        code = RecoveryCodes(stored).get_unused_codes()[0]
        first, second = Client(), Client()
        for client in (first, second):
            enter_password(client, reviewer)
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(first)
        assert not is_in(second)

    def test_wrong_code_does_not_set_up_the_app(self, reviewer):
        client = Client()
        enter_password(client, reviewer)
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert answer.status_code == 200
        assert not Authenticator.objects.filter(user=reviewer).exists()

    def test_a_session_from_before_the_factor_is_ended(self, reviewer):
        client = Client()
        enter_password(client, reviewer)
        with_factor(reviewer)
        for address in (HOME, reverse("mfa_index"), reverse("mfa_deactivate_totp")):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer["Location"].startswith(LOGIN), address

    def test_frameworks_own_sign_in_page_is_shut(self, reviewer):
        with_factor(reviewer)
        client = Client()
        answer = client.post("/office/login/", {"username": reviewer.email, "password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, LOGIN)
        assert not is_in(client)
        assert "_auth_user_id" not in client.session


class TestPasskeyAddresses:
    """The ceremony itself needs a browser: tests/journeys."""

    def test_sign_in_asks_for_any_passkey_of_this_host(self):
        answer = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        options = answer.json()["request_options"]["publicKey"]
        assert options["userVerification"] == "required"
        assert len(options["challenge"]) >= 20
        assert not options.get("allowCredentials")

    def test_two_questions_are_never_the_same(self):
        answers = {
            Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).content
            for _i in range(2)
        }
        assert len(answers) == 2

    def test_an_answer_to_no_question_is_refused(self):
        client = Client()
        client.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}'})
        assert not is_in(client)

    def test_adding_a_passkey_names_the_account(self, reviewer):
        client = Client()
        enter_password(client, reviewer)
        text = client.get(reverse("mfa_add_webauthn")).content.decode()
        assert reviewer.email in text
        assert "creation_options" in text


class TestForgottenPassword:
    @pytest.fixture
    def ask(self, settings, django_capture_on_commit_callbacks):
        """Ask for a new password as a visitor does; the site's own way of sending, not the one of tests."""
        settings.EMAIL_BACKEND = "hiwar.post.backend.OutboxBackend"

        def post(address: str) -> Client:
            client = Client()
            with django_capture_on_commit_callbacks(execute=True):
                assert client.post(reverse("account_reset_password"), {"email": address}).status_code == 302
            return client

        return post

    def test_the_link_goes_through_the_outbox_and_works_once(self, reviewer, ask):
        client = ask(reviewer.email)
        message = Message.objects.get()
        assert Delivery.objects.get(message=message).recipient == reviewer.email
        assert message.html
        link = re.search(r"http://\S+/password/reset/key/\S+", message.text).group()
        assert link in message.html
        path = link.partition("//")[2].partition("/")[2]
        for attempt, works in ((1, True), (2, False)):
            page = client.get(f"/{path}", follow=True)
            assert bool(page.context.get("token_fail")) is not works, attempt
            if works:
                where = page.request["PATH_INFO"]
                client.post(where, {"password1": "another-long-sentence", "password2": "another-long-sentence"})
        reviewer.refresh_from_db()
        assert reviewer.check_password("another-long-sentence")

    def test_an_unknown_address_gets_no_mail_and_the_same_answer(self, ask):
        client = ask("nobody@example.org")
        assert client.get(reverse("account_reset_password_done")).status_code == 200
        assert not Message.objects.exists()

    def test_weak_password_is_refused(self, reviewer, ask):
        client = ask(reviewer.email)
        link = re.search(r"http://\S+/password/reset/key/\S+", Message.objects.get().text).group()
        page = client.get("/" + link.partition("//")[2].partition("/")[2], follow=True)
        answer = client.post(page.request["PATH_INFO"], {"password1": "short", "password2": "short"})
        assert answer.status_code == 200
        reviewer.refresh_from_db()
        assert reviewer.check_password(PASSWORD)


class TestManager:
    def test_makes_an_account_and_its_bearer_chooses_the_password(self):
        manager = account("manager", manager=True)
        group = {g.name: g.pk for g in roles.prepare(by=manager).values()}
        client = signed_in(manager)
        page = client.get(reverse("wagtailusers_users:add")).content.decode()
        assert "username" not in page
        assert "password1" not in page
        data = {"email": "New.Person@Example.org", "first_name": "سلمى", "last_name": "", "groups": [group["Authors"]]}
        answer = client.post(reverse("wagtailusers_users:add"), data)
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        user = User.objects.get(email="new.person@example.org")
        assert not user.has_usable_password()
        assert user.is_staff
        entry = Entry.objects.get(event=Event.USER_CREATED)
        assert (entry.actor, entry.subject, entry.detail["groups"]) == (manager.uuid, str(user.uuid), ["Authors"])
        message = Message.objects.get()
        link = re.search(r"http://\S+/password/reset/key/\S+", message.text).group()
        page = Client().get("/" + link.partition("//")[2].partition("/")[2], follow=True)
        assert not page.context.get("token_fail")

    def test_the_same_address_twice_is_refused(self):
        manager = account("manager", manager=True)
        account("first")
        data = {"email": "FIRST@example.org", "first_name": "x", "last_name": ""}
        answer = signed_in(manager).post(reverse("wagtailusers_users:add"), data)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert not Message.objects.exists()

    def test_changes_roles_and_closes_an_account(self):
        manager, user = account("manager", manager=True), account("author", roles.AUTHORS)
        data = {"email": user.email, "first_name": "كاتب", "last_name": "", "groups": []}
        answer = signed_in(manager).post(reverse("wagtailusers_users:edit", args=[user.pk]), data)
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        user.refresh_from_db()
        assert not user.is_active
        assert not user.groups.exists()

    def test_machinery_is_not_in_the_list(self):
        text = signed_in(account("manager", manager=True)).get(reverse("wagtailusers_users:index")).content.decode()
        assert "system.invalid" not in text
        assert "manager@example.org" in text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("committing")
def test_setting_up_the_app_opens_the_office_at_once():
    """The library says that a factor was added only after the commit."""
    by = User.objects.system("demo")
    house.prepare(by=by)
    roles.prepare(by=by)
    client = Client()
    enter_password(client, account("reviewer", roles.REVIEWERS))
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).content.decode().count("<code>") == 10
    assert is_in(client)
