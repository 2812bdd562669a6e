"""One key for all spellings of a word: for search and comparison, never for display or storage of the text itself."""

import re
import unicodedata
from typing import Final

TATWEEL: Final = "\u0640"

# NFKC turns a free-standing vowel mark (Arabic Presentation Forms) into SPACE + mark, which would cut a word in two.
_SPACING_MARKS: Final = dict.fromkeys([*range(0xFE70, 0xFE80, 2), *range(0xFC5E, 0xFC64)])

# Small waw and yeh of Quranic spelling and the high hamza are "letters" to Unicode but marks to a reader.
_SMALL_LETTERS: Final = "\u0674\u06e5\u06e6"

_FORMS: Final = {
    "ا": "آأإٱٲٳ",
    "ي": "ىئیېےۓۍ",
    "ه": "ةہھەۀۂۃ",
    "و": "ؤ",
    # Foreign sounds, which Arabic prints with or without the extra dots: «ڤيديو» and «فيديو».
    "ك": "کڪگ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤ",
}
_LETTERS: Final = {ord(form): letter for letter, forms in _FORMS.items() for form in forms}

_MADDA_SPELT_OUT: Final = re.compile("(?<![اء])ء+ا")

# Normalising sorts the marks on one letter, in a time that grows with the square of their number. No real text has
# more than thirty (UAX #15, 13, Stream-Safe Text Format); one made to be slow has thousands.
MARKS: Final = 30
_MANY_SIGNS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS + 1}}}")

# Arabic blocks only, and without U+0653-0655: madda and hamza above/below are letters that NFC could not join.
_TASHKEEL: Final = re.compile(
    "[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08ca-\u08e1\u08e3-\u08ff]"
)


def strip_tashkeel(text: str) -> str:
    """Text in NFC without Arabic vowel and recitation marks; letters, hamza, tatweel and spacing stay as they are."""
    return _TASHKEEL.sub("", unicodedata.normalize("NFC", _stream_safe(text)))


def bare_letters(text: str) -> str:
    """Letters as written, with nothing on them: NFKC without marks (Mn, Me), format signs (Cf), controls and tatweel.

    Hamza seats, ta marbuta and the like are kept, which is the difference from :func:`fold`. Tab and newline are kept;
    NUL goes, because PostgreSQL cannot store it.
    """
    text = unicodedata.normalize("NFKC", _stream_safe(text.translate(_SPACING_MARKS)))
    return "".join(char for char in text if _is_kept(char))


def _stream_safe(text: str) -> str:
    """`text` with no more than MARKS combining marks on a letter; those beyond are left out."""
    if not _MANY_SIGNS.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MARKS:
            kept.append(char)
    return "".join(kept)


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cc":
        return char.isspace()
    return category not in {"Mn", "Me", "Cf"} and char != TATWEEL and char not in _SMALL_LETTERS


def fold(text: str) -> str:
    """Key under which all usual spellings of a word are equal. Apply it to the stored search copy and to every query.

    * NFKC; no vowel marks, format signs or tatweel; Latin accents go too (``Évaluation`` meets ``evaluation``);
    * آ أ إ ٱ -> ا, ى ئ -> ي, ة -> ه, ؤ -> و, Persian and Urdu forms of kaf, yeh and heh -> Arabic, پ چ ڤ گ -> ب ج ف ك;
    * the digits of every script (٠١٢, ۰۱۲, full width) -> ASCII; case folded; white space collapsed and trimmed.

    Bare hamza: «ءا» is another spelling of «آ», so «القرءان», «القرآن» and «القران» are one key, as are «ءا», «آ», «ا».
    Everywhere else ء is a letter and stays («سماء» is not «سما», «ماء» is not «ما»). It also stays in «اءا», where
    modern spelling never has آ: «إجراءات» folds to «اجراءات» and so still begins with the fold of «إجراء».

    Ligatures open up: ﷲ gives «الله», ﷺ gives its words. Idempotent: ``fold(fold(x)) == fold(x)``.
    """
    text = bare_letters(bare_letters(text).casefold()).translate(_LETTERS)
    text = _MADDA_SPELT_OUT.sub("ا", text)
    text = "".join(_fold_rest(char) for char in text)
    return " ".join(text.split())


def _fold_rest(char: str) -> str:
    """Digit of any script to ASCII; Latin letter to the letter under its accent."""
    if char < "\x80":
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    base = unicodedata.normalize("NFD", char)[0]
    return base if base < "\x80" else char
