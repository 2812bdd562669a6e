"""Alphabetical order that every database agrees on, and the letters of an A–Z page."""

import re
import unicodedata
from typing import Final

from hiwar.arabic.direction import base_language
from hiwar.arabic.folding import bare_letters, fold

KEY_LENGTH: Final = 160
"""Longest key :func:`sort_key` makes, in characters: the width of the column it is stored in."""

OTHER: Final = "#"
"""Heading for what begins with a digit or with no letter at all."""

# In the folded alphabet the code points already stand in the order of the dictionary: ء ا ب ت … ه و ي.
_ARABIC: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CODES: Final[dict[str, str]] = {
    " ": "00",
    **{letter: str(20 + place) for place, letter in enumerate(_ARABIC)},
    **{letter: str(60 + place) for place, letter in enumerate(_LATIN)},
}
# Letters outside both alphabets file after the alphabet of their script, by code point.
_GROUPS: Final = {"ARABIC": "50", "LATIN": "90"}
_OTHER_SCRIPT: Final = "99"

_PARTS: Final = re.compile(r"[0-9]{1,9}|.", re.DOTALL)
_APOSTROPHES: Final = re.compile("['’‘ʼʻʿʾ`]")
_LEADING_SIGNS: Final = re.compile(r"^[\W_]+")
# Alef without hamza, and at least two letters after it: «ألمانيا», «إلى», «آلة» never match.
_ARTICLE: Final = re.compile(r"^[اٱ]ل(?=\w\w)")
# Words whose alef and lam are their own: the Name, relative pronouns, and form VIII of roots that begin with lam.
_OWN_ALEF_LAM: Final = re.compile(
    r"^[اٱ]ل(?:له(?:م)?\b|ذي\b|ذين\b|تي\b|لات[يى]\b|لائي\b|لوات[يى]\b"
    r"|تزام|تقاء|تماس|تحاق|تحام|تهاب|تفات|تباس|تفاف|تقاط|تهام|تئام|تواء|تجاء|تصاق|تذاذ|تقى|تزم|تحق)"
)


def sort_key(text: str) -> str:
    """Key to store beside a title and to order by, the same on every database.

    Digits come first (as numbers: 9 before 10), then Arabic letters in the order of the alphabet, then Latin. The text
    is folded (so أ ا آ, ة ه and ي ى file together and vowel marks do not count) and the article «ال» of the first word
    is passed over. Punctuation counts as a space, an apostrophe as nothing.

    The key holds ASCII digits alone (two for a letter): such strings have one order in code points and in every
    collation, so a column needs no ``db_collation``. At most ``KEY_LENGTH`` characters; order ties by primary key.
    """
    folded = _APOSTROPHES.sub("", fold(without_article(text)))
    words = "".join(char if char.isalnum() else " " for char in folded).split()
    return "".join(_code(part) for part in _PARTS.findall(" ".join(words)))[:KEY_LENGTH]


def initial(text: str, language: str) -> str:
    """Heading letter of an A–Z page: first letter after «ال», folded, Latin in upper case, ``OTHER`` for the rest.

    Alef in all its forms files under «أ» in Arabic; other languages of the script print «ا».
    """
    for char in fold(without_article(text)):
        if char.isalpha():
            return "أ" if char == "ا" and base_language(language) == "ar" else char.upper()
        if char.isalnum():
            break
    return OTHER


def alphabet(language: str) -> tuple[str, ...]:
    """The letters an A–Z page offers, in order, as :func:`initial` returns them: Arabic 28, otherwise A to Z."""
    return ("أ", *_ARABIC[2:]) if base_language(language) == "ar" else tuple(_LATIN.upper())


def without_article(text: str) -> str:
    """Text in bare letters without leading signs and without the article «ال» of its first word.

    Left alone: words that begin with alef and lam of their own («الله», «التزام», «التقاء», «الذي») and words that
    would keep fewer than two letters. «ألمانيا» and «إلى» have a hamza and so no article.
    """
    bare = _LEADING_SIGNS.sub("", bare_letters(text))
    return bare if _OWN_ALEF_LAM.match(bare) else _ARTICLE.sub("", bare)


def _code(part: str) -> str:
    if part.isdigit() and part.isascii():
        # How many digits, then the digits: numbers order by size, and nothing else begins with 1.
        number = part.lstrip("0") or "0"
        return f"1{len(number)}{number}"
    known = _CODES.get(part)
    if known is not None:
        return known
    name = unicodedata.name(part, "")
    group = next((code for start, code in _GROUPS.items() if name.startswith(start)), _OTHER_SCRIPT)
    return f"{group}{ord(part):07}"
