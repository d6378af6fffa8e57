"""A person at a hospital before there is a bill: the policy in force and the facts it would ask for."""

from dataclasses import replace
from datetime import date

from claims.choices import PolicyState, SettlementKind
from claims.models import PolicyVersion, Settlement
from claims.policy.decision import decision_from_json
from claims.policy.facts import Facts, Used, facts_from_json
from claims.queries.facts.held import held_by
from claims.queries.facts.policies import InForce, policy_of
from claims.queries.hospitals import is_in_county, level_of
from core.clinics.models import Institution
from households.models import Condition, Person

_NOBODY = Used()


def policy_on(county: int, on: date) -> InForce | None:
    """The policy of a county in force on a day."""
    found = PolicyVersion.objects.filter(county=county, period__contains=on).exclude(state=PolicyState.DRAFT)
    version = found.values("pk", "sha256").first()
    return policy_of(version["pk"], version["sha256"]) if version else None


def facts_at_window(person: Person, hospital: Institution, on: date) -> Facts:
    """The facts of an inpatient stay that begins now, its bill still empty, and of the year so far."""
    facts = facts_from_json(
        {
            "care": "inpatient",
            "level": level_of(hospital),
            "admitted_on": on,
            "discharged_on": on,
            "birth_date": person.birth_date,
            "lines": (),
            "diseases": _diseases(person, on),
            "in_county": is_in_county(hospital, person.county_id),
            "designated": hospital.is_designated,
            **held_by(person, on),
        }
    )
    return replace(
        facts,
        used=_used(on.year, "used_after", person=person.pk),
        household_used=_used(on.year, "household_used_after", household=person.household_id),
    )


def _diseases(person: Person, on: date) -> frozenset[str]:
    known = Condition.objects.filter(person=person, confirmed_on__lte=on, ended_on=None)
    return frozenset(known.values_list("disease__code", flat=True))


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
