"""Bills settled by a policy, ready to be settled again by another."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from claims.models import PolicyVersion, Settlement, SimulatedBill, Simulation
from claims.policy.engine import assess
from claims.policy.facts import BillLine, Facts, Span
from claims.policy.reading import read_policy
from claims.services.simulations.tallying import Tally
from core.accounts.models import User
from core.clinics.models import Institution
from households.models import Person
from tests.factories.claims import a_settlement, an_admission


def a_settled_bill(
    person: Person,
    policy: PolicyVersion,
    hospital: Institution,
    by: User,
    *,
    left: date,
    amount: str = "1000.00",
    is_sensitive: bool = False,
    **more: Any,
) -> Settlement:
    """One stay of a day with one line of class A, settled by the policy as if nothing came before it."""
    facts = Facts(
        care="inpatient",
        level=more.pop("level", "county"),
        admitted_on=left - timedelta(days=1),
        discharged_on=left,
        birth_date=person.birth_date,
        lines=(BillLine("treatment", "A", Decimal(amount)),),
        diagnosis=more.pop("icd10", "J18.900"),
        enrolments=(Span("basic", date(2015, 1, 1)),),
        **more,
    )
    decision = assess(read_policy(policy.text), facts)
    stay = an_admission(
        person,
        hospital,
        by,
        admitted_on=facts.admitted_on,
        discharged_on=left,
        icd10=facts.diagnosis,
        level=facts.level,
        is_sensitive=is_sensitive,
    )
    paid: dict[str, Decimal] = {}
    for line in decision.lines:
        paid[line.payer] = paid.get(line.payer, Decimal(0)) + line.amount
    return a_settlement(
        stay,
        policy,
        by,
        total=amount,
        lines={payer: sum_paid for payer, sum_paid in paid.items() if sum_paid},
        facts=facts.as_json(),
        decision=decision.as_json(),
        compliant=decision.compliant,
        compliant_patient=decision.patient_compliant,
        year=left.year,
        settled_on=left,
        is_sensitive=is_sensitive,
    )


def a_tried_bill(person: Person, policy: PolicyVersion, hospital: Institution, by: User) -> SimulatedBill:
    """A finished run with one bill that would have come out otherwise."""
    figures = Tally().told({})
    settlement = a_settled_bill(person, policy, hospital, by, left=date(2025, 5, 3))
    simulation = Simulation.objects.create(
        county=policy.county,
        name="试算",
        policy=policy,
        text=policy.text,
        sha256=policy.sha256,
        from_on=date(2025, 1, 1),
        to_on=date(2025, 12, 31),
        state="done",
        summary={"all": figures, "plain": figures},
        asked_by=by,
    )
    return SimulatedBill.objects.create(
        simulation=simulation, settlement=settlement, patient_before=100, patient_after=50
    )
