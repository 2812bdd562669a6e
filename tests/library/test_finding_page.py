"""Finding a claim on the site and by the interface: what is answered is live now, what is asked is kept nowhere."""

from __future__ import annotations

import json
import logging
import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library import house, shelf
from hiwar.library.finding import held
from hiwar.library.models import ClaimPage, SectionPage
from hiwar.scripture import limits
from hiwar.ui import frame

PAGE, API = "/ar/claims/find/", "/api/v1/claims/find"
TITLES = {
    "statues": {"ar": "هدم الآثار القديمة واجب لأنها أصنام", "en": "Destroying ancient monuments is a duty"},
    "elections": {"ar": "المشاركة في الانتخابات كفر", "en": "Taking part in elections is unbelief"},
    "vaccines": {"ar": "التطعيم مؤامرة لقطع نسل المسلمين", "en": "Vaccination is a plot against Muslims"},
}
WORDINGS = {"statues": {"ar": "متاحف التماثيل معابد وثنية", "en": "Museums of statues are pagan temples"}}
# A page: the index's mark, and the sections of the menu once a process has them.
QUERIES = {"page": 1, "interface": 1, "made anew": 3}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(db: Any):
    cache.clear()
    shelf.forget()
    held.forget()
    house.prepare(by=User.objects.system("demo"))
    for key, titles in TITLES.items():
        for code, title in titles.items():
            claim(key, code, title, WORDINGS.get(key, {}).get(code, ""))
    yield
    held.forget()
    cache.clear()


def claim(key: str, code: str, title: str, wordings: str = "", *, live: bool = True) -> ClaimPage:
    section = SectionPage.objects.get(lists="claim", locale__language_code=code)
    page = ClaimPage(
        title=title,
        slug=f"{key}-{uuid.uuid4().hex[:6]}",
        summary="ملخص الحكم." if code == "ar" else "Why.",
        short_answer="جواب." if code == "ar" else "An answer.",
        verdict="unfounded",
        wordings=wordings,
        locale=Locale.objects.get(language_code=code),
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, key),
        date=timezone.now(),
        live=False,
    )
    section.add_child(instance=page)
    revision = page.save_revision()
    if live:
        publish(revision)
    page.refresh_from_db()
    return page


def publish(revision: Any) -> None:
    by = User.objects.system("demo")
    with acting.acting(by=by):
        revision.publish(user=by)


def changed(page: ClaimPage, **values: str) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    publish(page.save_revision())


def page_of(text: str, path: str = PAGE, status: int = 200) -> str:
    response = Client().get(path, {"q": text})
    assert response.status_code == status
    return response.content.decode()


def titles(html: str) -> list[str]:
    """Titles of the claims shown, in order."""
    return [unescape(each).strip("“”«»") for each in re.findall(r'rel="bookmark">([^<]+)</a>', html)]


def asked(text: str, status: int = 200, **more: Any) -> dict[str, Any]:
    response = Client(enforce_csrf_checks=True).get(API, {"q": text, **more})
    assert response.status_code == status, response.content
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    if status != 200:
        assert response.headers["Content-Type"] == "application/problem+json"
    return response.json()


# --- The page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count, shown", [(2, 2), (3, 3), (5, 3)])
def test_when_nothing_is_close_the_nearest_three_are_offered(count, shown):
    for number, what in enumerate(("forbidden", "wholesome", "expensive", "foreign", "ancient")[:count]):
        claim(f"coffee-{number}", "en", f"Coffee is {what} for elderly people")
    text = Client().get("/en/claims/find/", {"q": "is coffee good for children"}).content.decode()
    assert "Perhaps one of these was meant:" in text
    assert len(set(re.findall(r"/en/claims/(coffee-\d)-", text))) == shown


