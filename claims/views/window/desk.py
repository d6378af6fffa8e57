"""The window's first page: find a person, and see the stays of this hospital."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.window import FindForm
from claims.presenters.window import person_line, stay_line
from claims.queries.window import SHOWS, beds_of, count_stays, people_found, stays_of, villages
from claims.views.window.hospital import hospital_of
from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.base.pages import Tab, page_links, tabs, today
from core.clinics.models import Institution

PAGE = 25


@requires("settle_bills")
def window(request: HttpRequest) -> HttpResponse:
    """The search text comes by POST, so that an identity number never stands in an address."""
    hospital = hospital_of(request)
    if hospital is None:
        return redirect("claims:window_hospital")
    user, on = actor(request), today()
    form = FindForm(request.POST or None, villages=villages(user))
    asked = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    context = {
        "form": form,
        "hospital": hospital,
        "beds": beds_of(hospital),
        "asked": asked.get("q", ""),
        "found": [person_line(each, on) for each in _found(user, asked)],
        **_desk(request, user, hospital, on),
    }
    return render(request, "claims/window/desk.html", context)


def _found(user: User, asked: dict[str, Any]) -> list[Any]:
    return people_found(user, asked["q"], asked.get("village")) if asked.get("q") else []


def _desk(request: HttpRequest, user: User, hospital: Institution, on: date) -> dict[str, Any]:
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "to_settle"
    counts = count_stays(user, hospital, on)
    page = Paginator(stays_of(user, hospital, show, on), PAGE).get_page(request.GET.get("page"))
    return page_links(request, page) | {
        "tabs": _tabs(show, counts),
        "show": show,
        "stays": [stay_line(stay, on) for stay in page],
    }


def _tabs(show: str, counts: dict[str, int]) -> list[Tab]:
    named = {
        "to_settle": _("To settle"),
        "in_house": _("In house"),
        "settled": _("Settled today"),
        "arrears": _("Arrears"),
    }
    return tabs(((code, label, counts[code]) for code, label in named.items()), show, "?show={}".format)
