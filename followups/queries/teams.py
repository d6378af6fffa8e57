"""Teams: who belongs to them, whom they serve, and what each carries."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from core.base.periods import month_end
from core.clinics.models import Practitioner
from followups.choices import ContractState, DutyState, Slot
from followups.models import Contract, Duty, Team, TeamMember, Visit
from followups.queries.duties import due, overdue
from households.models import Person


@dataclass
class Workload:
    """What a team carries: persons under contract, open duties due by the day and by the end of the month,
    overdue ones, visits its members made this month; how many villages, how many minutes the farthest."""

    team: Team
    persons: int = 0
    due: int = 0
    due_this_month: int = 0
    overdue: int = 0
    visits: int = 0
    villages: int = 0
    minutes: int | None = None
    leader_persons: int = 0
    members: list[TeamMember] = field(default_factory=list)

    @property
    def leader(self) -> TeamMember | None:
        return next((member for member in self.members if member.slot == Slot.LEADER), None)


def user_in_charge(person: Person, on: date) -> User | None:
    """The account of the leader of the team that a person is under contract with on a day."""
    contract = current_contract(person, on)
    if contract is None:
        return None
    leader = TeamMember.objects.filter(team_id=contract.team_id, slot=Slot.LEADER, to_on=None)
    member = leader.select_related("practitioner__user").first()
    return member.practitioner.user if member else None


def current_contract(person: Person, on: date) -> Contract | None:
    found: Contract | None = person.contracts.filter(in_force(on)).select_related("team").first()
    return found


def in_force(on: date) -> Q:
    """A signed contract whose period holds the day."""
    return Q(state=ContractState.SIGNED, period__contains=on)


def visible_teams(user: User) -> QuerySet[Any]:
    """Teams that serve a village of the user's area, each once."""
    served: QuerySet[Any] = Team.objects.filter(
        pk__in=Team.villages.through.objects.filter(area_id__in=village_ids(user)).values("team_id")
    )
    return served


def get_team(user: User, pk: int) -> Team:
    """One team that serves the user's area, with its present members.

    :raises Http404: outside it.
    """
    present = TeamMember.objects.filter(to_on=None).select_related("practitioner__user")
    found: Team = Team.objects.get_visible(user, pk=pk)
    team: Team = (
        Team.objects.select_related("area", "institution")
        .prefetch_related(Prefetch("members", queryset=present.order_by("id")), "villages")
        .get(pk=found.pk)
    )
    return team


def workloads(user: User, on: date) -> list[Workload]:
    """Every team of the user's area with what it carries; the number of queries does not grow with them."""
    present = TeamMember.objects.filter(to_on=None).select_related("practitioner").order_by("id")
    teams = list(
        visible_teams(user)
        .filter(closed_on=None)
        .select_related("area", "institution")
        .prefetch_related(Prefetch("members", queryset=present))
        .order_by("area__code", "id")
    )
    persons = _by_team(Contract.objects.visible_to(user).filter(in_force(on), team__in=teams))
    duties, visits, travel = _duties(teams, on), _visits_this_month(teams, on), _travel(teams)
    loads = [
        Workload(
            team,
            persons=persons.get(team.pk, 0),
            visits=visits.get(team.pk, 0),
            members=list(team.members.all()),
            **duties.get(team.pk, {}),
            **travel.get(team.pk, {}),
        )
        for team in teams
    ]
    return _with_leaders(loads)


def _with_leaders(loads: list[Workload]) -> list[Workload]:
    """A doctor who leads several teams carries the persons of all of them."""
    carried: Counter[int] = Counter()
    for load in loads:
        if load.leader:
            carried[load.leader.practitioner_id] += load.persons
    for load in loads:
        load.leader_persons = carried[load.leader.practitioner_id] if load.leader else 0
    return loads


def _duties(teams: list[Team], on: date) -> dict[int, dict[str, int]]:
    found = Duty.objects.filter(team__in=teams, state=DutyState.OPEN).values("team")
    counted = found.annotate(
        due=Count("id", filter=due(on)),
        due_this_month=Count("id", filter=Q(due_on__lte=month_end(on))),
        overdue=Count("id", filter=overdue(on)),
    )
    return {row.pop("team"): row for row in counted}


def _travel(teams: list[Team]) -> dict[int, dict[str, Any]]:
    """How many villages a team serves, and the way of the farthest one to its clinic in minutes."""
    served = Team.villages.through.objects.filter(team__in=teams).values_list("team_id")
    counted = served.annotate(villages=Count("area_id"), minutes=Max("area__care_circle__minutes"))
    return {pk: {"villages": villages, "minutes": minutes} for pk, villages, minutes in counted}


def _by_team(found: QuerySet[Any]) -> dict[int, int]:
    return dict(found.values_list("team").annotate(n=Count("id")))


def _visits_this_month(teams: list[Team], on: date) -> dict[int, int]:
    """Looked for village by village within the teams' counties, which is how visits are indexed."""
    counties = Area.objects.filter(teams__in=teams).values("county_id")
    villages = Area.objects.filter(level=Level.VILLAGE, county_id__in=counties)
    month = Visit.objects.filter(
        village__in=list(villages), visited_on__gte=on.replace(day=1), visited_on__lte=on, is_current=True
    )
    done = month.filter(
        by__practitioner__memberships__team__in=teams, by__practitioner__memberships__to_on=None
    )
    return dict(
        done.values_list("by__practitioner__memberships__team").annotate(n=Count("uuid", distinct=True))
    )


def persons_of_team(user: User, team: Team, on: date) -> QuerySet[Any]:
    """Contracts in force within the user's area, those longest without a visit first.

    `last_visit` is the day somebody of the programme last met the person, or visited the home as a whole.
    """
    met = (
        Visit.objects.visible_to(user)
        .filter(
            Q(person=OuterRef("person")) | Q(person=None),
            household=OuterRef("person__household"),
            is_current=True,
            is_face_to_face=True,
            visited_on__lte=on,
        )
        .order_by("-visited_on")
    )
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(in_force(on), team=team, person__left_on=None)
        .select_related("person__household__village", "team")
        .annotate(last_visit=Subquery(met.values("visited_on")[:1]))
        .order_by(F("last_visit").asc(nulls_first=True), "id")
    )
    return found


def townships_and_villages(user: User) -> QuerySet[Any]:
    """The villages of the user's area with their townships, for choosing."""
    return (
        Area.objects.filter(pk__in=village_ids(user), level=Level.VILLAGE)
        .select_related("parent")
        .order_by("parent__code", "visit_order", "code")
    )


def practitioners_near(user: User) -> QuerySet[Any]:
    """Practitioners of institutions that lie in the user's area or above it."""
    area = user.area
    near = Q(institution__area__ancestors__contains=[area.pk]) | Q(institution__area__in=area.ancestors)
    return (
        Practitioner.objects.filter(near).select_related("institution").order_by("institution__name", "name")
    )


def teams_serving(village: Area) -> QuerySet[Any]:
    """Teams that may sign contracts in a village."""
    found: QuerySet[Any] = Team.objects.filter(villages=village, closed_on=None).order_by("name")
    return found
