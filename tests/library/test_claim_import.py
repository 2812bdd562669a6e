"""Claims, fatwas and evidence from a file: the contract's fields alone are enough, and nothing is invented."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hiwar.accounts.models import User
from hiwar.library import house
from hiwar.library.imports.running import run
from hiwar.library.imports.writing import Counts
from hiwar.library.models import ClaimPage, EvidencePage, FatwaPage, IssuingBody
from tests.library import newsroom
from tests.library.quoting import ANNOUNCED, misquoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    cache.clear()
    by = User.objects.system("import")
    house.prepare(by=by)
    return by


def line(kind: str, **more: Any) -> dict[str, Any]:
    """A line with the fields that the contract names, all of them and no other."""
    return {
        "kind": kind,
        "locale": "en",
        "title": f"A {kind} of old",
        "body_html": "<p>First sentence. Second sentence.</p><h2>Part</h2><p>More.</p>",
        "date": "2018-07-29",
        "slug": f"a-{kind}",
        "summary": "What it is about.",
        "topics": ["method"],
        "source_url": f"https://old.example/{kind}/1",
        "translation_key": f"{kind}-1",
        **more,
    }


def load(by: User, *lines: Any) -> tuple[Counts, list[tuple[int, str]]]:
    told: list[tuple[int, str]] = []
    stream = io.BytesIO("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines).encode())
    return run(stream=stream, by=by, tell=lambda *a: told.append(a)), told


def test_a_line_with_the_contracts_fields_is_published(by) -> None:
    assert load(by, line("claim"), line("fatwa"), line("evidence")) == (Counts(new=3), [])
    for page in (ClaimPage.objects.get(), FatwaPage.objects.get(), EvidencePage.objects.get()):
        assert newsroom.is_public(page)
        assert [block.block_type for block in page.body] == ["text", "heading", "text"]
        assert Client().get(page.url_path).status_code == 200
    assert load(by, line("claim"), line("fatwa"), line("evidence"))[0] == Counts(unchanged=3)


def test_even_without_the_optional_ones(by) -> None:
    few = {"kind", "locale", "title", "body_html", "date"}
    lines = [{name: value for name, value in line(kind).items() if name in few} for kind in ("claim", "fatwa")]
    lines.append({name: value for name, value in line("evidence").items() if name in few})
    assert load(by, *lines) == (Counts(new=3), [])
    assert ClaimPage.objects.get().short_answer == "First sentence. Second sentence.\nMore.".replace("\n", " ")


def test_no_verdict_is_invented_and_the_page_shows_none(by) -> None:
    load(by, line("claim"))
    page = ClaimPage.objects.get()
    assert page.verdict == ""
    assert page.short_answer == "What it is about."
    text = Client().get(page.url_path).content.decode()
    assert "verdict-panel" not in text
    assert 'rel="bookmark">“A claim of old”' in Client().get("/en/claims/").content.decode()
    assert Client().get("/api/v1/claims").json()["results"][0]["verdict"] == ""
    assert page.own_refusals(), "whoever publishes it again in the office chooses one"


def test_what_a_line_says_more_is_kept(by) -> None:
    counts, told = load(
        by,
        line("claim", verdict="unfounded", short_answer="No.", used_by="Leaflets", heard_in="Markets"),
        line("fatwa", question="May one?", ruling="One may.", number="12/3"),
        line("evidence", year=628, precision="about", place="Makkah"),
    )
    assert (counts, told) == (Counts(new=3), [])
    claim, fatwa, evidence = ClaimPage.objects.get(), FatwaPage.objects.get(), EvidencePage.objects.get()
    assert (claim.verdict, claim.short_answer, claim.used_by, claim.heard_in) == (
        "unfounded",
        "No.",
        "Leaflets",
        "Markets",
    )
    assert (fatwa.question, fatwa.ruling, fatwa.number) == ("May one?", "One may.", "12/3")
    assert (evidence.year, evidence.precision, evidence.place) == (628, "about", "Makkah")


def test_evidence_without_a_year_takes_that_of_its_date(by) -> None:
    load(by, line("evidence", date="2018-12-31T22:30:00Z"))
    page = EvidencePage.objects.get()
    assert (page.year, page.precision) == (2019, "year"), "by the site's own clock"


def test_a_fatwa_of_no_named_body_says_so(by) -> None:
    load(by, line("fatwa"), line("fatwa", slug="other", source_url="https://old.example/f/2", translation_key="f2"))
    body = IssuingBody.objects.get()
    assert {page.issuing_body for page in FatwaPage.objects.all()} == {body}
    assert body.name.here("en") == "Issuing body not stated"
    assert body.name.here("ar") == "جهة الإصدار غير مذكورة"
    assert not body.sample
    page = FatwaPage.objects.first()
    assert (page.question, page.ruling) == ("A fatwa of old", "What it is about.")
    assert page.issued is None, "when it was put on a site is not when it was issued"


@pytest.mark.parametrize("named", ["council", "The Council", "المجلس"])
def test_a_known_body_is_found_by_slug_or_name(by, named: str) -> None:
    body = IssuingBody.objects.create(
        slug="council", name={"en": "The Council", "ar": "المجلس"}, authority={"en": "By law."}
    )
    assert load(by, line("fatwa", issuing_body=named))[0] == Counts(new=1)
    assert FatwaPage.objects.get().issuing_body == body


def test_a_claim_loses_its_way_out_and_keeps_its_words(by) -> None:
    html = (
        '<p>See <a href="https://evil.example/clip">this clip</a>, <a href="//evil.example">that</a> and '
        '<a href="/archives/2">our article</a>.</p>'
        '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    )
    assert load(by, line("claim", body_html=html)) == (Counts(new=1), [])
    page = ClaimPage.objects.get()
    stored = json.dumps(page.body.get_prep_value())
    assert "evil.example" not in stored
    assert "youtube" not in stored
    assert "this clip" in stored
    assert "/archives/2" in stored
    assert page.own_refusals() == ["A claim is published with a verdict. Choose one."]
    load(by, line("evidence", body_html=html))
    assert "evil.example" in json.dumps(EvidencePage.objects.get().body.get_prep_value()), "sources of evidence stay"
    assert "youtube" not in json.dumps(EvidencePage.objects.get().body.get_prep_value())


def test_bad_lines_are_named_by_number_and_the_rest_is_imported(by) -> None:
    bad = [
        line("claim", verdict="false"),
        line("claim", title="See www.evil.example"),
        line("claim", short_answer="At t.me/channel"),
        line("fatwa", issuing_body="Nobody knows it"),
        line("evidence", year="99"),
        line("evidence", year="year"),
        line("evidence", precision="day"),
        line("claim", verdict=7),
        line("claim", short_answer="x" * 1401),
        '{"kind": "claim",',
    ]
    # Each an item of its own: a second line of one item would be refused for that.
    for number, each in enumerate(bad):
        if isinstance(each, dict):
            each |= {"source_url": f"https://old.example/bad/{number}", "translation_key": f"bad-{number}"}
    counts, told = load(by, *bad, line("claim"))
    assert [number for number, _reason in told] == list(range(1, 11))
    assert counts == Counts(new=1, refused=10)
    reasons = dict(told)
    assert "verdict" in reasons[1]
    assert "title" in reasons[2]
    assert "short_answer" in reasons[3]
    assert "Nobody knows it" in reasons[4]
    assert "99" in reasons[5]
    assert "precision" in reasons[7]
    assert FatwaPage.objects.count() == EvidencePage.objects.count() == IssuingBody.objects.count() == 0


def test_altered_scripture_holds_a_claim_as_a_draft(by) -> None:
    counts, told = load(by, line("claim", locale="ar", body_html=f"<p>{ANNOUNCED} {misquoted()}</p>"))
    assert (counts.new, counts.held) == (1, 1)
    assert told[0][0] == 1
    assert not newsroom.is_public(ClaimPage.objects.get())


def test_a_changed_line_updates_the_claim(by) -> None:
    load(by, line("claim"))
    assert load(by, line("claim", verdict="partly_true"))[0] == Counts(updated=1)
    assert ClaimPage.objects.get().verdict == "partly_true"
