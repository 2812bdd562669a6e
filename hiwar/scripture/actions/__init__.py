"""Every change of what this room keeps, one function each."""

from hiwar.scripture.actions.citations import Cited, record_citations, verse_item
from hiwar.scripture.actions.hadith import delete_hadith, save_hadith, seal_of, sign_hadith, unsign_hadith
from hiwar.scripture.actions.renderings import hide_rendering, import_rendering, show_rendering
from hiwar.scripture.actions.reports import answer_report, overrule, record_report, show_report

__all__ = [
    "Cited",
    "answer_report",
    "delete_hadith",
    "hide_rendering",
    "import_rendering",
    "overrule",
    "record_citations",
    "record_report",
    "save_hadith",
    "seal_of",
    "show_rendering",
    "show_report",
    "sign_hadith",
    "unsign_hadith",
    "verse_item",
]
