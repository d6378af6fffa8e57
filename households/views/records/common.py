"""What the sheets of the record share: tabs between them, places with their numbers, a page of persons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.base.pages import Tab, page_links, page_number, tabs
from households.models import Person
from households.queries.records.sheets import ALL, Sheet

PAGE = 50
States = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Listed:
    person: Person
    states: list[str]


def chosen_state(request: HttpRequest, states: States) -> str:
    given = request.GET.get("state", "")
    return given if given in states else ""


def sheet_page(
    request: HttpRequest, sheet: Sheet, states: States, **kept: str
) -> tuple[dict[str, Any], list[Listed]]:
    """The context of a sheet, and the persons of the page; `kept` are the words of the address that stay."""
    state = chosen_state(request, states)
    counted = sheet.counts()
    total: Counter[str] = sum(counted.values(), Counter())
    page = Paginator(range(total[state or ALL]), PAGE).get_page(page_number(request))
    first = max(page.start_index() - 1, 0)
    found = [Listed(*each) for each in sheet.people(state, limit=PAGE, offset=first)]
    place = sheet.place
    own = {"area": str(place.area.pk)} if place.trail or request.GET.get("area") else {}
    context = page_links(request, page) | {
        "place": place,
        "states": [(code, label, total[code]) for code, label in states.items()],
        "persons": total[ALL],
        "tabs": _tabs(states, state, total, {**kept, **own}),
        "rows": _rows(sheet, states, counted, kept),
        "trail": [(area.name, f"?{urlencode({**kept, 'area': area.pk})}") for area in place.trail],
        "state": state,
    }
    return context, found


def _tabs(states: States, state: str, total: Counter[str], kept: Mapping[str, str]) -> list[Tab]:
    every = {"": _("Everybody"), **states}
    named = ((code, label, total[code or ALL]) for code, label in every.items())
    return tabs(named, state, lambda code: f"?{urlencode({**kept, 'state': code})}")


def _rows(
    sheet: Sheet, states: States, counted: Mapping[int, Counter[str]], kept: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One for each part of the area in which anybody lives; nothing where there is one part only."""
    shown = [child for child in sheet.place.children if counted[child.pk][ALL]]
    if len(shown) < 2:
        return []
    return [
        {
            "name": child.name,
            "url": f"?{urlencode({**kept, 'area': child.pk})}",
            "persons": counted[child.pk][ALL],
            "cells": [
                {
                    "label": label,
                    "count": counted[child.pk][code],
                    "url": f"?{urlencode({**kept, 'area': child.pk, 'state': code})}",
                }
                for code, label in states.items()
            ],
        }
        for child in shown
    ]
