"""Needs: the list, one need with its log, and raising one for any member."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from followups.forms.work import NeedCloseForm, NeedForm, NeedWorkForm
from followups.models import Need
from followups.presenters.needs import present_need, steps_of
from followups.queries.needs import count_needs, get_need, needs, possible_owners
from followups.queries.visits import get_household, get_person, members
from followups.services.needs import CLOSED, DUE_DAYS, close_need, raise_need, work_need
from followups.states import MoveRefused
from followups.views.common import back_to_today, page_links, today
from households.models import Person

PAGE = 30


@requires("work_need")
def need_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    show, mine = request.GET.get("show", "open"), request.GET.get("mine") == "1"
    page = Paginator(needs(user, show=show, on=on, mine=mine), PAGE).get_page(request.GET.get("page"))
    counts = count_needs(user, on)
    context = page_links(request, page) | {
        "needs": [present_need(need, on) for need in page],
        "tabs": _tabs(show, mine, counts),
        "show": show,
        "mine": mine,
    }
    return render(request, "followups/needs.html", context)


def _tabs(show: str, mine: bool, counts: dict[str, int]) -> list[dict[str, object]]:
    address, suffix = reverse("followups:needs"), "&mine=1" if mine else ""
    words = [("open", _("Open")), ("overdue", _("Overdue")), ("closed", _("Closed"))]
    return [
        {
            "url": f"{address}?show={code}{suffix}",
            "label": label,
            "count": None if mine else counts.get(code),
            "active": code == show,
        }
        for code, label in words
    ]


@requires("raise_need")
def need_new(request: HttpRequest) -> HttpResponse:
    """`?person=` or `?household=` names whose home it is; the need may be any member's."""
    on = today()
    people, chosen = _household_members(request)
    form = NeedForm(
        request.POST or None,
        members=people,
        on=on,
        initial={"person": chosen, "due_on": on + timedelta(days=DUE_DAYS)},
    )
    if request.method == "POST" and form.is_valid():
        return _raised(request, form)
    context = {"form": form, "members": people, "back": back_to_today(request.GET.get("back", ""))}
    return render(request, "followups/need_new.html", context, status=422 if form.errors else 200)


def _raised(request: HttpRequest, form: NeedForm) -> HttpResponse:
    given = form.cleaned_data
    need = raise_need(
        person=form.members[given["person"]],
        kind=given["kind"],
        description=given["description"],
        due_on=given["due_on"],
        by=actor(request),
        on=today(),
        uuid=given["uuid"],
    )
    messages.success(request, _("The need is noted; %(name)s follows it up.") % {"name": need.owner})
    return redirect("followups:need", need.uuid)


def _household_members(request: HttpRequest) -> tuple[list[Person], str]:
    try:
        if given := request.GET.get("person", ""):
            person = get_person(actor(request), UUID(given))
            return members(person.household), str(person.uuid)
        people = members(get_household(actor(request), UUID(request.GET.get("household", ""))))
    except ValueError as error:
        raise Http404 from error
    return people, str(people[0].uuid) if len(people) == 1 else ""


@requires("work_need")
def need_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    need = get_need(actor(request), uuid)
    owners = possible_owners(need)
    work = NeedWorkForm(prefix="work", owners=owners)
    close = NeedCloseForm(prefix="close")
    if request.method == "POST":
        posted = request.POST
        if "work" in posted:
            work = NeedWorkForm(posted, prefix="work", owners=owners)
        else:
            close = NeedCloseForm(posted, prefix="close")
        if _done(request, need, work, close):
            return redirect("followups:need", uuid)
    context = {
        "need": need,
        "shown": present_need(need, today()),
        "steps": steps_of(need),
        "work": work,
        "close": close,
        "is_closed": need.state in CLOSED,
        "may_work": may(request.user, "work_need"),
    }
    return render(request, "followups/need.html", context, status=422 if work.errors or close.errors else 200)


def _done(request: HttpRequest, need: Need, work: NeedWorkForm, close: NeedCloseForm) -> bool:
    """Whether the step that was sent has been taken; a need moved on meanwhile is shown again."""
    user, on = actor(request), today()
    try:
        if work.is_bound and work.is_valid():
            work_need(need=need, by=user, on=on, **work.cleaned_data)
            messages.success(request, _("Noted."))
            return True
        if close.is_bound and close.is_valid():
            close_need(need=need, by=user, on=on, **close.cleaned_data)
            messages.success(request, _("The need is closed."))
            return True
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    return False
