"""Passkeys in a real browser with an authenticator made of software: adding one, signing in by it, and without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, sync_playwright

from hiwar.accounts.models import User
from hiwar.audit.events import Event
from hiwar.audit.models import Entry
from hiwar.library import house, roles
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.accounts.people import PASSWORD, account
from tests.journeys.visitor import FLAGS, chromium

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not chromium(), reason="no Chromium was found (Debian: apt-get install chromium)"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("committing"),
]
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Desk:
    """A browser at the office's door, with an authenticator inside."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.wires = page.context.new_cdp_session(page)
        self.wires.send("WebAuthn.enable")
        made = self.wires.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
        self.authenticator = made["authenticatorId"]

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/office/{path}")

    def give_password(self, user: User) -> None:
        self.open("account/login/?language=ar")
        self.page.fill("input[name=login]", user.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("form[action$='login/'] > button")

    def leave(self) -> None:
        self.open("account/logout/")
        self.page.click("main form button")
        self.page.wait_for_url("**/account/login/")

    def wait_for_office(self) -> None:
        self.page.wait_for_url(f"{self.address}/office/")


def test_a_passkey_from_first_to_last(live_server):
    by = User.objects.system("demo")
    house.prepare(by=by)
    roles.prepare(by=by)
    user = account("reviewer", roles.REVIEWERS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        desk = Desk(browser.new_page(), live_server.url.replace("127.0.0.1", "localhost"))
        desk.give_password(user)
        desk.page.wait_for_url("**/account/2fa/")
        desk.open("account/2fa/webauthn/add/")
        desk.page.fill("input[name=name]", "حاسوب المكتب")
        desk.page.check("input[name=passwordless]")
        desk.page.click("#mfa_webauthn_add")
        desk.page.wait_for_url("**/recovery-codes/")
        desk.open("")
        desk.wait_for_office()
        desk.leave()
        # By the passkey alone.
        desk.page.click("#passkey_login")
        desk.wait_for_office()
        desk.leave()
        # As the second step after the password.
        desk.give_password(user)
        desk.page.wait_for_url("**/2fa/authenticate/")
        desk.page.click("#mfa_webauthn_authenticate")
        desk.wait_for_office()
        desk.leave()
        # The device does not recognise its owner: the page says so and nobody comes in.
        desk.wires.send("WebAuthn.setUserVerified", {"authenticatorId": desk.authenticator, "isUserVerified": False})
        desk.page.click("#passkey_login")
        desk.page.wait_for_selector("#passkey_trouble:visible")
        desk.open("")
        assert "/account/login/" in desk.page.url
        troubles = desk.troubles
        browser.close()
    assert troubles == []
    assert Entry.objects.filter(event=Event.USER_SIGNED_IN, actor=user.uuid).count() == 3
