"""The contracts that are put on paper, and who stands behind each team."""

from datetime import date

from django.db.models import Q
from django.http import Http404

from core.accounts.models import Area, User
from followups.models import Team, TeamMember
from followups.queries.teams import get_team, townships_and_villages


def signing_place(user: User, village: str, team: str) -> tuple[Area, Team]:
    """A village and a team that serves it, by their ids as they stand in an address.

    :raises Http404: outside the user's area, or where the two do not belong together."""
    if not (village.isdecimal() and team.isdecimal()):
        raise Http404
    found = get_team(user, int(team))
    place: Area | None = townships_and_villages(user).filter(pk=int(village), serving_teams=found).first()
    if place is None:
        raise Http404
    return place, found


def members_of(teams: set[int], on: date) -> dict[int, list[TeamMember]]:
    """Team → who sits in it on a day, the leader first."""
    present = TeamMember.objects.filter(team__in=teams, from_on__lte=on)
    present = present.filter(Q(to_on=None) | Q(to_on__gt=on)).select_related("practitioner")
    found: dict[int, list[TeamMember]] = {}
    for member in present.order_by("team_id", "id"):
        found.setdefault(member.team_id, []).append(member)
    return {team: sorted(all_, key=lambda each: each.slot != "leader") for team, all_ in found.items()}
