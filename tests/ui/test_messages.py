"""The Arabic the framework's own files get wrong is ours where an editor meets it, and counts have six forms."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import gettext, ngettext, override


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("No, don't unpublish", "إبقاء المادة منشورة"),
        ("slug", "الجزء النصي من العنوان"),
        ("workflow", "مسار العمل"),
        ("Live", "منشور"),
        ("Password", "كلمة المرور"),
    ],
)
def test_stock_arabic_that_misleads_is_corrected(english, arabic):
    with override("ar"):
        assert gettext(english) == arabic


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, "لا توجد مواد"),
        (1, "مادة واحدة"),
        (2, "مادتان"),
        (3, "%(total)s مواد"),
        (11, "%(total)s مادة"),
        (100, "%(total)s مادة"),
    ],
)
def test_counts_follow_the_six_forms(n, shown):
    with override("ar"):
        assert ngettext("%(total)s item", "%(total)s items", n) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (1, "مدة القراءة: دقيقة واحدة"),
        (2, "مدة القراءة: دقيقتان"),
        (7, "مدة القراءة: ٧ دقائق"),
        (12, "مدة القراءة: ١٢ دقيقة"),
    ],
)
def test_reading_time_is_a_whole_sentence(minutes, shown):
    with override("ar"):
        assert shown in Template('{% include "ui/byline.html" %}').render(Context({"minutes": minutes}))
