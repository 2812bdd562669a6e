"""The verdict scale: eight words for what is wrong with a claim, fixed. Each has a sign of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
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


@dataclass(frozen=True)
class Explained:
    """A verdict as the page of the scale explains it."""

    verdict: Verdict
    meaning: str | Promise
    method: str | Promise
    example: str | Promise

    @property
    def sign(self) -> str:
        """Name of its icon."""
        return SIGNS[self.verdict]


SCALE = (
    Explained(
        Verdict.MISQUOTED,
        _(
            "The claim rests on words that do not stand in the source as they are quoted: a word was changed, added or "
            "left out, or the words stand in another place. The finding is about the text alone. It says nothing about "
            "the intention of whoever quoted it."
        ),
        _(
            "We compare the quotation letter by letter with the printed edition that is named on the page, and show "
            "each word that differs. When editions themselves differ, we say so and do not use this verdict."
        ),
        _(
            "Someone quotes a verse with one word put in place of another, and the meaning follows the new word. The "
            "page shows the verse as the edition has it and the word that differs. Nothing more needs to be said."
        ),
    ),
    Explained(
        Verdict.CUT_FROM_CONTEXT,
        _(
            "The words are quoted rightly, but what stands before or after them, or the occasion on which they were "
            "said, gives them another meaning. What was left out is part of what the text says."
        ),
        _(
            "We read the whole passage and what is firmly known of its occasion. We use this verdict when the words "
            "left out change who is addressed, what is asked, or when it holds."
        ),
        _(
            "A command about people who broke a treaty and attacked is quoted as if it were about everybody. The verse "
            "before it excepts those who kept their treaty, and the verse after it grants protection to whoever asks "
            "for it. The page shows the three verses together."
        ),
    ),
    Explained(
        Verdict.WEAK_REPORT,
        _(
            "The claim rests on a hadith or an account whose chain does not hold, or which was invented. Neither a "
            "belief nor a ruling can be built on it, however often it is repeated."
        ),
        _(
            "We give the grades of scholars of hadith, each with the book and the place where it stands. When graders "
            "differ, we show each of them and say how the difference bears on the claim."
        ),
        _(
            "A saying about events to come is passed on as a hadith. No collection has it with a sound chain, and the "
            "graders who examined it say that it was invented. The page names them and their books."
        ),
    ),
    Explained(
        Verdict.ABROGATION_MISUSED,
        _(
            "It is said that one text cancelled another, without the proof that jurists ask for. Two texts stand "
            "together wherever each has a case of its own, and to join them comes before saying that one was cancelled."
        ),
        _(
            "We ask three things: whether the two texts truly contradict each other, whether it is known which came "
            "later, and whether they can be joined. One answer against the claim is enough. Early authors also used "
            "the word abrogation for making a meaning narrower, and we say where that is what they meant."
        ),
        _(
            "It is claimed that a verse on fighting cancelled every verse on kindness and treaties. One speaks of "
            "whoever began the fighting, the others of whoever did not. Each has its own case, so neither was "
            "cancelled."
        ),
    ),
    Explained(
        Verdict.TERM_DISTORTED,
        _(
            "A word of the Quran, of hadith or of law is used in a meaning that those texts and the scholars do not "
            "give it, and the claim follows from that meaning alone."
        ),
        _(
            "We give the meaning of the word in the language, then its uses in the Quran and hadith, then what jurists "
            "mean by it, and show where the claim leaves them. The glossary keeps the word with its sources."
        ),
        _(
            "Jihad is used as if it meant any killing of those who differ. In the Quran the word covers effort with "
            "one's wealth and with argument, and for fighting jurists name conditions and the authority that may "
            "decide it. The page gives these uses one by one."
        ),
    ),
    Explained(
        Verdict.RULING_WITHOUT_CONDITIONS,
        _(
            "The ruling exists, but it was stated without the conditions, exceptions and the competent authority that "
            "jurists bind it to. Whoever hears it then believes that it falls to any person at any time."
        ),
        _(
            "We state the ruling as jurists state it, then what they require: who may decide, when, over whom, and "
            "what prevents it. We name the conditions that the claim leaves out."
        ),
        _(
            "A penalty that only a court may order, after evidence and when nothing stands in doubt, is spoken of as "
            "if anybody could carry it out. The page lists the conditions and says who holds that authority."
        ),
    ),
    Explained(
        Verdict.UNFOUNDED,
        _(
            "We found nothing in the Quran, the Sunnah, the words of scholars or the records of history on which the "
            "claim could rest, or what it rests on contradicts it plainly."
        ),
        _(
            "We look for the best argument that could be made for the claim, in the sources its own supporters name, "
            "and say where we looked. The verdict is used only when nothing of that argument stands."
        ),
        _(
            "It is said that all scholars agree on something, and no book of consensus has it, while the books of the "
            "schools record a difference. The page names the books we looked in."
        ),
    ),
    Explained(
        Verdict.PARTLY_TRUE,
        _(
            "Something in the claim is right, and something in it is not. We say plainly which is which. This is not a "
            "middle way between true and false: the wrong part may be the one that matters."
        ),
        _(
            "We part the claim into the sentences it is made of and answer each. We begin with what is right in it, so "
            "that nobody has to deny a truth in order to leave an error."
        ),
        _(
            "It is said that the books of jurisprudence mention an abode of war. They do, as a description of the "
            "relations between states in their time. That it makes everybody who lives there a target does not follow, "
            "and the same books forbid it."
        ),
    ),
)
