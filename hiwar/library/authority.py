"""What a body says of its own authority, and whether it says that its opinions do not bind."""

from __future__ import annotations

import re

from hiwar.arabic.folding import strip_tashkeel

SENTENCE = re.compile(r"(?<=[.؟!?])\s+")
# As bodies put it; what is not found is shown with the rest, so nothing is lost by a form that is not here.
NOT_BINDING = re.compile(
    r"غير ملزم|(?:لا|ولا|ليس[ت]?)\s+(?:ي|ت)?(?:لزم|ملزم)|إرشادي|(?:ي|ت)ستأنس|الاستئناس"
    r"|\bnon-?binding\b|\bnot\s+(?:\w+\s+){0,2}bind|\bbinds?\s+(?:neither|no|nobody)\b"
    r"|\bbinding only\b|\badvisory\b|\bguidance\b",
    re.IGNORECASE,
)


def parted(text: str) -> tuple[str, str]:
    """(what the body is, its sentences that say its opinions do not bind); both are its own words, "" for none."""
    sentences = [part for part in SENTENCE.split(text.strip()) if part]
    free = [part for part in sentences if NOT_BINDING.search(strip_tashkeel(part))]
    return " ".join(part for part in sentences if part not in free), " ".join(free)
