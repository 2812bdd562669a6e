"""The list of Member States, and each State's page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.arabic.sorting import initial, sort_key
from hiwar.items.models import ItemRef
from hiwar.states.models import State
from hiwar.ui import frame

AUDIENCE = "public"


@require_safe
def state_list(request: HttpRequest) -> HttpResponse:
    """The Member States by letter."""
    language = frame.language()
    states = sorted(State.objects.members(), key=lambda s: s.sort_keys.get(language) or sort_key(s.name_here))
    letters = [
        {"letter": letter, "states": list(group)}
        for letter, group in groupby(states, key=lambda s: initial(s.name_here, language))
    ]
    title = _("Member States")
    data = frame.context(path=request.path, title=title, crumbs=[(title, "")])
    return frame.answer(request, "states/state_list.html", {**data, "letters": letters, "count": len(states)})


@require_safe
def state(request: HttpRequest, iso2: str) -> HttpResponse:
    """What the site holds about one State; /states/SA/ leads to /states/sa/."""
    if iso2 != iso2.lower():
        return redirect("state", iso2=iso2.lower(), permanent=True)
    found = State.objects.members().filter(iso2=iso2.upper()).first()
    if found is None:
        raise Http404
    rows = ItemRef.objects.shown().in_language(frame.language()).filter(states__iso2=found.iso2)
    groups: dict[str, Any] = {}
    for card in rows[:60]:
        groups.setdefault(card.kind, {"label": card.kind_label, "cards": []})["cards"].append(card)
    found.names = [{"language": code, "name": name} for code, name in found.name.items() if code != frame.language()]
    data = frame.context(
        path=request.path,
        title=found.name_here,
        crumbs=[(_("Member States"), reverse("states")), (found.name_here, "")],
    )
    return frame.answer(request, "states/state.html", {**data, "state": found, "groups": list(groups.values())})
