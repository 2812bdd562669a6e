"""Every kind of published thing is registered, and its rows follow it."""

from __future__ import annotations

import uuid

import pytest
from django.apps import apps

from hiwar.items import actions, registry
from hiwar.items.actions import Card
from hiwar.items.models import ALPHABET, ItemRef, Topic, new_code
from hiwar.library.models import BasePage


def page_classes() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def test_every_class_of_page_that_is_an_item_names_a_registered_kind() -> None:
    kinds = {kind.slug for kind in registry.kinds()}
    assert page_classes()
    for model in page_classes():
        assert model.kind == "" or model.kind in kinds, model
        # Whoever has topics is an item: a class that forgets its kind would never stand in a list.
        assert model.kind or not hasattr(model, "topics"), model


def test_two_models_cannot_share_a_kind() -> None:
    known = registry.kinds()[0]
    with pytest.raises(ValueError, match="registered twice"):
        registry.register(registry.Kind(known.slug, "x", "x", Topic))


def card(**more: object) -> Card:
    return Card(
        **{
            "kind": "article",
            "subject_id": 1,
            "language": "ar",
            "translation_key": uuid.uuid4(),
            "live": True,
            "title": "عنوان",
            "path": "/ar/articles/x/",
            **more,
        }
    )


@pytest.mark.django_db
def test_a_row_is_written_once_and_keeps_its_code() -> None:
    topic = Topic.objects.create(slug="law", name={"ar": "القانون"})
    first = actions.put(card(topics=[topic], states=["sa", "MA"]))
    again = actions.put(card(title="عنوان آخر", states=["MA"]))
    assert (first.pk, first.code) == (again.pk, again.code)
    assert ItemRef.objects.get().title == "عنوان آخر"
    assert list(again.topics.all()) == []
    assert list(again.states.values_list("iso2", flat=True)) == ["MA"]


@pytest.mark.django_db
def test_hidden_rows_leave_every_list_but_stay_reserved() -> None:
    ref = actions.put(card())
    assert list(ItemRef.objects.shown()) == [ref]
    assert actions.hide(kind="article", subject_id=1) == 1
    assert not ItemRef.objects.shown().exists()
    assert ItemRef.objects.filter(code=ref.code).exists()


def test_codes_are_read_aloud_without_mistakes() -> None:
    assert not set("01IOAEUY") & set(ALPHABET)
    assert len({new_code() for _n in range(500)}) == 500
