"""Texts that quote, built from the canon at run time in modern spelling, and changed where a test says."""

from __future__ import annotations

from hiwar.scripture.canon import modern

BEFORE, AFTER = "وجاء في الرسالة: قال تعالى «", "» وانتهى كلام الكاتب هنا."
OTHER = "الصناديق"  # a word that no verse has


def words(sura: int, verse: int) -> list[str]:
    """The words of a verse in modern spelling without vowel marks."""
    return modern()[sura, verse].split()


def quoted(*parts: str) -> str:
    """Each part announced and in quotation marks, inside prose."""
    return " ".join(f"{BEFORE}{part}{AFTER}" for part in parts)


def exact(sura: int = 103, verse: int = 3) -> str:
    """A whole verse."""
    return " ".join(words(sura, verse))


def partial(sura: int = 2, verse: int = 255, *, first: int = 1, last: int = 9) -> str:
    """The words `first` to `last` of a verse."""
    return " ".join(words(sura, verse)[first - 1 : last])


def substituted(sura: int = 16, verse: int = 125, *, at: int = 6) -> str:
    """A verse whose word `at` is another."""
    held = words(sura, verse)
    return " ".join([*held[: at - 1], OTHER, *held[at:]])


def shortened(sura: int = 16, verse: int = 125, *, at: int = 6) -> str:
    """A verse without its word `at`."""
    held = words(sura, verse)
    return " ".join([*held[: at - 1], *held[at:]])


def swapped(sura: int = 16, verse: int = 125, *, at: int = 3, to: int = 8) -> str:
    """A verse whose word `at` stands where `to` is."""
    held = words(sura, verse)
    word = held.pop(at - 1)
    held.insert(to - 1, word)
    return " ".join(held)
