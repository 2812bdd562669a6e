"""Where imported pages stand in the tree, and which slugs are free there.

Adding a page by treebeard costs four queries and locks its parent each time. Here the parent is locked once a
batch, and positions are counted on from its last child.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from hiwar.items import registry
from hiwar.library.imports.reading import LineRefused
from hiwar.library.models import SectionPage


@dataclass
class Place:
    """The section that holds the items of a kind in a language; `made` counts pages added and not yet written down."""

    section: SectionPage
    last: int
    made: int = 0

    def next_path(self) -> str:
        """The tree path after the last child's. A line that fails afterwards leaves a gap, which treebeard allows."""
        self.last += 1
        return str(Page._get_path(self.section.path, self.section.depth + 1, self.last))


class Places:
    """The sections of one batch; make a new one for each transaction."""

    def __init__(self, locales: dict[str, Locale]) -> None:
        self.locales = locales
        self._places: dict[tuple[str, str], Place] = {}
        self._taken: dict[tuple[int, str], bool] = {}

    def of(self, kind: str, locale: str) -> Place:
        """The place of a kind in a language, its section locked against others who add pages.

        Raises LineRefused when the site has no such section yet.
        """
        place = self._places.get((kind, locale))
        if place is None:
            address = f"/{locale}/{registry.kind(kind).place}/"
            section = (
                SectionPage.objects.select_for_update(of=("self", "page_ptr"))
                .filter(url_path=address)
                .select_related("locale")
                .first()
            )
            if section is None:
                raise LineRefused(_("The site has no section %(path)s yet.") % {"path": address})
            place = self._places[kind, locale] = Place(section=section, last=_last_step(section))
        return place

    def free_slug(self, place: Place, wanted: str) -> str:
        """`wanted`, or the first of wanted-2, wanted-3 … that no other page of the section has."""
        pk = place.section.pk
        if not self._is_taken(place, wanted):
            self._taken[pk, wanted] = True
            return wanted
        children = Page.objects.filter(path__startswith=place.section.path, depth=place.section.depth + 1)
        numbered = children.filter(slug__startswith=f"{wanted}-").values_list("slug", flat=True)
        used = {slug.removeprefix(f"{wanted}-") for slug in numbered.iterator(chunk_size=1000)}
        number = 2
        while str(number) in used:
            number += 1
        return f"{wanted}-{number}"

    def foresee(self, wanted: list[tuple[Place, str]]) -> None:
        """Learn in one query a section which of the slugs about to be asked for are taken."""
        sections: dict[int, tuple[Place, list[str]]] = {}
        for place, slug in wanted:
            sections.setdefault(place.section.pk, (place, []))[1].append(slug)
        for pk, (place, slugs) in sections.items():
            children = Page.objects.filter(path__startswith=place.section.path, depth=place.section.depth + 1)
            taken = set(children.filter(slug__in=slugs).values_list("slug", flat=True))
            self._taken.update({(pk, slug): slug in taken for slug in slugs})

    def _is_taken(self, place: Place, slug: str) -> bool:
        known = self._taken.get((place.section.pk, slug))
        if known is None:
            children = Page.objects.filter(path__startswith=place.section.path, depth=place.section.depth + 1)
            known = children.filter(slug=slug).exists()
        return known

    def write_down(self) -> None:
        """Add what was made to each section's number of children."""
        for place in self._places.values():
            if place.made:
                Page.objects.filter(pk=place.section.pk).update(numchild=F("numchild") + place.made)


def _last_step(section: SectionPage) -> int:
    children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
    last = children.order_by("-path").values_list("path", flat=True).first()
    return int(Page._str2int(last[-Page.steplen :])) if last else 0
