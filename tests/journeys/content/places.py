"""Run inside a throw-away installation: tells the site its port and writes where the content stands, as JSON."""

import json
import sys

from django.utils.translation import override
from wagtail.models import Page, Site

from hiwar.items.models import ItemRef
from hiwar.library.house import ABOUT, _site_address

host, port = _site_address()
Site.objects.update(hostname=host, port=port)


def twins(kind):
    """The newest item of `kind` that exists in both languages, by language."""
    rows = ItemRef.objects.shown().of_kind(kind)
    others = set(rows.filter(language="en").values_list("translation_key", flat=True))
    first = next(row for row in rows.filter(language="ar") if row.translation_key in others)
    return {row.language: row.path for row in rows.filter(translation_key=first.translation_key)}


found = {"ar": {}, "en": {}}
for kind in ("article", "video", "press_release", "news", "event"):
    for code, path in twins(kind).items():
        found[code][kind] = path
alone = {row.language: row for row in ItemRef.objects.filter(kind="article", path__endswith="/alone/")}
for code, other in (("ar", "en"), ("en", "ar")):
    found[code]["missing"] = f"/{code}/item/{alone[other].code}/"
    found[code]["outside"] = f"/{code}/videos/outside/"
    for slug, _model in ABOUT:
        with override(code):
            found[code][slug] = Page.objects.get(url_path=f"/{code}/about/{slug}/").url_path
    found[code]["articles"] = str(Page.objects.get(url_path=f"/{code}/articles/").pk)
sys.stdout.write(json.dumps(found))
