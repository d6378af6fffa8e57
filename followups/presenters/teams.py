"""Teams as they are read: what each carries, and how far it is with what it promised."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followups.packages import limits
from followups.queries.fulfilment import Fulfilment, Rate, rate_by_now
from followups.queries.teams import Workload

# Below this share of what was due by now a team is shown as behind.
ON_SCHEDULE = 90


@dataclass(frozen=True)
class TeamRow:
    pk: int
    name: str
    place: str
    leader: str
    size: int
    persons: int
    due: int
    due_this_month: int
    overdue: int
    visits: int
    travel: str
    flags: list[str]
    rate: Rate
    is_behind: bool


def present_workload(load: Workload, fulfilled: list[Fulfilment]) -> TeamRow:
    rate = rate_by_now(fulfilled)
    return TeamRow(
        pk=load.team.pk,
        name=load.team.name,
        place=f"{load.team.area.name} · {load.team.institution.name}",
        leader=load.leader.practitioner.name if load.leader else "",
        size=len(load.members),
        persons=load.persons,
        due=load.due,
        due_this_month=load.due_this_month,
        overdue=load.overdue,
        visits=load.visits,
        travel=_travel(load),
        flags=_flags(load),
        rate=rate,
        is_behind=rate.share is not None and rate.share < ON_SCHEDULE,
    )


def _travel(load: Workload) -> str:
    villages = ngettext("%(n)s village", "%(n)s villages", load.villages) % {"n": load.villages}
    if load.minutes is None:
        return villages
    return _("%(villages)s, the farthest %(minutes)s min from its clinic") % {
        "villages": villages,
        "minutes": load.minutes,
    }


def _flags(load: Workload) -> list[str]:
    """Which limits of packages.toml the team is over, in words."""
    most = limits()
    found = []
    if load.persons > most.persons_per_team:
        found.append(_("over %(n)s") % {"n": most.persons_per_team})
    if load.leader_persons > most.persons_per_doctor:
        found.append(_("over %(n)s for one doctor") % {"n": most.persons_per_doctor})
    if load.leader is None:
        found.append(_("no leader"))
    return found
