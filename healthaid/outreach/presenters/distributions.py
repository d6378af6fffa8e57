"""The ledger of what is handed out, in plain values."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import Area
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.models import Distribution
from healthaid.outreach.presenters.activities import language
from healthaid.outreach.queries.distributions import Held, Line


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
