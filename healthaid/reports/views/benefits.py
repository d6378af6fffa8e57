"""Benefits by area, the people behind each number, and one person with every use."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, page_links, page_number, tabs, today
from healthaid.reports.benefits.catalogue import GROUPS, Benefit, benefits
from healthaid.reports.benefits.evaluating import (
    STATES,
    Standing,
    Tally,
    entitled_page,
    hand_written,
    standings,
    tallies,
    total,
)
from households.models import Person
from households.presenters.records import record_places, year_of, year_tabs
from households.queries.records.details import get_person
from households.queries.records.places import Place, place_of
from households.services.records.benefits import note_use, take_back_use

PAGE = 50
TONES = {"used": "good", "missed": "warn", "not_due": "quiet", "no_occasion": "quiet"}


def _language() -> str:
    return get_language() or "zh-hans"


def _words() -> dict[str, str]:
    return {
        "used": pgettext("benefit", "used"),
        "missed": pgettext("benefit", "not received"),
        "not_due": pgettext("benefit", "nothing due"),
        "no_occasion": pgettext("benefit", "no occasion"),
    }


class UseForm(forms.Form):
    """Only benefits of which a use may stand without any other row."""

    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"))
    used_on = forms.DateField(
        label=gettext_lazy("Used on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    giver = forms.CharField(label=pgettext_lazy("benefit", "Given by"), max_length=80)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"), min_value=0, max_digits=10, decimal_places=2, required=False
    )
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, offered: list[Benefit], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.code, each.title.get(_language())) for each in offered]
        self.fields["benefit"].choices = choices  # type: ignore[attr-defined]


@requires("see_records")
def benefit_board(request: HttpRequest) -> HttpResponse:
    """Each benefit once: how many are entitled, how many used it, how many did not and why."""
    user, on = actor(request), today()
    year = year_of(request.GET.get("year", ""), on)
    place = place_of(user, request.GET.get("area", ""))
    found = tallies(user, {village: child.pk for village, child in place.child_of.items()}, year=year, on=on)
    kept = {"year": year, **({"area": place.area.pk} if place.trail else {})}
    groups = [
        {
            "title": title,
            "lines": [
                _line(each, total(found[each.code]), kept)
                for each in benefits().values()
                if each.group == code
            ],
        }
        for code, title in GROUPS.items()
    ]
    context = {
        "places": record_places("reports:benefits"),
        "years": year_tabs(year, on, **{key: value for key, value in kept.items() if key != "year"}),
        "groups": groups,
        "words": _words(),
        "place": place,
        "trail": [(area.name, f"?{urlencode({'year': year, 'area': area.pk})}") for area in place.trail],
        "parts": [
            (child.name, f"?{urlencode({'year': year, 'area': child.pk})}")
            for child in place.children
            if len(place.children) > 1 and any(child.pk in parts for parts in found.values())
        ],
        "year": year,
    }
    return render(request, "reports/benefits.html", context)


def _line(benefit: Benefit, tally: Tally, kept: dict[str, Any]) -> dict[str, Any]:
    url = reverse("reports:benefit", args=[benefit.code])
    return {
        "title": benefit.title.get(_language()),
        "clause": benefit.clause,
        "is_household": benefit.unit == "household",
        "amount": tally.amount,
        "entitled": tally.entitled,
        "url": f"{url}?{urlencode(kept)}",
        "cells": [
            {
                "word": _words()[state],
                "count": tally.count(state),
                "url": f"{url}?{urlencode({**kept, 'state': state})}",
            }
            for state in STATES
        ],
    }


@requires("see_records")
def benefit_list(request: HttpRequest, code: str) -> HttpResponse:
    """Those entitled to one benefit, who missed it first."""
    if code not in benefits():
        raise Http404
    user, on, benefit = actor(request), today(), benefits()[code]
    year = year_of(request.GET.get("year", ""), on)
    place = place_of(user, request.GET.get("area", ""))
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    child_of = {village: child.pk for village, child in place.child_of.items()}
    tally = total(tallies(user, child_of, year=year, on=on, code=code)[code])
    page = Paginator(range(tally.count(state)), PAGE).get_page(page_number(request))
    listed = entitled_page(
        user,
        place.villages,
        code=code,
        state=state,
        year=year,
        on=on,
        limit=PAGE,
        offset=max(page.start_index() - 1, 0),
    )
    context = page_links(request, page) | {
        "benefit": benefit,
        "title": benefit.title.get(_language()),
        "place": place,
        "year": year,
        "tabs": _tabs(tally, state, place, year),
        "lines": [_listed(person, standing) for person, standing in listed],
        "back": f"{reverse('reports:benefits')}?{urlencode({'year': year, 'area': place.area.pk})}",
    }
    return render(request, "reports/benefit.html", context)


def _tabs(tally: Tally, state: str, place: Place, year: int) -> list[Tab]:
    words = {"": _("Entitled"), **_words()}
    kept = {"year": year, "area": place.area.pk}
    named = ((code, label, tally.count(code)) for code, label in words.items())
    return tabs(named, state, lambda code: f"?{urlencode({**kept, 'state': code})}")


def _listed(person: Person, standing: Standing) -> dict[str, Any]:
    return {
        "person": person,
        "standing": standing,
        "tone": TONES[standing.state],
        "word": _words()[standing.state],
    }


@requires("see_records")
def benefit_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every benefit a person is entitled to this year; what stands nowhere else is written down here."""
    user, on = actor(request), today()
    person = get_person(user, uuid)
    year = year_of(request.GET.get("year", ""), on)
    found = standings(user, person, year=year, on=on)
    offered = [benefits()[each.code] for each in found if benefits()[each.code].by_hand]
    form = UseForm(request.POST or None, offered=offered, initial={"used_on": on})
    if request.method == "POST":
        if not may(user, "keep_records"):
            raise PermissionDenied("keep_records")
        if _written(request, form, person, user):
            return redirect("reports:benefit_person", uuid)
    context = {
        "person": person,
        "year": year,
        "groups": shown_groups(found),
        "uses": [(use, _title(use.benefit)) for use in hand_written(person, year)],
        "form": form if offered and may(user, "keep_records") and not person.left_on else None,
        "may_keep": may(user, "keep_records"),
    }
    return render(request, "reports/benefit_person.html", context, status=422 if form.errors else 200)


def shown_groups(found: list[Standing]) -> list[dict[str, Any]]:
    """The benefits of a person by their groups, in the words of the page."""
    return [
        {
            "title": title,
            "lines": [
                {
                    "title": _title(each.code),
                    "clause": benefits()[each.code].clause,
                    "standing": each,
                    "tone": TONES[each.state],
                    "word": _words()[each.state],
                }
                for each in found
                if benefits()[each.code].group == code
            ],
        }
        for code, title in GROUPS.items()
        if any(benefits()[each.code].group == code for each in found)
    ]


def _title(code: str) -> str:
    return benefits()[code].title.get(_language()) if code in benefits() else code


def _written(request: HttpRequest, form: UseForm, person: Person, user: User) -> bool:
    if "take_back" in request.POST:
        given = request.POST["take_back"]
        use = person.benefit_uses.filter(
            pk=int(given) if given.isdecimal() and len(given) < 19 else 0
        ).first()
        if use is None:
            raise Http404
        take_back_use(use=use, by=user)
        messages.success(request, _("It is taken back."))
        return True
    if not form.is_valid():
        return False
    try:
        note_use(person=person, by=user, on=today(), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("The use is recorded."))
    return True
