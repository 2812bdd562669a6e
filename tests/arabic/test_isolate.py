"""Latin runs inside Arabic are set apart, whole and without the sentence's punctuation."""

import pytest

from hiwar.arabic.direction import isolate_runs


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("الرمز 43/7-P(IS) هنا", "43/7-P(IS)"),
        ("القرار S/RES/1624 (2005)، الفقرة", "S/RES/1624 (2005)"),
        ("الوثيقة A/HRC/22/17/Add.4.", "A/HRC/22/17/Add.4"),
        ("القرار 16/18 ثم", "16/18"),
        ("علامة TLP:AMBER+STRICT تُذكر", "TLP:AMBER+STRICT"),
        ("«هداية» (Hedayah)", "Hedayah"),
    ],
)
def test_run_is_isolated_whole(text: str, run: str) -> None:
    assert f"<bdi>{run}</bdi>" in isolate_runs(text)


@pytest.mark.parametrize(
    "markup", ["عام 2016 وما بعده", '<a href="https://example.org/a-b">هنا</a>', "حق &amp; واجب", "<bdi>A/70/674</bdi>"]
)
def test_nothing_else_is_touched(markup: str) -> None:
    assert isolate_runs(markup) == markup
