"""Lists and quotation marks."""

import pytest

from hiwar.arabic.quotes import join_list, quote


@pytest.mark.parametrize(
    ("items", "arabic", "english", "french"),
    [
        ([], "", "", ""),
        (["أ"], "أ", "أ", "أ"),
        (["أ", "ب"], "أ وب", "أ and ب", "أ et ب"),
        (["أ", "ب", "ج"], "أ، وب، وج", "أ, ب and ج", "أ, ب et ج"),
        (["دول", "وزارات", "TLP", "«مسودة»"], "دول، ووزارات، وTLP، و«مسودة»", "دول, وزارات, TLP and «مسودة»", None),
    ],
)
def test_lists(items: list[str], arabic: str, english: str, french: str | None) -> None:
    assert join_list(items, "ar") == join_list(iter(items), "ar-SA") == arabic
    assert join_list(items, "en") == join_list(iter(items), "xx") == english
    if french is not None:
        assert join_list(items, "fr") == french


def test_no_invisible_marks_in_a_persian_list() -> None:
    assert join_list(["یک", "دو", "سه"], "fa") == "یک، دو، و سه"


@pytest.mark.parametrize(
    ("text", "language", "quoted"),
    [
        ("حوار", "ar", "«حوار»"),
        ("كتاب «السلام» الأول", "ar", "«كتاب “السلام” الأول»"),
        ("dialogue", "en", "“dialogue”"),
        ("the word “peace”", "en", "“the word ‘peace’”"),
        ("dialogue", "fr", "«\u202fdialogue\u202f»"),
        ("le mot «\u202fpaix\u202f»", "fr", "«\u202fle mot “paix”\u202f»"),
        ("dialogue", "xx", "“dialogue”"),
    ],
)
def test_quotes(text: str, language: str, quoted: str) -> None:
    assert quote(text, language) == quoted
