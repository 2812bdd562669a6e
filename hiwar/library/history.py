"""What an item's own history says of its quotations and of signatures."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from hiwar.library.mending import BLOCK, MEND, OVERRULE, UNCHECKED
from hiwar.library.signing import SIGN
from hiwar.scripture.reference import BadReference, Reference


class Quoted(LogFormatter):
    """A line about one quotation or several; `said` holds the place of their references."""

    said: str | Promise = ""

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        named = [_label(key) for key in data.get("references", [])]
        return str(self.said) % {"reference": " · ".join(named)}

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))


class Mended(Quoted):
    label = _("Mend a quotation")
    said = _("Quotation mended by the words of the edition: %(reference)s")


class MadeBlock(Quoted):
    label = _("Make a verse block")
    said = _("Quotation made a verse block: %(reference)s")


class Overruled(Quoted):
    label = _("Let words stand")
    said = _("Words that differ from the edition let stand: %(reference)s")


class Unchecked(Quoted):
    label = _("Import without check")
    said = _("Imported as it is, though these differ from the edition: %(reference)s")


class Signed(LogFormatter):
    """Which version a Scholar approved: the line names the person, and the first signs of what was signed."""

    label = _("Sign as a Scholar")

    def format_message(self, log_entry: Any) -> str:
        known = log_entry.data.get("digest", "")[:12]
        if log_entry.revision_id is None:
            return str(_("Approved by a Scholar, as translated side by side (%(digest)s)")) % {"digest": known}
        return str(_("Version %(number)s approved by a Scholar (%(digest)s)")) % {
            "number": log_entry.revision_id,
            "digest": known,
        }


def register(actions: Any) -> None:
    """Tell Wagtail's log of these acts."""
    for name, words in ((MEND, Mended), (BLOCK, MadeBlock), (OVERRULE, Overruled), (UNCHECKED, Unchecked)):
        actions.register_action(name)(words)
    actions.register_action(SIGN)(Signed)


def _label(key: str) -> str:
    try:
        return Reference.parse(key).label(get_language() or "ar")
    except BadReference:
        return key
