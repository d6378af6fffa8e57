"""Which teams have been back in their village this month, and who is paired with a household."""

from dataclasses import dataclass
from datetime import date

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from followups.models import Pairing, Team, TeamReturn
from followups.queries.teams import visible_teams
from households.models import Household


@dataclass(frozen=True)
class Owed:
    """One team and one village that it serves: back in the month, or not yet."""

    team: Team
    village: Area
    made: TeamReturn | None


@dataclass(frozen=True)
class Returns:
    """A month of returns. A team counts as returned once it was back in every village that it serves."""

    owed: list[Owed]

    @property
    def teams(self) -> int:
        return len({each.team.pk for each in self.owed})

    @property
    def returned(self) -> int:
        return self.teams - len({each.team.pk for each in self.owed if each.made is None})


def returns_of_month(user: User, month: date) -> Returns:
    """Every team and village of the user's area, those still owed first. `month` is its first day."""
    teams = visible_teams(user).filter(closed_on=None).prefetch_related("villages").select_related("area")
    mine = set(village_ids(user))
    made = {
        (each.team_id, each.village_id): each
        for each in TeamReturn.objects.visible_to(user).filter(month=month).select_related("by")
    }
    owed = [
        Owed(team, village, made.get((team.pk, village.pk)))
        for team in teams.order_by("area__code", "name")
        for village in team.villages.all()
        if village.pk in mine
    ]
    return Returns(sorted(owed, key=lambda each: each.made is not None))


def paired_with(household: Household, on: date) -> Pairing | None:
    """The doctor who answers for a household on a day, beside the contracted team."""
    held = Pairing.objects.filter(household=household, period__contains=on)
    found: Pairing | None = held.select_related("practitioner__institution").first()
    return found
