"""Teams: who belongs to them, whom they serve, what they promised and what was done of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from core.clinics.models import Practitioner
from followups.choices import ContractState, DutyState, Slot
from followups.models import Contract, Duty, Team, TeamMember, Visit
from followups.queries.duties import due, overdue
from households.models import Person

SILENT_DAYS = 90

_FULFILMENT = """
SELECT item, sum(promised)::int, sum(LEAST(done, promised))::int, count(*) FILTER (WHERE done < promised)::int
  FROM (SELECT i.key AS item, i.value::int AS promised,
               CASE i.key
                 WHEN 'exams' THEN (SELECT count(*) FROM households_exam e
                                     WHERE e.person_id = c.person_id AND c.period @> e.examined_on)
                 WHEN 'visits' THEN (SELECT count(*) FROM followups_visit v
                                      WHERE v.person_id = c.person_id AND v.is_current
                                        AND v.is_face_to_face AND c.period @> v.visited_on)
                 ELSE (SELECT count(*) FROM followups_visit v
                        WHERE v.household_id = p.household_id AND v.is_current AND v.mode = '2'
                          AND v.is_face_to_face AND c.period @> v.visited_on
                          AND (v.person_id = p.id OR v.person_id IS NULL))
               END AS done
          FROM followups_contract c
          JOIN households_person p ON p.id = c.person_id
         CROSS JOIN LATERAL jsonb_each_text(c.promised) i
         WHERE c.team_id = %(team)s AND c.state = 'signed' AND c.period @> %(on)s::date
           AND i.value ~ '^[0-9]+$') counted
 GROUP BY item ORDER BY item
"""


@dataclass(frozen=True)
class Fulfilment:
    """Of one promised item: how often promised, how often done (never more than promised to one person)."""

    item: str
    promised: int
    done: int
    persons_behind: int


@dataclass
class Workload:
    team: Team
    persons: int = 0
    due: int = 0
    overdue: int = 0
    visits: int = 0
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
        .order_by("area__code", "name")
    )
    persons = _by_team(Contract.objects.filter(in_force(on), team__in=teams))
    duties = {
        row["team"]: row
        for row in Duty.objects.filter(team__in=teams, state=DutyState.OPEN)
        .values("team")
        .annotate(due=Count("id", filter=due(on)), overdue=Count("id", filter=overdue(on)))
    }
    visits = _visits_this_month(teams, on)
    return [
        Workload(
            team,
            persons=persons.get(team.pk, 0),
            due=duties.get(team.pk, {}).get("due", 0),
            overdue=duties.get(team.pk, {}).get("overdue", 0),
            visits=visits.get(team.pk, 0),
            members=list(team.members.all()),
        )
        for team in teams
    ]


def _by_team(found: QuerySet[Any]) -> dict[int, int]:
    return dict(found.values_list("team").annotate(n=Count("id")))


def _visits_this_month(teams: list[Team], on: date) -> dict[int, int]:
    month = Visit.objects.filter(visited_on__gte=on.replace(day=1), visited_on__lte=on, is_current=True)
    done = month.filter(
        by__practitioner__memberships__team__in=teams, by__practitioner__memberships__to_on=None
    )
    return dict(
        done.values_list("by__practitioner__memberships__team").annotate(n=Count("uuid", distinct=True))
    )


def fulfilment(team: Team, on: date) -> list[Fulfilment]:
    """Promised against done over the contracts in force; a surplus for one person never hides a lack of another."""
    return [Fulfilment(*row) for row in rows(_FULFILMENT, {"team": team.pk, "on": on})]


def persons_of_team(user: User, team: Team, on: date) -> QuerySet[Any]:
    """Contracts in force within the user's area, those longest without a visit first."""
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(in_force(on), team=team, person__left_on=None)
        .select_related("person__household__village")
        .annotate(
            last_visit=Max(
                "person__visits__visited_on",
                filter=Q(person__visits__is_current=True, person__visits__is_face_to_face=True),
            )
        )
    )
    return found


def silent_contracts(user: User, team: Team, on: date) -> int:
    """Signed but without any face-to-face visit in 90 days: 只签不约."""
    since = on - timedelta(days=SILENT_DAYS)
    seen = Visit.objects.filter(
        is_current=True, is_face_to_face=True, visited_on__gt=since, visited_on__lte=on, person__isnull=False
    ).values("person_id")
    return (
        Contract.objects.visible_to(user)
        .filter(in_force(on), team=team, person__left_on=None)
        .exclude(person__in=seen)
        .count()
    )


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
