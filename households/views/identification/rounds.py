"""Screening rounds: how far the villages are, door by door, and one result at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.files import workbook
from core.accounts.models import User
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import page_links, page_number, today
from households.forms_identification import PlaceFilter, ResultForm, RoundForm
from households.identification_choices import How, Result
from households.models import Household, ScreeningRound
from households.presenters.identification import present_member, present_result
from households.queries.identification.catalogues import entries_of
from households.queries.identification.rounds import (
    Progress,
    get_asked,
    get_home,
    get_round,
    homes_without,
    members_of,
    members_without,
    next_home,
    progress,
    result_of,
    results,
    rounds,
    villages_in,
)
from households.services.identification.rounds import close_round, open_round
from households.services.identification.screening import none_found, record_screening

PAGE = 30


def _may_screen(user: User, held: ScreeningRound) -> bool:
    return may(user, "screen_people") and user.sees_sensitive and held.closed_on is None


@requires("see_identification")
def round_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    page = Paginator(rounds(user), PAGE).get_page(page_number(request))
    context = page_links(request, page) | {"rounds": list(page), "may_manage": may(user, "manage_rounds")}
    return render(request, "households/identification/rounds.html", context)


@requires("manage_rounds")
def round_new(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, user=actor(request), on=today())
    if form.is_bound and form.is_valid():
        try:
            made = open_round(by=actor(request), **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The round is open. The village doctors see it in their lists."))
            return redirect("identification:round", made.uuid)
    status = 422 if form.errors else 200
    return render(request, "households/identification/round_new.html", {"form": form}, status=status)


@requires("see_identification")
def round_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    held = get_round(user, uuid)
    villages = progress(user, held)
    context = {
        "round": held,
        "villages": villages,
        "total": _total(villages),
        "is_late": held.closed_on is None and held.due_on < today(),
        "may_screen": _may_screen(user, held),
        "may_close": may(user, "manage_rounds")
        and held.closed_on is None
        and user.area_id in held.area.ancestors,
    }
    return render(request, "households/identification/round.html", context)


def _total(villages: list[Progress]) -> dict[str, int]:
    names = ("persons", "known", "none", "suspected", "found", "missing")
    return {name: sum(getattr(village, name) for village in villages) for name in names}


@requires("manage_rounds")
@require_POST
def round_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    close_round(round=get_round(actor(request), uuid), by=actor(request), on=today())
    messages.success(request, _("The round is closed."))
    return redirect("identification:round", uuid)


@requires("see_identification")
def round_homes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Doors where somebody has no result yet; the ticked ones are told "none found" in one go."""
    user = actor(request)
    held = get_round(user, uuid)
    if request.method == "POST":
        return _none_in_homes(request, held)
    narrowed = PlaceFilter(request.GET or None, villages=villages_in(user, held))
    page = Paginator(homes_without(user, held, narrowed.chosen()), PAGE).get_page(page_number(request))
    people = members_of(user, held, list(page))
    context = page_links(request, page) | {
        "round": held,
        "homes": [{"home": home, "people": people[home.pk]} for home in page],
        "filter_form": narrowed,
        "may_screen": _may_screen(user, held),
    }
    return render(request, "households/identification/round_homes.html", context)


def _none_in_homes(request: HttpRequest, held: ScreeningRound) -> HttpResponse:
    user = actor(request)
    check(user, "screen_people")
    people = members_without(user, held, request.POST.getlist("home"))
    if people:
        _none(request, held, people)
    else:
        messages.error(request, _("Tick the households where nothing was found."))
    return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)


def _none(request: HttpRequest, held: ScreeningRound, people: list[Any]) -> None:
    how = request.POST.get("how", "")
    how = how if how in How.values else How.HOME
    try:
        done = none_found(round=held, people=people, by=actor(request), on=today(), how=how)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return
    words = ngettext(
        "None found: recorded for %(n)s person.", "None found: recorded for %(n)s persons.", done
    )
    messages.success(request, words % {"n": done})


