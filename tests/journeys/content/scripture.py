"""Run inside a throw-away installation: items that cite a verse, one that shows how it is cut, a signed hadith."""

import json
import sys
import uuid

from django.contrib.auth.models import Group
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library.models import ArticlePage
from hiwar.scripture import actions
from hiwar.scripture.blocks import chosen
from hiwar.scripture.models import Hadith

TITLES = {"ar": ["آية في موضعها", "آية تُقتطع"], "en": ["A verse in its place", "A verse that is cut"]}
WORDS = {"ar": "نص قصير كتب للتجربة.", "en": "A short text written for a trial."}
EXPLANATION = {"ar": "يُترك تعليلها الذي يليها.", "en": "The reason that follows is dropped."}
by = User.objects.system("demo")
cut = {**chosen("2:256"), "first_word": 1, "last_word": 4}

with acting.acting(by=by):
    for code, titles in TITLES.items():
        parent = Page.objects.get(url_path=f"/{code}/articles/")
        blocks = [("verse", chosen("2:255-257")), ("misused_verse", {**cut, "explanation": EXPLANATION[code]})]
        for slug, title, block in zip(("in-place", "cut"), titles, blocks, strict=True):
            page = ArticlePage(
                title=title,
                slug=slug,
                summary=WORDS[code],
                body=[("text", f"<p>{WORDS[code]}</p>"), block],
                locale=parent.locale,
                translation_key=uuid.uuid5(uuid.NAMESPACE_URL, f"journeys/{slug}"),
                live=False,
            )
            parent.add_child(instance=page)
            page.save_revision(user=None).publish(user=by)

scholar = User.objects.create_user("scholar@journeys.example.org", first_name="Dr Journey")
scholar.groups.add(Group.objects.get(name="Scholars"))
grading = {"grader": {"ar": "محدِّث", "en": "A grader"}, "source": {"ar": "كتاب", "en": "A book"}, "page": "1/2"}
entry = Hadith.objects.filter(collection="bukhari", number="1").first() or actions.save_hadith(
    values={
        "collection": "bukhari",
        "number": "1",
        "scheme": "fath-al-bari",
        "other_numbers": {"bugha": "1"},
        "narrator": {"ar": "عن راوٍ", "en": "From a narrator"},
        "text": "نص كتب للتجربة وليس حديثًا.",
        "edition_note": {"ar": "طبعة للتجربة، ١/١", "en": "An edition for a trial, 1/1"},
    },
    gradings=[{**grading, "grade": "sahih"}, {**grading, "grade": "daif"}],
    by=by,
)
if not entry.is_shown:
    actions.sign_hadith(hadith=entry, seal=actions.seal_of(entry), by=scholar)
report = actions.record_report(
    by=by, source="quran", reference="2:255", problem={"ar": "سقطت كلمة.", "en": "A word is missing."}
)
actions.show_report(report=report, shown=True, by=scholar)
sys.stdout.write(json.dumps({"hadith": entry.number}))
