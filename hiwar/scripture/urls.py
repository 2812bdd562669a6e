"""Addresses of scripture below a language: canonical ones first, then whatever else leads there."""

from django.urls import path, re_path

from hiwar.scripture.views import check, editions, elsewhere, hadith, reading


def any_case(word: str) -> str:
    """A pattern for `word` in capital or small letters. An inline flag would do, but Django cannot reverse one."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


NUMBER = "[1-9][0-9]{0,2}"
QURAN = r"^islamiyat/scripture/quran/"
HADITH = r"^islamiyat/scripture/hadith/(?P<collection>[a-z][a-z0-9-]*)/"
# What an upper room answers below this one is left to it.
ABOVE = r"(?!islamiyat/scripture/misused/$)"
OTHER_FORMS = rf"^{ABOVE}(?:{any_case('islamiyat')}/)?{any_case('scripture')}(?:/(?P<rest>.*))?$"

urlpatterns = [
    path("islamiyat/scripture/", reading.index, name="scripture"),
    re_path(rf"{QURAN}(?P<sura>{NUMBER})/$", reading.sura, name="scripture_sura"),
    re_path(rf"{QURAN}(?P<sura>{NUMBER})/(?P<verses>{NUMBER}(?:-{NUMBER})?)/$", reading.verse, name="scripture_verse"),
    re_path(rf"{HADITH}$", hadith.collection, name="scripture_collection"),
    re_path(
        rf"{HADITH}(?P<number>[1-9][0-9]*(?:[a-z]|\.[1-9][0-9]*)?(?:@[a-z][a-z-]*)?)/$",
        hadith.hadith,
        name="scripture_hadith",
    ),
    re_path(OTHER_FORMS, elsewhere.elsewhere, name="scripture_elsewhere"),
    path("editions/", editions.editions, name="editions"),
    path("check/", check.check, name="check"),
    path("check/result/", check.result, name="check_result"),
]