@pytest.mark.parametrize(
    "path, text, title",
    [
        (PAGE, "هدم الاثار القديمه واجب", TITLES["statues"]["ar"]),
        ("/en/claims/find/", "it is a duty to destroy ancent monuments", TITLES["statues"]["en"]),
        (PAGE, "museums of statues", TITLES["statues"]["ar"]),
        ("/en/claims/find/", "متاحف تماثيل", TITLES["statues"]["en"]),
    ],
)
def test_a_claim_is_found_in_either_language_and_shown_in_the_readers(path, text, title):
    html = page_of(text, path)
    assert titles(html)[0] == title
    assert "<mark>" in html


def test_a_row_has_verdict_title_summary_and_why():
    html = page_of("متاحف التماثيل")
    row = re.search(r'<article class="row">.*?</article>', html, re.DOTALL)[0]
    assert 'class="verdict"' in row
    assert "ملخص الحكم." in row
    assert "<mark>متاحف التماثيل</mark> معابد وثنية" in row


def test_the_claims_words_are_escaped():
    claim("bold", "ar", "كل <b>نقش</b> يُكسر & يُرمى")
    html = page_of("كل نقش يكسر")
    assert "<b>" not in html
    assert "&lt;<mark>b" in html or "&lt;b" in html
    assert "&amp;" in html


def test_the_readers_words_are_escaped_and_kept():
    typed = '"><script>alert(1)</script> هدم الآثار'
    html = page_of(typed)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; هدم الآثار</textarea>" in html


def test_when_nothing_is_close_it_says_so_and_shows_two_at_most():
    html = page_of("المسلمين والقطط في بيت الجدة الكبير يلعبون طوال النهار")
    assert 'id="found"' in html
    assert len(titles(html)) <= 2
    assert "/ar/topics/" in html
    assert 'href="/ar/claims/"' in html
    assert titles(page_of("qwrtz plmnb")) == []


def test_the_page_without_words_helps():
    response = Client().get(PAGE)
    html = response.content.decode()
    assert response.status_code == 200
    assert titles(html) == []
    assert 'id="how"' in html
    assert "no-store" not in response.headers["Cache-Control"]


def test_an_answer_is_kept_by_nobody_and_indexed_by_nobody():
    response = Client().get(PAGE, {"q": "هدم الآثار"})
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "csrf" not in response.content.decode().lower()
    assert '<meta name="robots" content="noindex' in response.content.decode()


def test_the_other_languages_page_looks_for_the_same_words():
    assert 'href="/en/claims/find/?q=museums+of+statues"' in page_of("museums of statues")


def test_what_is_too_long_is_said_and_kept():
    html = page_of("ا" * 1001, status=413)
    assert "١٬٠٠١" in html or "1,001" in html or "1001" in html or "١٠٠١" in html
    assert "ا" * 1001 in html
    assert 'aria-invalid="true"' in html
    assert titles(page_of("هدم الآثار القديمة " + " " * 975)) != []


@pytest.mark.parametrize("text", ["   ", "\u202e\u200f", "\u0000\u0007"])
def test_signs_that_are_no_words_are_no_words(text):
    html = page_of(text)
    assert 'role="alert"' in html
    assert titles(html) == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(method):
    assert getattr(Client(), method)(PAGE).status_code == 405


# --- What is published now -----------------------------------------------------------------------------------


def test_a_draft_is_never_found():
    claim("secret", "ar", "القطط السوداء تجلب الحظ السيئ", live=False)
    assert asked("القطط السوداء تجلب الحظ السيئ")["results"] == []


def test_what_is_taken_down_is_not_answered_from_an_old_index():
    page = claim("cats", "ar", "القطط السوداء تجلب الحظ السيئ")
    assert titles(page_of("القطط السوداء")) == [page.title]
    with acting.acting(by=User.objects.system("demo")):
        page.unpublish()
    assert titles(page_of("القطط السوداء")) == []
    assert asked("القطط السوداء")["results"] == []
    publish(page.get_latest_revision())
    assert titles(page_of("القطط السوداء")) == [page.title]


