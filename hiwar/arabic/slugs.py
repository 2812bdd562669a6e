"""The readable last part of an address, in Arabic or Latin letters."""

import re
import unicodedata
from typing import Final

from hiwar.arabic.digits import to_latin
from hiwar.arabic.direction import base_language
from hiwar.arabic.folding import bare_letters

MAX_LENGTH: Final = 80

_GROUPED_DIGITS: Final = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_APOSTROPHES: Final = "'’‘ʼʻʿʾ"
# French and its like: the apostrophe parts two words (l'éducation). Elsewhere it is inside one (Sha'ban, OIC's).
_ELIDING: Final = frozenset({"ca", "fr", "it", "oc"})
# Latin letters that no decomposition takes to ASCII.
_LATIN: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "ł": "l", "þ": "th", "ı": "i"})
# Letters typed on a Persian keyboard, and alef wasla, which no Arabic keyboard has.
_TYPED_IN_ARABIC: Final = str.maketrans({"ک": "ك", "ی": "ي", "ھ": "ه", "ہ": "ه", "ٱ": "ا"})


def slugify(text: str, language: str) -> str:
    """Slug of a title: words joined by hyphens, NFC, at most 80 code points, cut at the end of a word.

    Arabic letters stay as written (with hamza and ta marbuta), without vowel marks, tatweel or direction marks; digits
    become ASCII; Latin letters lose case and accents; all punctuation parts words, save the apostrophe inside a word
    and the thousands separator inside a number. Letters of other scripts stay. ``language`` decides what an apostrophe
    does, and whether Persian forms of letters are slips of the keyboard (in Arabic) or spelling (elsewhere).
    Only a first word longer than the limit is cut inside. Raises ``ValueError`` when no letter or digit is left.
    """
    code = base_language(language)
    plain = to_latin(bare_letters(bare_letters(text).casefold()))
    if code == "ar":
        plain = plain.translate(_TYPED_IN_ARABIC)
    plain = _GROUPED_DIGITS.sub("", plain)
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, " " if code in _ELIDING else "")
    plain = "".join(_ascii_if_latin(char) for char in plain.translate(_LATIN))
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    if not words:
        raise ValueError(f"no letter or digit to make a slug of in {text!r}")
    slug = words[0][:MAX_LENGTH]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > MAX_LENGTH:
            break
        slug += "-" + word
    return slug


def _ascii_if_latin(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base < "\x80" else char
