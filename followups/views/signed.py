"""签约统计: the table offices file, by township or village, and as a workbook of all villages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from core.accounts.files import workbook
from core.accounts.models import Level, User
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from followups.presenters.places import contract_places
from followups.queries.signed import Signed, SignedPlace, by_township, signed_by_village, together

SENSITIVE = ("tuberculosis", "mental_disorder")


@requires("see_teams")
def signed_statistics(request: HttpRequest) -> HttpResponse:
    """A county sees its townships, `?town=` opens one; below county level there are villages at once."""
    on, user = today(), actor(request)
    columns = _columns(user)
    places = signed_by_village(user, on)
    towns = by_township(places)
    town = next((area for area, _counts in towns if str(area.pk) == request.GET.get("town")), None)
    opened = town is not None or user.area.level in (Level.TOWNSHIP, Level.VILLAGE)
    shown = [place for place in places if town is None or place.township == town]
    context = {
        "places": contract_places(user, "signed"),
        "headings": list(columns.values()),
        "rows": [_village(place, columns) for place in shown]
        if opened
        else [_town(area.name, area.pk, counts, columns) for area, counts in towns],
        "total": _paired(together(place.counts for place in shown), columns),
        "town": town,
        "on": on,
        "may_export": may(user, "export"),
    }
    return render(request, "followups/signed.html", context)


@requires("export")
@require_POST
def signed_export(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    columns = _columns(user)
    places = signed_by_village(user, on)
    rows: list[tuple[Any, ...]] = [
        (place.township.name, place.village.name, *_cells(place.counts, columns)) for place in places
    ]
    rows.append((_("Together"), "", *_cells(together(place.counts for place in places), columns)))
    rows.append((_("One person may stand in several columns: they do not add up to the contracts."),))
    return workbook(
        request,
        title=_("Contracts in force by kind of person, %(on)s") % {"on": on.isoformat()},
        file_name=f"signed-{on:%Y%m%d}",
        headings=[_("Township"), _("Village"), *columns.values()],
        rows=rows,
        fields=("counts",),
        widths=(18, 22, *(12 for _each in columns)),
    )


def _columns(user: User) -> dict[str, str]:
    columns = {
        "signed": pgettext("column", "Contracts"),
        "children": _("0 to 6 years"),
        "elderly": _("65 and over"),
        "hypertension": _("Hypertension"),
        "diabetes": _("Diabetes"),
        "tuberculosis": _("Tuberculosis"),
        "mental_disorder": _("Severe mental disorder"),
        "disabled": _("Persons with a disability"),
        "registered": _("On the poverty register"),
        "monitored": _("Monitored"),
        "allowance": _("Allowance or destitute"),
    }
    return {name: word for name, word in columns.items() if user.sees_sensitive or name not in SENSITIVE}


def _cells(counts: Signed, columns: dict[str, str]) -> list[int]:
    return [getattr(counts, name) for name in columns]


def _village(place: SignedPlace, columns: dict[str, str]) -> dict[str, Any]:
    return {"name": place.village.name, "url": "", "cells": _paired(place.counts, columns)}


def _town(name: str, pk: int, counts: Signed, columns: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "url": f"?town={pk}", "cells": _paired(counts, columns)}


def _paired(counts: Signed, columns: dict[str, str]) -> list[tuple[str, int]]:
    return list(zip(columns.values(), _cells(counts, columns), strict=True))
