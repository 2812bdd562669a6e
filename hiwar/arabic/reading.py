"""How long a text is to a reader."""

import math
import re
from typing import Final

from hiwar.arabic.direction import base_language

# Silent reading of prose: Arabic lower than Latin scripts, its words carry article, particles and pronouns.
_WORDS_PER_MINUTE: Final = {"ar": 140}
_OTHER_WORDS_PER_MINUTE: Final = 200

# Not \b: Python ends a word at every harakah. A dash with or without spaces parts words, a hyphen does not.
_BETWEEN_WORDS: Final = re.compile(r"[\s–—/]+")


def word_count(text: str) -> int:
    """Number of words in plain text (no markup): what stands between spaces and has a letter or digit in it."""
    return sum(any(char.isalnum() for char in token) for token in _BETWEEN_WORDS.split(text))


def reading_minutes(text: str, language: str) -> int:
    """Whole minutes a calm reader needs, rounded up, at least 1.

    An estimate to print as such: 140 words a minute in Arabic, 200 in any other language; readers and texts differ.
    """
    speed = _WORDS_PER_MINUTE.get(base_language(language), _OTHER_WORDS_PER_MINUTE)
    return max(1, math.ceil(word_count(text) / speed))
