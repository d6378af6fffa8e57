"""Moves of contracts between teams, and the contracts that can be chosen for one."""

from collections.abc import Sequence

from django.db.models import QuerySet

from core.accounts.models import User
from followups.choices import ContractState
from followups.models import Contract, ContractMove, Team
from followups.queries.teams import visible_teams

SHOWN = 10


def moves_of(user: User, team: Team) -> list[ContractMove]:
    """The latest moves out of a team or into it, with whether they were taken back."""
    found = _visible(user).filter(from_team=team) | _visible(user).filter(to_team=team)
    return list(found.select_related("by", "undone_by").order_by("-moved_on", "-pk")[:SHOWN])


def get_move(user: User, pk: int) -> ContractMove | None:
    """A move between teams of the user's area."""
    found: ContractMove | None = _visible(user).filter(pk=pk).first()
    return found


def chosen_contracts(user: User, team: Team, keys: Sequence[str]) -> list[Contract]:
    """Which of these are signed contracts of the team within the user's area."""
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 18]
    found = Contract.objects.visible_to(user).filter(pk__in=wanted, team=team, state=ContractState.SIGNED)
    return list(found.select_related("person__household__village").order_by("village_id", "id"))


def _visible(user: User) -> QuerySet[ContractMove]:
    teams = visible_teams(user)
    return ContractMove.objects.select_related("from_team", "to_team").filter(
        from_team__in=teams, to_team__in=teams
    )
