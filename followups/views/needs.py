"""Needs: the list, and raising one for any member."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.accounts.scope import acts_as
from core.base.pages import Tab, page_links, tabs, today
from followups.choices import StepKind
from followups.forms.needs import NeedFilterForm, NeedForm
from followups.models import Need
from followups.presenters.homes import about_need
from followups.presenters.needs import present_need, present_warning
from followups.presenters.saving import need_texts
from followups.queries.needs import (
    Narrowing,
    cost_warning,
    count_needs,
    needs,
    open_needs,
    owners_in,
    owners_of_needs,
    similar_needs,
    villages_of_needs,
)
from followups.queries.visits import get_household, get_person, members
from followups.services.needs import DUE_DAYS, raise_need, work_need
from followups.services.papers import add_photograph
from followups.views.common import back_to_today
from households.models import Person

PAGE = 30


@requires("work_need")
def need_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    filters = NeedFilterForm(
        request.GET, owners=owners_of_needs(user), villages=villages_of_needs(user), auto_id="filter_%s"
    )
    show, mine = request.GET.get("show", "open"), request.GET.get("mine") == "1"
    narrowing = _narrowing(filters, user if mine else None)
    page = Paginator(needs(user, show=show, on=on, narrowing=narrowing), PAGE).get_page(
        request.GET.get("page")
    )
    context = page_links(request, page) | {
        "needs": [present_need(need, on) for need in page],
        "tabs": _tabs(request, show, count_needs(user, on, narrowing)),
        "show": show,
        "mine": mine,
        "filter_form": filters,
        "clear_url": f"?show={show}" if narrowing != Narrowing() else "",
        "warning": present_warning(cost_warning(user)),
    }
    return render(request, "followups/needs.html", context)


def _narrowing(filters: NeedFilterForm, mine: User | None) -> Narrowing:
    """What cannot be read narrows nothing."""
    filters.is_valid()
    given = filters.cleaned_data
    owner, village = given.get("owner"), given.get("village")
    owners = acts_as(mine) if mine else [owner.pk] if owner else []
    return Narrowing(
        kind=given.get("kind") or "",
        village=village.pk if village else None,
        owners=tuple(owners),
        put_off=given.get("only") == "put_off",
        without_owner=given.get("only") == "without_owner",
    )


def _tabs(request: HttpRequest, show: str, counts: dict[str, int]) -> list[Tab]:
    kept = {name: value for name, value in request.GET.items() if name not in ("show", "page") and value}
    words = {"open": _("Open"), "overdue": _("Overdue"), "closed": _("Closed")}
    named = ((code, label, counts.get(code)) for code, label in words.items())
    address = reverse("followups:needs")
    return tabs(named, show, lambda code: f"{address}?{urlencode({'show': code, **kept})}")


@requires("raise_need")
def need_new(request: HttpRequest) -> HttpResponse:
    """`?person=` or `?household=` names whose home it is; the need may be any member's."""
    on, user = today(), actor(request)
    people, chosen = _household_members(request)
    form = _need_form(request, people, chosen, on)
    similar: list[Need] = []
    if request.method == "POST" and form.is_valid():
        similar = _perhaps_the_same(request, form)
        if not similar:
            return _raised(request, form)
        form.ask_again()
    context = {
        "form": form,
        "members": people,
        "similar": [present_need(need, on) for need in similar],
        "back": _back(request, people),
        "need_data": _for_the_phone(user, people),
    }
    status = 409 if similar else 422 if form.errors else 200
    return render(request, "followups/need_new.html", context, status=status)


def _back(request: HttpRequest, people: list[Person]) -> str:
    """Where the doctor came from; others go back to the household."""
    if may(actor(request), "see_today") or not people:
        return back_to_today(request.GET.get("back", ""))
    return reverse("households:household", args=[people[0].household.uuid])


def _for_the_phone(user: User, people: list[Person]) -> dict[str, Any]:
    """What needs.js keeps and says; `needs` are those that may be meant again."""
    known = Need.objects.visible_to(user).filter(open_needs(), person__in=people).select_related("person")
    home = people[0].household.uuid if people else ""
    return {
        **need_texts(f"need-{home}"),
        "needs": [about_need(need) for need in known.order_by("due_on", "id")],
    }


def _need_form(request: HttpRequest, people: list[Person], chosen: str, on: date) -> NeedForm:
    user = actor(request)
    form = NeedForm(
        request.POST or None,
        request.FILES or None,
        members=people,
        owners=owners_in(people[0].village) if people else User.objects.visible_to(user).none(),
        on=on,
        initial={"person": chosen, "due_on": on + timedelta(days=DUE_DAYS)},
    )
    if not user.sees_sensitive:
        del form.fields["is_sensitive"]
    return form


def _perhaps_the_same(request: HttpRequest, form: NeedForm) -> list[Need]:
    """Open needs like this one, unless it was said that this is another, or to which it belongs."""
    similar = similar_needs(actor(request), form.member, form.cleaned_data["kind"])
    same = any(need.uuid == form.cleaned_data["uuid"] for need in similar)
    if same or "despite" in request.POST or _chosen(request, similar):
        return []
    return similar


def _chosen(request: HttpRequest, similar: list[Need]) -> Need | None:
    return next((need for need in similar if str(need.uuid) == request.POST.get("join")), None)


def _raised(request: HttpRequest, form: NeedForm) -> HttpResponse:
    given, user = dict(form.cleaned_data), actor(request)
    if one := _chosen(request, similar_needs(user, form.member, given["kind"])):
        work_need(need=one, note=given["description"], kind=StepKind.NOTE, by=user, on=today())
        _keep_photograph(request, one, given["file"])
        messages.success(request, _("Added to the need that was there already."))
        return redirect("followups:need", one.uuid)
    del given["person"]
    photograph = given.pop("file")
    need = raise_need(person=form.member, by=user, on=today(), photograph=photograph, **given)
    messages.success(request, _("The need is noted; %(name)s follows it up.") % {"name": need.owner})
    return redirect("followups:need", need.uuid)


def _keep_photograph(request: HttpRequest, need: Need, file: Any) -> None:
    """The words are kept already: what stands in the way of the photograph is said, and no more."""
    try:
        if file:
            add_photograph(need=need, file=file, by=actor(request), on=today())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


def _household_members(request: HttpRequest) -> tuple[list[Person], str]:
    try:
        if given := request.GET.get("person", ""):
            person = get_person(actor(request), UUID(given))
            return members(person.household), str(person.uuid)
        people = members(get_household(actor(request), UUID(request.GET.get("household", ""))))
    except ValueError as error:
        raise Http404 from error
    return people, str(people[0].uuid) if len(people) == 1 else ""
