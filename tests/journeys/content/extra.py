"""Run inside a throw-away installation: what the demonstration lacks and the journeys need. Writes JSON."""

import json
import sys
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library.models import ArticlePage, NewsPage, VideoPage

by = User.objects.system("demo")
MANY = 30
WORDS = {"ar": "نص قصير كتب للتجربة.", "en": "A short text written for a trial."}


def add(model, section, code, slug, title, **fields):
    parent = Page.objects.get(url_path=f"/{code}/{section}/")
    page = model(
        title=title,
        slug=slug,
        summary=WORDS[code],
        body=[("text", f"<p>{WORDS[code]}</p>")],
        locale=parent.locale,
        live=False,
        date=timezone.now() - timedelta(days=4000),
        **fields,
    )
    parent.add_child(instance=page)
    page.save_revision(user=None).publish(user=by)
    return page


with acting.acting(by=by):
    for code in ("ar", "en"):
        add(VideoPage, "videos", code, "outside", WORDS[code], outside="https://www.youtube.com/watch?v=aaaaaaaaaaa")
        for number in range(MANY):
            add(NewsPage, "news", code, f"trial-{number}", f"{WORDS[code]} {number}", source_name=WORDS[code])
    add(ArticlePage, "articles", "ar", "alone", WORDS["ar"])
    add(ArticlePage, "articles", "en", "alone", WORDS["en"])
sys.stdout.write(json.dumps({"made": 2 * MANY + 4}))
