"""A person at a hospital before there is a bill: the policy in force and the facts it would ask for."""

from datetime import date
from typing import Any

from claims.choices import PolicyState, SettlementKind
from claims.models import PolicyVersion, Settlement
from claims.policy.decision import decision_from_json
from claims.policy.facts import Facts, Span, Used
from claims.queries.facts.policies import InForce, policy_of
from claims.queries.hospitals import is_in_county, level_of
from core.clinics.models import Institution
from households.choices import Standing
from households.models import Condition, Enrolment, HouseholdStatus, Identity, Person
from households.models.causes import HouseholdCause

_NOBODY = Used()


def policy_on(county: int, on: date) -> InForce | None:
    """The policy of a county in force on a day."""
    found = PolicyVersion.objects.filter(county=county, period__contains=on).exclude(state=PolicyState.DRAFT)
    version = found.values("pk", "sha256").first()
    return policy_of(version["pk"], version["sha256"]) if version else None


def facts_at_window(person: Person, hospital: Institution, on: date) -> Facts:
    """The facts of an inpatient stay that begins now, its bill still empty, and of the year so far."""
    causes = HouseholdCause.objects.filter(household=person.household_id)
    return Facts(
        care="inpatient",
        level=level_of(hospital),  # type: ignore[arg-type]
        admitted_on=on,
        discharged_on=on,
        birth_date=person.birth_date,
        lines=(),
        diseases=_diseases(person, on),
        identities=_identities(person),
        causes=_spans(causes.values_list("cause", "period")),
        enrolments=_enrolments(person, on.year),
        in_county=is_in_county(hospital, person.county_id),
        designated=hospital.is_designated,
        used=_used(on.year, "used_after", person=person.pk),
        household_used=_used(on.year, "household_used_after", household=person.household_id),
    )


def _diseases(person: Person, on: date) -> frozenset[str]:
    known = Condition.objects.filter(person=person, confirmed_on__lte=on, ended_on=None)
    return frozenset(known.values_list("disease__code", flat=True))


def _identities(person: Person) -> tuple[Span, ...]:
    """Personal identities, and what the household stands as: a lifted household keeps what is registered."""
    own = _spans(Identity.objects.filter(person=person).values_list("kind", "period"))
    statuses = HouseholdStatus.objects.filter(household=person.household_id).exclude(
        standing=Standing.REMOVED
    )
    held = [
        (_as_identity(standing), period) for standing, period in statuses.values_list("standing", "period")
    ]
    home = person.household
    if not held and home.standing != Standing.REMOVED and home.registered_on:
        return (*own, Span(_as_identity(home.standing), home.registered_on, home.left_on))
    return (*own, *_spans(held))


def _as_identity(standing: str) -> str:
    return "monitored" if standing == Standing.MONITORED else "registered"


def _spans(rows: Any) -> tuple[Span, ...]:
    return tuple(Span(code, period.lower or date(1900, 1, 1), period.upper) for code, period in rows)


def _enrolments(person: Person, year: int) -> tuple[Span, ...]:
    schemes = Enrolment.objects.filter(person=person, year=year, is_enrolled=True).values_list(
        "scheme", flat=True
    )
    return tuple(Span(scheme, date(year, 1, 1), date(year + 1, 1, 1)) for scheme in sorted(schemes))


def _used(year: int, after: str, **whose: int) -> Used:
    """What was used up when the last bill of the year that stands was settled."""
    standing = Settlement.objects.filter(year=year, is_standing=True, **whose)
    bills = standing.exclude(kind=SettlementKind.REVERSED).exclude(decision={})
    last = (
        bills.order_by("-admission__discharged_on", "-admission_id")
        .values_list("decision", flat=True)
        .first()
    )
    if last is None:
        return _NOBODY
    used: Used = getattr(decision_from_json(last), after)
    return used
