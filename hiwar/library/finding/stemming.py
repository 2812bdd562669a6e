"""Light stems of Arabic and English words, for comparing claims only.

Arabic follows the idea of light10 (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval",
2007): the article with what is attached to it and the usual endings go, the inside of the word stays. What the inside
may change (كافر, كفار, تكفير) the skeleton of its strong consonants catches, which is trusted less. Words come folded
(`hiwar.arabic.folding.fold`): no vowel marks, أإآ as ا, ى and ئ as ي, ة as ه.
"""

from __future__ import annotations

import re

SHORTEST = 3  # letters that a stem keeps
_ARTICLES = ("وبال", "فبال", "وكال", "ولل", "فلل", "بال", "كال", "وال", "فال", "عال", "هال", "لل", "ال")
# The present of the dialects: بيحكموا, بتقول, بنمشي, هيكتب, حيكتب, منقول.
_PRESENT = re.compile("^(?:[بهح](?=[يتن]...)|عم(?=[يتنب]...))")
_NEGATED = re.compile("^(?:ما?)?([يتنا]...*?)ش$")
_ENDINGS = (
    "هما",
    "كما",
    "تهم",
    "تها",
    "ات",
    "ون",
    "ين",
    "ان",
    "وا",
    "هم",
    "هن",
    "كم",
    "نا",
    "ها",
    "ته",
    "يه",
    "وه",
    "ه",
    "ي",
    "ا",
    "ك",
)
_DERIVED = ("است", "مست", "يست", "تست", "مت", "يت", "ات", "ان", "من", "م", "ت", "ي", "ن", "ا", "ي")
_WEAK = str.maketrans("", "", "اويء")
_LATIN = re.compile("[a-z]")


def stem(word: str) -> str:
    """The stem of one folded word; the word itself when nothing can go."""
    return _english(word) if _LATIN.search(word) else _arabic(word)


def skeletons(stem: str) -> tuple[str, ...]:
    """The strong consonants of an Arabic stem, with and without a letter that forms verbs and nouns; none of others.

    Two letters are the least: (بايع, مبايع, بيع) share «بع».
    """
    if not stem or _LATIN.search(stem) or stem.isdigit():
        return ()
    found = [stem.translate(_WEAK)]
    for before in _DERIVED:
        rest = stem.removeprefix(before)
        if rest != stem and len(rest) >= SHORTEST:
            found.append(rest.translate(_WEAK))
            break
    # «اقتتل», «احتكم»: the t of the eighth form.
    if len(stem) >= 5 and stem[0] in "ايتنم" and stem[2] == "ت":
        found.append((stem[1] + stem[3:]).translate(_WEAK))
    return tuple(dict.fromkeys(each for each in found if len(each) >= 2))


def _arabic(word: str) -> str:
    bare = word
    if match := _NEGATED.match(bare):
        bare = match.group(1)
    bare = _PRESENT.sub("", bare) or bare
    for article in _ARTICLES:
        if bare.startswith(article) and len(bare) - len(article) >= SHORTEST - 1:
            bare = bare[len(article) :]
            break
    else:
        if bare[:1] in "وف" and len(bare) > SHORTEST + 1:
            bare = bare[1:]
    for _round in range(3):
        for ending in _ENDINGS:
            if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST:
                bare = bare[: -len(ending)]
                break
        else:
            break
    return bare


_STEPS = tuple(
    (ending.lstrip("-"), put)
    for ending, put in (
        ("-ational", "ate"),
        ("-ization", "ize"),
        ("-isation", "ize"),
        ("-fulness", "ful"),
        ("-iveness", "ive"),
        ("-ations", ""),
        ("-ation", ""),
        ("-ments", ""),
        ("-ment", ""),
        ("-nesses", ""),
        ("-ness", ""),
        ("-ities", ""),
        ("-ity", ""),
        ("-ings", ""),
        ("-ing", ""),
        ("-edly", ""),
        ("-ies", "y"),
        ("-ied", "y"),
        ("-ions", ""),
        ("-ion", ""),
        ("-ists", ""),
        ("-ers", ""),
        ("-ors", ""),
        ("-ed", ""),
        ("-er", ""),
        ("-or", ""),
        ("-es", ""),
        ("-ly", ""),
        ("-al", ""),
        ("-s", ""),
    )
)


def _english(word: str) -> str:
    """A shorter Porter stemmer (Porter, "An algorithm for suffix stripping", 1980): one step, then e and y."""
    bare = word
    if len(bare) > SHORTEST and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-3] + "y" if bare.endswith("ies") and len(bare) > 4 else bare[:-1]
    for ending, put in _STEPS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST + 1 - bool(ending in ("ing", "ed")):
            bare = bare[: -len(ending)] + put
            break
    if len(bare) > SHORTEST and bare[-1] == bare[-2] and bare[-1] not in "aeiousl":
        bare = bare[:-1]
    if len(bare) > SHORTEST and bare[-1] in "ey":
        bare = bare[:-1]
    return bare
