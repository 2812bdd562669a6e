"""Panels: upper rooms add to pages of lower rooms, in a fixed order, escaped unless marked safe."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from hiwar.ui import panels

PLACE = "tests.place"


@pytest.fixture(autouse=True)
def empty_place():
    panels.forget(PLACE)
    yield
    panels.forget(PLACE)


def first(context):
    return mark_safe(f"<p>{context['state']}</p>")


def second(context):
    return "<b>"


def test_panels_stand_in_order_whatever_the_order_of_registration():
    panels.register(PLACE, 20, second)
    panels.register(PLACE, 10, first)
    assert panels.panels(PLACE) == [first, second]


def test_registering_twice_moves_and_does_not_repeat():
    panels.register(PLACE, 10, first)
    panels.register(PLACE, 20, second)
    panels.register(PLACE, 30, first)
    assert panels.panels(PLACE) == [second, first]


def test_page_shows_panels_with_its_context_and_escapes_plain_text():
    panels.register(PLACE, 10, first)
    panels.register(PLACE, 20, second)
    template = Template("{% load ui %}{% panels place %}")
    assert template.render(Context({"place": PLACE, "state": "XX"})) == "<p>XX</p>&lt;b&gt;"


def test_a_place_nobody_answers_is_empty():
    assert panels.panels("tests.nobody") == []
