"""The verdict scale: eight words for what is wrong with a claim, fixed. Each has a sign of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What the check of a claim found. The values stand in addresses and interfaces and never change."""

    MISQUOTED = "misquoted", _("Misquoted")
    CUT_FROM_CONTEXT = "cut_from_context", _("Cut from its context")
    WEAK_REPORT = "weak_report", _("Weak or invented report")
    ABROGATION_MISUSED = "abrogation_misused", _("Abrogation misused")
    TERM_DISTORTED = "term_distorted", _("Term distorted")
    RULING_WITHOUT_CONDITIONS = "ruling_without_conditions", _("Ruling taken out of its conditions")
    UNFOUNDED = "unfounded", _("Unfounded")
    PARTLY_TRUE = "partly_true", _("Partly true")


# Sign of each verdict among the icons: a verdict is told by word and sign, never by colour alone.
SIGNS: dict[str, str] = {
    Verdict.MISQUOTED: "misquoted",
    Verdict.CUT_FROM_CONTEXT: "cut",
    Verdict.WEAK_REPORT: "broken",
    Verdict.ABROGATION_MISUSED: "swap",
    Verdict.TERM_DISTORTED: "bent",
    Verdict.RULING_WITHOUT_CONDITIONS: "loose",
    Verdict.UNFOUNDED: "empty",
    Verdict.PARTLY_TRUE: "half",
}