def test_a_deleted_claim_is_gone():
    page = claim("cats", "ar", "القطط السوداء تجلب الحظ السيئ")
    assert asked("القطط السوداء")["results"]
    with acting.acting(by=User.objects.system("demo")):
        page.delete()
    assert asked("القطط السوداء")["results"] == []


def test_changed_wordings_are_found_at_once_and_the_old_ones_no_more():
    page = ClaimPage.objects.get(title=TITLES["statues"]["ar"])
    assert asked("متاحف التماثيل")["results"][0]["matched"]["wording"] == WORDINGS["statues"]["ar"]
    changed(page, wordings="كل نقش من حضارة سابقة يُكسر")
    assert [each["matched"]["wording"] for each in asked("متاحف التماثيل")["results"]] == []
    assert asked("نقوش الحضارات السابقة")["results"][0]["claim"]["title"] == page.title


def test_another_process_that_publishes_is_noticed():
    # Another process: nothing of this one's memory or cache learns of it, only the database.
    assert asked("هدم الآثار القديمة")["results"]
    refs = ItemRef.objects.filter(title=TITLES["statues"]["ar"])
    ClaimPage.objects.filter(pk=refs.get().subject_id).update(title="نحت التماثيل ممنوع")
    refs.update(title="نحت التماثيل ممنوع", changed=timezone.now())
    assert asked("نحت التماثيل ممنوع")["results"][0]["claim"]["title"] == "نحت التماثيل ممنوع"


def test_a_change_that_was_stamped_before_another_and_committed_after_it_is_noticed():
    refs = ItemRef.objects.filter(title=TITLES["statues"]["ar"])
    stamped = refs.get().changed
    page = ClaimPage.objects.get(pk=refs.get().subject_id)
    assert asked("هدم الآثار القديمة")["results"]
    page.title = "نحت التماثيل ممنوع"
    with acting.acting(by=User.objects.system("demo")):
        page.save_revision().publish()
    ItemRef.objects.filter(subject_id=page.pk).update(changed=stamped)
    assert asked("نحت التماثيل ممنوع")["results"][0]["claim"]["title"] == "نحت التماثيل ممنوع"


def test_one_language_taken_down_leaves_the_other():
    page = ClaimPage.objects.get(title=TITLES["statues"]["ar"])
    with acting.acting(by=User.objects.system("demo")):
        page.unpublish()
    html = page_of("museums of statues")
    assert titles(html) == [TITLES["statues"]["en"]]
    assert '<h3 lang="en" dir="ltr">' in html
    assert titles(page_of("متاحف التماثيل معابد وثنية")) == []


# --- The interface -------------------------------------------------------------------------------------------


def test_the_answer_is_as_described():
    found = asked("متاحف  التماثيل\u200f", lang="ar")
    assert found["query"] == "متاحف التماثيل"
    [result] = [each for each in found["results"] if each["close"]]
    assert 0.5 <= result["score"] <= 1
    assert result["matched"]["lang"] == "ar"
    wording = result["matched"]["wording"]
    assert [wording[start:end] for start, end in result["matched"]["words"]] == ["متاحف", "التماثيل"]
    ref = ItemRef.objects.get(title=TITLES["statues"]["ar"])
    other = ItemRef.objects.get(title=TITLES["statues"]["en"])
    assert result["claim"] == {
        "uuid": str(ref.uuid),
        "lang": "ar",
        "title": ref.title,
        "url": ref.path,
        "verdict": "unfounded",
        "verdict_label": result["claim"]["verdict_label"],
        "summary": ref.summary,
        "translations": {"en": {"uuid": str(other.uuid), "url": other.path}},
    }
    assert result["claim"]["verdict_label"]


def test_the_language_asked_for_is_the_language_given():
    for code in ("ar", "en"):
        assert asked("museums of statues", lang=code)["results"][0]["claim"]["lang"] == code
    assert asked("museums of statues")["results"][0]["claim"]["lang"] == "en"


