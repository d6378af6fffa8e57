"""Contracts from one team to another: whole villages or chosen persons, and back; closing a team."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.permissions import actor, requires
from core.base.pages import today
from followups.forms.contracts import MoveForm
from followups.models import ContractMove
from followups.queries.moves import chosen_contracts, get_move, moves_of
from followups.queries.teams import get_team, persons_of_team
from followups.services.moves import move_contracts, undo_move
from followups.services.teams import close_team


@requires("manage_teams")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """`contract` (several) names chosen persons; without it whole villages are moved."""
    on, user = today(), actor(request)
    team = get_team(user, pk)
    given = (request.POST or request.GET).getlist("contract")
    persons = chosen_contracts(user, team, given)
    form = MoveForm(request.POST or None, user=user, team=team, persons=bool(persons))
    if request.method == "POST" and form.is_valid():
        wanted: dict[str, Any] = form.cleaned_data
        if persons:
            wanted |= {"contracts": [contract.pk for contract in persons]}
        try:
            done = move_contracts(from_team=team, by=user, on=on, **wanted)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            _say(request, done)
            return redirect("followups:team", done.to_team_id)
    context = {
        "form": form,
        "team": team,
        "persons": persons,
        "moves": moves_of(user, team),
        "on": on,
        "under_contract": persons_of_team(user, team, on).count(),
    }
    return render(request, "followups/move.html", context, status=422 if form.errors else 200)


@requires("manage_teams")
def move_undo(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    found = get_move(user, pk)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            _say(request, undo_move(move=found, by=user, on=today()))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("followups:team", found.from_team_id)
    words = _("What %(team)s took over and still has goes back to %(before)s, with its open visits.")
    context = {
        "title": _("Take the move back?"),
        "text": words % {"team": found.to_team.name, "before": found.from_team.name},
        "label": _("Take back"),
        "danger": True,
        "cancel_url": "../../..",
    }
    return render(request, "components/confirm_page.html", context)


@requires("manage_teams")
def team_close(request: HttpRequest, pk: int) -> HttpResponse:
    on, user = today(), actor(request)
    team = get_team(user, pk)
    if request.method == "POST":
        try:
            close_team(team=team, by=user, on=on)
            messages.success(request, _("The team is closed."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("followups:move", pk)
    left = persons_of_team(user, team, on).count()
    words = ngettext(
        "%(n)s person is still under contract with it and is listed as uncovered until moved.",
        "%(n)s persons are still under contract with it and are listed as uncovered until moved.",
        left,
    )
    context = {
        "title": _("Close %(team)s?") % {"team": team.name},
        "text": words % {"n": left},
        "label": _("Close the team"),
        "danger": True,
        "cancel_url": "..",
    }
    return render(request, "components/confirm_page.html", context)


def _say(request: HttpRequest, done: ContractMove) -> None:
    words = ngettext(
        "%(n)s contract moved to %(team)s; %(duties)s open visits went along.",
        "%(n)s contracts moved to %(team)s; %(duties)s open visits went along.",
        done.contracts,
    )
    messages.success(request, words % {"n": done.contracts, "team": done.to_team.name, "duties": done.duties})
