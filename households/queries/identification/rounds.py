"""Rounds, how far each village has come, and who has no result yet."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from households.models import Household, Person, Screening, ScreeningFinding, ScreeningRound

# Who is asked: everybody registered below the round's area who has not died or left.
_PROGRESS = """
    SELECT v.id, v.name, t.name, count(p.id), count(s.id), count(*) FILTER (WHERE s.result = 'none'),
           count(*) FILTER (WHERE s.result = 'suspected'), count(*) FILTER (WHERE s.result = 'found')
      FROM accounts_area v
      JOIN accounts_area t ON t.id = v.parent_id
      JOIN households_person p ON p.village_id = v.id AND p.left_on IS NULL
      JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL
      LEFT JOIN households_screening s ON s.round_id = %(round)s AND s.person_id = p.id
     WHERE v.id = ANY(%(villages)s::bigint[]) AND v.ancestors && ARRAY[%(area)s::bigint]
     GROUP BY v.id, v.name, v.code, t.name, t.code ORDER BY t.code, v.code
"""
_REACHED = "SELECT DISTINCT unnest(ancestors) FROM accounts_area WHERE id = ANY(%(villages)s::bigint[])"


@dataclass(frozen=True, slots=True)
class Progress:
    """Persons of a village, and how many of them have which result."""

    village: int
    name: str
    township: str
    persons: int
    known: int
    none: int
    suspected: int
    found: int

    @property
    def missing(self) -> int:
        return self.persons - self.known


def rounds(user: User) -> QuerySet[Any]:
    """Rounds that ask about somebody in the user's area, those that are open first."""
    reached = [pk for (pk,) in rows(_REACHED, {"villages": village_ids(user)})]
    found: QuerySet[Any] = ScreeningRound.objects.filter(Q(area__in=reached) | Q(area=user.area_id))
    return found.select_related("area", "catalogue", "by").order_by("-closed_on", "-opens_on", "-pk")


def get_round(user: User, uuid: UUID) -> ScreeningRound:
    """:raises Http404: for a round that asks about nobody in the user's area."""
    found: ScreeningRound | None = rounds(user).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def progress(user: User, held: ScreeningRound) -> list[Progress]:
    """The villages of a round in the user's area, street by street."""
    asked = {"round": held.pk, "area": held.area_id, "villages": village_ids(user)}
    return [Progress(*row) for row in rows(_PROGRESS, asked)]


def people_of(user: User, held: ScreeningRound) -> QuerySet[Any]:
    """Everybody in the user's area whom the round asks about."""
    found: QuerySet[Any] = Person.objects.visible_to(user).filter(
        left_on=None, household__left_on=None, village__ancestors__contains=[held.area_id]
    )
    return found


def _has_result(held: ScreeningRound) -> Exists:
    return Exists(Screening.objects.filter(round=held, person=OuterRef("pk")))


def homes_without(user: User, held: ScreeningRound, village: Area | None = None) -> QuerySet[Any]:
    """Households with somebody who has no result yet, in the village's order of doors; `asked` members,
    `missing` of them without."""
    asked = people_of(user, held)
    asked = asked.filter(village=village) if village else asked
    lacking = asked.exclude(_has_result(held))
    homes: QuerySet[Any] = Household.objects.visible_to(user).filter(pk__in=lacking.values("household_id"))
    homes = homes.annotate(asked=_members(asked), missing=_members(lacking))
    return homes.select_related("village").order_by("village__code", "visit_order", "pk")


def _members(people: QuerySet[Any]) -> Subquery:
    here = people.filter(household=OuterRef("pk")).order_by().values("household")
    return Subquery(here.annotate(n=Count("pk")).values("n"))


def members_without(user: User, held: ScreeningRound, homes: list[str]) -> list[Person]:
    """The members without a result of the households with these numbers."""
    keys = [int(key) for key in homes if key.isdecimal()]
    found = people_of(user, held).filter(household__in=keys).exclude(_has_result(held))
    return list(found.order_by("pk"))


def get_home(user: User, held: ScreeningRound, uuid: UUID) -> Household:
    """A household that the round asks about. Raises Http404 outside it or the user's area."""
    asked = Household.objects.filter(village__ancestors__contains=[held.area_id]).select_related("village")
    found: Household = asked.get_visible(user, uuid=uuid)
    return found


def members_of(user: User, held: ScreeningRound, homes: list[Household]) -> dict[int, list[Person]]:
    """Who lives there, by household, each with `results` of this round and in them the diseases the user may
    see."""
    shown = ScreeningFinding.objects.visible_to(user).select_related("disease")
    known = Screening.objects.filter(round=held).select_related("by")
    known = known.prefetch_related(Prefetch("findings", queryset=shown, to_attr="shown"))
    found = people_of(user, held).filter(household__in=homes).order_by("relation", "birth_date")
    by_home: dict[int, list[Person]] = {home.pk: [] for home in homes}
    for person in found.prefetch_related(Prefetch("round_results", queryset=known, to_attr="results")):
        by_home[person.household_id].append(person)
    return by_home


def next_home(user: User, held: ScreeningRound, after: Household) -> Household | None:
    """The next door of the village where somebody has no result yet, or else any other one there."""
    left = homes_without(user, held, after.village).exclude(pk=after.pk)
    behind = Q(visit_order__gt=after.visit_order) | Q(visit_order=after.visit_order, pk__gt=after.pk)
    found: Household | None = left.filter(behind).first() or left.first()
    return found


def results(user: User, held: ScreeningRound, result: str, village: Area | None = None) -> QuerySet[Any]:
    """Results of a round: who, what, and the diseases that the user may see."""
    found = Screening.objects.visible_to(user).filter(round=held, result=result)
    found = found.filter(village=village) if village else found
    shown = ScreeningFinding.objects.visible_to(user).select_related("disease")
    listed: QuerySet[Any] = found.select_related("person__household", "village", "by").order_by(
        "village__code", "person__household__register_no", "pk"
    )
    return listed.prefetch_related(Prefetch("findings", queryset=shown, to_attr="shown"))


def get_asked(user: User, held: ScreeningRound, uuid: UUID) -> Person:
    """Somebody the round asks about. Raises Http404 for everybody else."""
    found: Person | None = (
        people_of(user, held).filter(uuid=uuid).select_related("household", "village").first()
    )
    if found is None:
        raise Http404
    return found


def result_of(user: User, held: ScreeningRound, person: Person) -> Screening | None:
    found: Screening | None = Screening.objects.visible_to(user).filter(round=held, person=person).first()
    return found


def results_of_person(user: User, person: Person) -> list[Screening]:
    """What the rounds said of somebody, the newest first."""
    shown = ScreeningFinding.objects.visible_to(user).select_related("disease")
    found = Screening.objects.visible_to(user).filter(person=person).select_related("round", "by")
    return list(found.prefetch_related(Prefetch("findings", queryset=shown, to_attr="shown")).order_by("-on"))


def villages_in(user: User, held: ScreeningRound) -> QuerySet[Any]:
    asked = people_of(user, held).values("village_id")
    return Area.objects.filter(pk__in=asked).order_by("code")
