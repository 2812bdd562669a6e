"""Mails about accounts. Each goes through the outbox, as text and as HTML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from hiwar.arabic.direction import direction
from hiwar.post.actions import put_in_outbox


def welcome(*, user: Any, link: str) -> None:
    """Tell the bearer of a new account where to choose a password, in every language of the office."""
    parts, subjects = [], []
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        with override(code):
            subjects.append(gettext("Your account in the editorial office"))
            context = {"user": user, "link": link, "lang": code, "dir": direction(code)}
            parts.append(
                (
                    render_to_string("account/email/welcome_message.txt", context),
                    render_to_string("account/email/welcome_part.html", context),
                )
            )
    put_in_outbox(
        sender=settings.DEFAULT_FROM_EMAIL,
        recipients=[user.email],
        subject=" / ".join(subjects),
        text="\n\n".join(text.strip() for text, _html in parts) + "\n",
        html=render_to_string(
            "account/email/frame.html", {"parts": [html for _text, html in parts], "lang": "ar", "dir": "rtl"}
        ),
        key=f"welcome:{user.uuid}",
    )
