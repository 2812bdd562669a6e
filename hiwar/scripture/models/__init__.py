"""What people enter about scripture. The canon itself is data (canon.py) and has no table."""

from hiwar.scripture.models.citations import Citation, Passage
from hiwar.scripture.models.hadith import Grading, Hadith
from hiwar.scripture.models.renderings import RenderedVerse, Rendering
from hiwar.scripture.models.reports import Overruling, TextReport

__all__ = [
    "Citation",
    "Grading",
    "Hadith",
    "Overruling",
    "Passage",
    "RenderedVerse",
    "Rendering",
    "TextReport",
]
