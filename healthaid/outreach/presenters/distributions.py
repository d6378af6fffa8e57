"""The ledger of what is handed out, in plain values."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.accounts.models import Area
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.models import Distribution
from healthaid.outreach.presenters.activities import language
from healthaid.outreach.queries.distributions import HandedHome, Held, Line


def item_words(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "label": item.label.get(language()),
        "to": _("households made poor by illness") if item.to == "illness" else _("every household"),
        "contains": item.contains.get(language()) if item.contains else "",
        "unit_cost": item.unit_cost,
    }


def list_url(item: str, area: Area, show: str = "missing") -> str:
    asked = urlencode({"area": area.pk, "show": show})
    return f"{reverse('outreach:handouts', args=[item])}?{asked}"


def present_line(line: Line, above: Area) -> dict[str, Any]:
    goes_down = line.area.pk != above.pk
    return {
        "name": line.area.name,
        "url": f"{reverse('outreach:distributions')}?area={line.area.pk}" if goes_down else "",
        "households": line.households,
        "cells": [present_cell(line.held[code], code, line.area) for code in items()],
    }


def present_cell(held: Held, code: str, area: Area) -> dict[str, Any]:
    return {
        "label": items()[code].label.get(language()),
        "given": held.given,
        "owed": held.owed,
        "missing": held.missing,
        "expired": held.expired,
        "url": list_url(code, area, "missing" if held.missing else "given"),
        "expired_url": list_url(code, area, "expired"),
    }


def totals(lines: list[Line], area: Area) -> list[dict[str, Any]]:
    return [
        present_cell(sum((line.held[code] for line in lines), Held()), code, area) | item_words(item)
        for code, item in items().items()
    ]


def present_handout(handout: Distribution) -> dict[str, Any]:
    item = items().get(handout.item)
    return {
        "label": item.label.get(language()) if item else handout.item,
        "given_on": handout.given_on,
        "giver": handout.given_by.get_full_name(),
        "receiver": handout.receiver,
        "expires_on": handout.expires_on,
        "replaced_on": handout.replaced_on,
        "why": handout.get_why_replaced_display(),
    }


def show_words(show: str) -> str:
    words = {
        "missing": pgettext("handouts", "Missing"),
        "given": pgettext("handouts", "Have it"),
        "expired": pgettext("handouts", "Run out"),
    }
    return words[show]


def list_headings() -> list[str]:
    return [
        *(
            _("Village"),
            _("Group"),
            _("Register number"),
            pgettext("column", "Household"),
            _("Given on"),
            _("Given by"),
        ),
        *(_("Received by"), _("Runs out on")),
    ]


def ledger_row(home: Any) -> list[str]:
    """A household of the list as a row of the file; one that lacks the item has no day and no giver."""
    days = [getattr(home, name, None) for name in ("given_on", "expires_on")]
    given_on, expires_on = (f"{day:%Y-%m-%d}" if day else "" for day in days)
    return [
        *(home.village.name, home.group_name, home.register_no, home.head or ""),
        *(given_on, getattr(home, "giver", ""), getattr(home, "receiver", ""), expires_on),
    ]


def ledger_table(lines: list[Line]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: of each item how many are owed, given and run out."""
    parts = (_("owed"), _("given"), _("run out"))
    headings = [f"{item.label.get(language())} · {part}" for item in items().values() for part in parts]
    rows = [
        [
            line.area.name,
            line.households,
            *(
                number
                for code in items()
                for number in (line.held[code].owed, line.held[code].given, line.held[code].expired)
            ),
        ]
        for line in lines
    ]
    return [_("Area"), _("Households"), *headings], rows


def present_held(home: HandedHome) -> list[dict[str, Any]]:
    """What a household is to have, each with the day it was given, that it ran out, or that it is missing."""
    return [_present_item(item, home.held.get(item.code), home.on) for item in home.owed]


def _present_item(item: Item, handout: Distribution | None, on: date) -> dict[str, Any]:
    label = item.label.get(language())
    if handout is None:
        return {"label": label, "tone": "warn", "status": pgettext("handout", "missing"), "on": None}
    if handout.expires_on and handout.expires_on < on:
        return {"label": label, "tone": "warn", "status": _("run out"), "on": handout.given_on}
    return {"label": label, "tone": "good", "status": pgettext("handout", "given"), "on": handout.given_on}
