"""Teams: the list with what each carries, one team, and changes to it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.models import Area, User
from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from followups.forms.teams import MemberForm, TeamForm
from followups.models import Team, TeamMember
from followups.packages import limits
from followups.presenters.absences import away_words
from followups.presenters.contracts import present_contract, present_promise
from followups.presenters.places import contract_places
from followups.presenters.teams import present_workload
from followups.queries.absences import running
from followups.queries.contracts import running_out
from followups.queries.fulfilment import (
    Rate,
    fulfilment_by_team,
    fulfilment_by_village,
    fulfilment_of_team,
    rate_by_now,
    unserved,
)
from followups.queries.teams import get_team, persons_of_team, workloads
from followups.services.teams import change_member, form_team, remove_member

PAGE = 50


@requires("see_teams")
def team_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    loads = workloads(user, on)
    page = Paginator(loads, PAGE).get_page(request.GET.get("page"))
    fulfilled = fulfilment_by_team(user, on, [load.team.pk for load in page])
    context = page_links(request, page) | {
        "on": on,
        "places": contract_places(user, "teams"),
        "rows": [present_workload(load, fulfilled.get(load.team.pk, [])) for load in page],
        "persons": sum(load.persons for load in loads),
        "ending": running_out(user, on).count(),
        "may_manage": may(request.user, "manage_teams"),
        "may_sign": may(request.user, "sign_contract"),
        "may_arrange": may(request.user, "arrange_absence"),
    }
    return render(request, "followups/teams.html", context)


@requires("see_teams")
def team_page(request: HttpRequest, pk: int) -> HttpResponse:
    on, user = today(), actor(request)
    team = get_team(user, pk)
    contracts = persons_of_team(user, team, on)
    page = Paginator(contracts, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "team": team,
        "team_pk": str(team.pk),
        "members": _members(team, on),
        "contracts": [present_contract(contract, on) for contract in page],
        "promises": [present_promise(item) for item in fulfilment_of_team(user, team, on)],
        "rate": rate_by_now(fulfilment_of_team(user, team, on)),
        "villages": _villages(user, team, on),
        "unserved": len(unserved(user, on, team=team)),
        "unserved_days": limits().unserved_days,
        "on": on,
        "may_manage": may(request.user, "manage_teams"),
        "may_sign": may(request.user, "sign_contract"),
        "form": MemberForm(user=user),
    }
    return render(request, "followups/team.html", context)


def _members(team: Team, on: date) -> list[tuple[TeamMember, str]]:
    """Those present now, each with who stands in where they are away."""
    members = list(team.members.all())
    users = [member.practitioner.user_id for member in members if member.practitioner.user_id]
    away = {absence.doctor_id: away_words(absence, on) for absence in running(on, doctors=users)}
    return [(member, away.get(member.practitioner.user_id or 0, "")) for member in members]


def _villages(user: User, team: Team, on: date) -> list[tuple[Area, Rate]]:
    """The villages a team serves, each with how much of what was due there is done."""
    fulfilled = fulfilment_by_village(user, on, team=team)
    return [(village, rate_by_now(fulfilled.get(village.pk, []))) for village in team.villages.all()]


@requires("manage_teams")
def team_new(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None, user=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            team = form_team(
                name=form.cleaned_data["name"],
                area=form.area,
                institution=form.institution,
                villages=list(form.cleaned_data["villages"]),
                leader=form.cleaned_data["leader"],
                by=actor(request),
                on=today(),
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The team is formed."))
            return redirect("followups:team", team.pk)
    return render(request, "followups/team_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@requires("manage_teams")
def team_member(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    team = get_team(user, pk)
    form = MemberForm(request.POST, user=user)
    if form.is_valid():
        try:
            change_member(team=team, by=user, on=today(), **form.cleaned_data)
            messages.success(request, _("The team has been changed."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    else:
        messages.error(request, _("Choose a person and a role, both from the lists."))
    return redirect("followups:team", pk)


@requires("manage_teams")
def team_member_remove(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    team = get_team(actor(request), pk)
    member = get_object_or_404(team.members, pk=member_pk, to_on=None)
    if request.method == "POST":
        try:
            remove_member(member=member, by=actor(request), on=today())
            messages.success(request, _("The team has been changed."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("followups:team", pk)
    words = _("%(name)s leaves the team today. What was done stays on record.") % {
        "name": member.practitioner
    }
    context = {
        "title": _("Leave the team?"),
        "text": words,
        "label": _("Leave the team"),
        "danger": True,
        "cancel_url": "../../..",
    }
    return render(request, "components/confirm_page.html", context)