@requires("see_identification")
def round_home(request: HttpRequest, uuid: UUID, home_uuid: UUID) -> HttpResponse:
    """One household: "none found" for all in one tap, exceptions one by one, and on to the next door."""
    user = actor(request)
    held = get_round(user, uuid)
    home = get_home(user, held, home_uuid)
    if request.method == "POST":
        check(user, "screen_people")
        _none(request, held, members_without(user, held, [str(home.pk)]))
        return _onward(user, held, home)
    living = members_of(user, held, [home])[home.pk]
    people = [present_member(person, held.uuid, user, today()) for person in living]
    further = next_home(user, held, home)
    context = {
        "round": held,
        "home": home,
        "people": people,
        "missing": sum(not person["known"] for person in people),
        "next": further,
        "may_screen": _may_screen(user, held),
        "how": [How.HOME, How.CLINIC, How.RECORDS, How.PHONE],
    }
    return render(request, "households/identification/round_home.html", context)


def _onward(user: User, held: ScreeningRound, home: Household) -> HttpResponse:
    further = next_home(user, held, home)
    if further is None:
        return redirect("identification:round", held.uuid)
    return redirect("identification:round_home", held.uuid, further.uuid)


@requires("screen_people")
def round_person(request: HttpRequest, uuid: UUID, person_uuid: UUID) -> HttpResponse:
    user = actor(request)
    held = get_round(user, uuid)
    person = get_asked(user, held, person_uuid)
    if not user.sees_sensitive:
        raise PermissionDenied("screen_people")
    known = result_of(user, held, person)
    names = {entry.disease_id: entry.name for entry in entries_of(held.catalogue)}
    start = {}
    if known:
        found = known.findings.values_list("disease_id", flat=True)
        start = {"result": known.result, "diseases": list(found), "note": known.note, "how": known.how}
    form = ResultForm(request.POST or None, names=names, initial=start)
    if form.is_bound and form.is_valid():
        try:
            record_screening(round=held, person=person, by=user, on=today(), **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _told(form.cleaned_data["result"], person.name))
            return redirect("identification:round_home", held.uuid, person.household.uuid)
    context = {"round": held, "person": person, "form": form, "is_open": held.closed_on is None}
    return render(
        request, "households/identification/round_person.html", context, status=422 if form.errors else 200
    )


def _told(result: str, name: str) -> str:
    if result == Result.FOUND:
        return _("%(name)s: recorded. The case waits for the two opinions of the village.") % {"name": name}
    if result == Result.SUSPECTED:
        words = _("%(name)s: recorded. To have it examined is a need of the household now, with a day.")
        return words % {"name": name}
    return _("%(name)s: recorded.") % {"name": name}


@requires("see_identification")
def round_people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    held = get_round(user, uuid)
    narrowed = PlaceFilter(request.GET or None, villages=villages_in(user, held))
    result = request.GET.get("result", "")
    result = result if result in Result.values else Result.FOUND
    page = Paginator(results(user, held, result, narrowed.chosen()), PAGE).get_page(page_number(request))
    context = page_links(request, page) | {
        "round": held,
        "rows": [
            {"person": each.person, "village": each.village.name, **present_result(each, user)}
            for each in page
        ],
        "tabs": [
            {"label": label, "url": f"?result={value}", "count": None, "active": value == result}
            for value, label in Result.choices
        ],
        "filter_form": narrowed,
        "query": request.GET.urlencode(),
        "may_export": may(user, "export"),
    }
    return render(request, "households/identification/round_people.html", context)


@requires("export")
@require_POST
def round_export(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    held = get_round(user, uuid)
    narrowed = PlaceFilter(request.GET or None, villages=villages_in(user, held))
    result = request.GET.get("result", "")
    result = result if result in Result.values else Result.FOUND
    listed = results(user, held, result, narrowed.chosen())
    shown = [(each, present_result(each, user)) for each in listed]
    return workbook(
        request,
        title=held.name,
        file_name=f"screening-{result}",
        headings=[_("Village"), _("Register number"), _("Name"), _("result"), _("diseases"), _("on")],
        rows=[
            [
                *(each.village.name, each.person.household.register_no, each.person.name),
                *(told["status"], told["diseases"], told["on"].isoformat()),
            ]
            for each, told in shown
        ],
        fields=["name", "result", "diseases"],
        widths=[18, 24, 12, 12, 36, 14],
    )