def test_the_limit_is_kept():
    for number in range(25):
        claim(f"many-{number}", "en", f"Destroying ancient monuments is a duty number {number + 100}")
    text = "destroying ancient monuments is a duty"
    assert len(asked(text)["results"]) == 5
    assert len(asked(text, limit=20)["results"]) == 20
    assert len(asked(text, limit=1)["results"]) == 1


@pytest.mark.parametrize(
    "query, status",
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": "\u202e \u0000"}, 422),
        ({"q": "ا" * 1001}, 413),
        ({"q": "a", "lang": "xx"}, 422),
        ({"q": "a", "limit": "0"}, 422),
        ({"q": "a", "limit": "21"}, 422),
        ({"q": "a", "limit": "x"}, 422),
        ({"q": "a", "limit": "٣"}, 422),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(query, status):
    response = Client().get(API, query)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert found["detail"]
    assert "\u202e" not in found["detail"]


def test_too_long_says_how_long():
    found = asked("ا" * 1001, status=413)
    assert (found["limit"], found["length"]) == (1000, 1001)


def test_bytes_that_are_no_text_do_no_harm():
    response = Client().get(f"{API}?q=%ff%fe%80")
    assert response.status_code in (200, 422)
    json.loads(response.content)


def test_any_site_may_ask():
    response = Client().get(API, {"q": "هدم"}, headers={"origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_thirty_a_second_are_served_and_too_many_told_to_wait(monkeypatch):
    start = 1_800_000_000.0
    monkeypatch.setattr(limits.time, "time", lambda: start)
    assert all(Client().get(API, {"q": "هدم"}).status_code == 200 for _ in range(30))
    monkeypatch.setattr("hiwar.library.api.ALLOWED", 5)
    monkeypatch.setattr("hiwar.library.views.finding.ALLOWED", 0)
    assert int(Client().get(API, {"q": "هدم"}).headers["Retry-After"]) > 0
    response = Client().get(PAGE, {"q": "هدم الآثار"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "هدم الآثار</textarea>" in response.content.decode()


# --- Nothing is kept -----------------------------------------------------------------------------------------


def test_the_words_stand_in_no_log_and_no_table(caplog, monkeypatch):
    canary = "كناريقةفريدة"
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as queries:
        page_of(f"{canary} هدم الآثار")
        page_of(canary + "ا" * 1001, status=413)
        asked(f"{canary} هدم الآثار")
        asked(canary + "ا" * 1001, status=413)

        def broken(*_args: Any, **_more: Any) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr(held, "find", broken)
        asked(canary, status=500)
        assert Client(raise_request_exception=False).get(PAGE, {"q": canary}).status_code == 500
    assert caplog.records, "nothing was logged, so nothing was proved"
    formatter = logging.Formatter()
    for record in caplog.records:
        if record.name.startswith("django.db"):
            continue  # checked below, where each statement is whole
        assert canary not in formatter.format(record), record.name
    assert not [each["sql"] for each in queries if canary in each["sql"]]
    assert canary not in str(vars(held.current().index._vocabulary))


@pytest.mark.parametrize("name, path", [("page", PAGE), ("interface", API)])
def test_an_answer_costs_one_query_while_the_index_holds(name, path):
    client = Client()
    client.get(path, {"q": "هدم الآثار"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, {"q": "الانتخابات كفر"}).status_code == 200
    assert len(queries) == QUERIES[name], [each["sql"] for each in queries]
    held.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(path, {"q": "الانتخابات كفر"})
    assert len(queries) == QUERIES["made anew"], [each["sql"] for each in queries]


def test_the_frame_is_that_of_every_page():
    html = page_of("هدم الآثار")
    assert html.count("<h1") == 1
    assert '<html lang="ar" dir="rtl">' in html
    assert frame.LANGUAGE_NAMES["en"] in html
