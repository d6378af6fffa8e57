"""Rounds of surveys: how far each village is, what is known and what is not, and the doors still to go to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from healthaid.outreach.models import SurveyHome, SurveyRound
from households.choices import Relation, Standing
from households.models import Person

SHOWS = ("waiting", "asked", "unaware", "not_asked")

# In the base: every drawn household that is still registered, asked or not.
_DRAWN = """
      FROM outreach_surveyhome s
      JOIN households_household h ON h.id = s.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
      JOIN accounts_area v ON v.id = h.village_id
     WHERE s.round_id = %(round)s AND h.village_id = ANY(%(villages)s::bigint[])
"""
_PROGRESS = f"""
    SELECT v.id, v.name, t.name, count(*), count(s.answers), count(*) FILTER (WHERE s.is_aware),
           count(*) FILTER (WHERE s.why_not <> '')
    {_DRAWN.replace("WHERE", "JOIN accounts_area t ON t.id = v.parent_id WHERE")}
     GROUP BY v.id, v.name, v.code, t.name, t.code ORDER BY t.code, v.code
"""
_RIGHT = f"""
    SELECT q.code, count(*) FROM (SELECT unnest(s.right) AS code {_DRAWN} AND s.answers IS NOT NULL) q
     GROUP BY q.code
"""  # noqa: S608 - our own texts
_REACHED = "SELECT DISTINCT unnest(ancestors) FROM accounts_area WHERE id = ANY(%(villages)s::bigint[])"


@dataclass(frozen=True, slots=True)
class Asked:
    """Households of a village: drawn, of them asked, of those aware; and drawn but not to be asked."""

    village: int
    name: str
    township: str
    drawn: int
    asked: int
    aware: int
    not_asked: int

    @property
    def unaware(self) -> int:
        return self.asked - self.aware

    @property
    def waiting(self) -> int:
        return self.drawn - self.asked - self.not_asked


def surveys(user: User) -> QuerySet[Any]:
    """Rounds that ask somebody in the user's area, those that are open first."""
    reached = [pk for (pk,) in rows(_REACHED, {"villages": village_ids(user)})]
    found: QuerySet[Any] = SurveyRound.objects.filter(Q(area__in=reached) | Q(area=user.area_id))
    return found.select_related("area", "by").order_by("-closed_on", "-opens_on", "-pk")


def get_survey(user: User, uuid: UUID) -> SurveyRound:
    """:raises Http404: for a round that asks nobody in the user's area."""
    found: SurveyRound | None = surveys(user).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def progress(user: User, held: SurveyRound) -> list[Asked]:
    """The villages of a round in the user's area, street by street."""
    return [Asked(*row) for row in rows(_PROGRESS, _asked(user, held))]


def right_answers(user: User, held: SurveyRound) -> dict[str, int]:
    """By question: how many of the asked households answered it rightly."""
    return dict(rows(_RIGHT, _asked(user, held)))


def _asked(user: User, held: SurveyRound) -> dict[str, Any]:
    return {"round": held.pk, "villages": village_ids(user)}


def homes_of(user: User, held: SurveyRound, *, show: str = "", village: Area | None = None) -> QuerySet[Any]:
    """Drawn households in the order of doors, each with `head`, the name it goes by: those `waiting`,
    `asked`, `unaware` of the policy, or `not_asked`."""
    heads = Person.objects.filter(household=OuterRef("household"), relation=Relation.HEAD, left_on=None)
    found: QuerySet[Any] = SurveyHome.objects.visible_to(user).filter(round=held, household__left_on=None)
    found = found.exclude(household__standing=Standing.REMOVED).filter(_SHOWN.get(show, Q()))
    found = found.filter(household__village=village) if village else found
    named: QuerySet[Any] = found.annotate(head=Subquery(heads.values("name")[:1]))
    return named.select_related("household__village", "asked_by").order_by(
        "household__village__code", "household__visit_order", "household__pk"
    )


_SHOWN = {
    "waiting": Q(asked_on=None),
    "asked": Q(answers__isnull=False),
    "unaware": Q(is_aware=False),
    "not_asked": ~Q(why_not=""),
}


def get_home(user: User, held: SurveyRound, uuid: UUID) -> SurveyHome:
    """:raises Http404: for a household that was not drawn or lies outside the user's area."""
    found: SurveyHome | None = homes_of(user, held).filter(household__uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def next_home(user: User, held: SurveyRound, after: SurveyHome) -> SurveyHome | None:
    """The next door of the village that waits, or else any other one there."""
    home = after.household
    left = homes_of(user, held, show="waiting", village=home.village).exclude(pk=after.pk)
    behind = Q(household__visit_order__gt=home.visit_order)
    same = Q(household__visit_order=home.visit_order, household__pk__gt=home.pk)
    found: SurveyHome | None = left.filter(behind | same).first() or left.first()
    return found


def areas_to_survey(user: User) -> QuerySet[Area]:
    """Counties, townships and villages at or below the user's area that exist today."""
    found = Area.objects.filter(ancestors__contains=[user.area_id], valid_to=None)
    return found.filter(level__in=[Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]).order_by("code")


def villages_asked(user: User, held: SurveyRound) -> QuerySet[Area]:
    drawn = SurveyHome.objects.visible_to(user).filter(round=held)
    return Area.objects.filter(pk__in=drawn.values("household__village")).order_by("code")


def waiting_surveys(user: User, household: int) -> QuerySet[Any]:
    """Open rounds in which a household has not been asked."""
    found: QuerySet[Any] = SurveyHome.objects.visible_to(user).filter(
        household=household, asked_on=None, round__closed_on=None
    )
    return found.select_related("round", "household").order_by("round__due_on", "pk")
