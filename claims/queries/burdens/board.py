"""Warnings as lists, one warning with its steps, and what keeps rules from being judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from claims.choices import SettlementKind, WarningState
from claims.models import (
    BurdenWarning,
    ConsumptionSurvey,
    ReferenceValue,
    RuleSetInForce,
    Settlement,
    WarningEscalation,
    WarningStep,
)
from claims.warnings.reading import all_rules
from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.texts import Text
from households.models import Household

OPEN_STATES = (WarningState.RAISED, WarningState.VERIFIED, WarningState.HELPED)
WAITING_STATES = (WarningState.RAISED, WarningState.VERIFIED)
# What is waited for past its day, for hand-written SQL: `w` is the warning, %(on)s the day.
OVERDUE_SQL = "(w.state IN ('raised', 'verified') AND w.due_on < %(on)s)"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many warnings of the user's area stand where; `year` of the day asked about."""

    open: int
    overdue: int
    to_verify: int
    to_help: int
    ended: int


@dataclass(frozen=True, slots=True)
class HouseholdYear:
    """What a household's members bore of standing settlements in a calendar year (yuan), in so many bills."""

    year: int
    total: Decimal
    compliant: Decimal
    bills: int


def rule_label_of(code: str) -> Text | None:
    """What a rule is called in both languages; None where the library does not know it any more."""
    rule = all_rules().get(code)
    return rule.label if rule else None


def overdue_warnings(on: date) -> Q:
    """Not verified, or verified without measures, although the day for it has passed."""
    return Q(state__in=WAITING_STATES, due_on__lt=on)


def warnings(
    user: User, *, show: str, on: date, rule: str = "", village: Area | None = None
) -> QuerySet[Any]:
    """Warnings of the user's area: `open`, `overdue` or `ended`; those due first on top."""
    chosen = {"overdue": overdue_warnings(on), "ended": ~Q(state__in=OPEN_STATES)}
    found = BurdenWarning.objects.visible_to(user).filter(chosen.get(show, Q(state__in=OPEN_STATES)))
    found = found.filter(rule=rule) if rule else found
    found = found.filter(village=village) if village else found
    order = ("-ended_on", "-pk") if show == "ended" else ("due_on", "-burden", "pk")
    result: QuerySet[Any] = found.select_related("household__village", "person").order_by(*order)
    return result


def count_warnings(user: User, on: date) -> Counts:
    counted = BurdenWarning.objects.visible_to(user).aggregate(
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        overdue=Count("pk", filter=overdue_warnings(on)),
        to_verify=Count("pk", filter=Q(state=WarningState.RAISED)),
        to_help=Count("pk", filter=Q(state=WarningState.VERIFIED)),
        ended=Count("pk", filter=~Q(state__in=OPEN_STATES) & Q(ended_on__year=on.year)),
    )
    return Counts(**counted)


def count_by_rule(user: User) -> dict[str, int]:
    """How many open warnings each rule has."""
    found = BurdenWarning.objects.visible_to(user).filter(state__in=OPEN_STATES)
    return dict(found.values_list("rule").annotate(n=Count("pk")).order_by("-n", "rule"))


def villages_of_warnings(user: User) -> QuerySet[Any]:
    found: QuerySet[Any] = Area.objects.filter(
        pk__in=BurdenWarning.objects.visible_to(user).values("village_id")
    )
    return found.order_by("code")


def get_warning(user: User, pk: int) -> BurdenWarning:
    """One warning with its steps and who was told, the newest first.

    :raises Http404: outside the user's area.
    """
    steps = WarningStep.objects.select_related("done_by").order_by("-pk")
    told = WarningEscalation.objects.select_related("told").order_by("told_on", "pk")
    found = BurdenWarning.objects.select_related("household__village", "village", "county", "person")
    warning: BurdenWarning = found.prefetch_related(
        Prefetch("steps", queryset=steps), Prefetch("escalations", queryset=told)
    ).get_visible(user, pk=pk)
    return warning


def open_of_household(user: User, household: Household) -> list[BurdenWarning]:
    """The warnings of a household that are being worked on."""
    found = BurdenWarning.objects.visible_to(user).filter(household=household, state__in=OPEN_STATES)
    return list(found.select_related("person").order_by("due_on", "pk"))


def households_warned(user: User) -> frozenset[str]:
    """The numbers (uuid as text) of the households in the user's area with a warning being worked on."""
    found = BurdenWarning.objects.visible_to(user).filter(state__in=OPEN_STATES)
    return frozenset(str(uuid) for uuid in found.values_list("household__uuid", flat=True))


def get_household(user: User, uuid: UUID) -> Household:
    """:raises Http404: outside the user's area."""
    found: Household = Household.objects.select_related("village").get_visible(user, uuid=uuid)
    return found


def members_of(household: Household) -> int:
    """How many live there."""
    return int(household.members.filter(left_on=None).count())


def surveys_of(household: Household) -> list[ConsumptionSurvey]:
    return list(household.consumption_surveys.select_related("surveyed_by").order_by("-year"))


def head_of(household: Household) -> str:
    """The name a household goes by."""
    head = household.members.filter(left_on=None).order_by("relation", "pk").first()
    return head.name if head else household.register_no


def heads_of(households: list[int]) -> dict[int, str]:
    """The same for many, by household."""
    found = Household.objects.filter(pk__in=households, members__left_on=None, members__relation="02")
    return dict(found.values_list("pk", "members__name"))


def bills_of(user: User, household: Household, year: int) -> QuerySet[Any]:
    """The standing settlements of a household's year, the largest share first; for health staff only: a list
    that lacks a bill of the sum would tell that there is a confidential one."""
    if not user.sees_sensitive:
        return Settlement.objects.none()  # type: ignore[no-any-return]
    found = Settlement.objects.visible_to(user).filter(_standing(household, year))
    result: QuerySet[Any] = found.select_related("person", "institution", "admission").order_by(
        "-patient", "pk"
    )
    return result


def household_year(household: Household, year: int) -> HouseholdYear:
    """The sums count every bill: they say nothing of an illness."""
    whole = Settlement.objects.filter(_standing(household, year)).aggregate(
        total=Sum("patient", default=Decimal(0)),
        compliant=Sum("compliant_patient", default=Decimal(0)),
        bills=Count("pk"),
    )
    return HouseholdYear(year, whole["total"], whole["compliant"], whole["bills"])


def _standing(household: Household, year: int) -> Q:
    return Q(household=household, year=year, is_standing=True) & ~Q(kind=SettlementKind.REVERSED)


def rule_set_in_force(county: Area | None, on: date) -> RuleSetInForce | None:
    return RuleSetInForce.objects.filter(county=county, period__contains=on).first()


def rule_sets_of(county: Area) -> list[RuleSetInForce]:
    """Every set that a county has worked by, the latest first."""
    found = RuleSetInForce.objects.filter(county=county).select_related("chosen_by")
    return list(found.order_by("-period"))


def reference_values(area: Area) -> list[ReferenceValue]:
    """The yearly figures of an area and those above it, the latest years first."""
    found = ReferenceValue.objects.filter(area__in=area.ancestors).select_related("area")
    return list(found.order_by("code", "-year", F("area__level")))


def households_without_income(user: User, year: int) -> int:
    """Households with bills in the year whose income nobody knows: no rule about income can be judged."""
    billed = Settlement.objects.filter(year=year, village__in=village_ids(user)).values("household_id")
    return Household.objects.visible_to(user).filter(pk__in=billed, income_per_head=None).count()
