"""The facts that indicators count, one builder each: contracts, enrolments, exams, visits, duties, needs."""

import uuid
from datetime import date
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Area, User
from core.clinics.models import CareCircle
from followups.models import Attempt, Contract, Duty, Need, Team, Visit
from households.models import Enrolment, Exam, Household, Person
from tests.factories.ground import an_institution

_numbers = count(1)
ON = date(2026, 8, 15)


def a_team_for(village: Area, name: str = "") -> Team:
    team = Team.objects.create(
        name=name or f"团队{next(_numbers)}", area=village.parent, institution=an_institution(village.parent)
    )
    team.villages.add(village)
    return team


def a_contract_of(person: Person, team: Team, by: User, **more: Any) -> Contract:
    first = more.pop("first", date(2026, 1, 1))
    past = more.pop("past", date(2027, 1, 1))
    return Contract.objects.create(
        person=person, team=team, period=DateRange(first, past), signed_on=first, recorded_by=by, **more
    )


def an_enrolment_of(person: Person, year: int = 2026, scheme: str = "basic", **more: Any) -> Enrolment:
    return Enrolment.objects.create(person=person, year=year, scheme=scheme, **more)


def an_exam_of(person: Person, on: date) -> Exam:
    return Exam.objects.create(
        person=person, year=on.year, examined_on=on, institution=an_institution(person.village)
    )


def a_circle_of(village: Area, minutes: int, on: date = date(2026, 1, 5)) -> CareCircle:
    return CareCircle.objects.create(
        village=village, institution=an_institution(village), minutes=minutes, measured_on=on
    )


def a_visit_to(person: Person, by: User, on: date, **more: Any) -> Visit:
    protocol = more.pop("protocol", "hypertension")
    return Visit.objects.create(
        uuid=uuid.uuid4(),
        household=person.household,
        person=person,
        village=person.village,
        county=person.county,
        protocol=protocol,
        edition=more.pop("edition", "2017"),
        visited_on=on,
        mode=more.pop("mode", "2"),
        by=by,
        **more,
    )


def a_duty_of(household: Household, due: date, person: Person | None = None, **more: Any) -> Duty:
    return Duty.objects.create(
        household=household,
        person=person,
        village=household.village,
        county=household.county,
        protocol=more.pop("protocol", "hypertension"),
        rule=more.pop("rule", f"rule{next(_numbers)}"),
        starts_on=more.pop("starts", due),
        due_on=due,
        ends_on=more.pop("ends", due),
        **more,
    )


def a_done_duty(visit: Visit, due: date, **more: Any) -> Duty:
    closed = more.pop("closed_on", visit.visited_on)
    return a_duty_of(
        visit.household,
        due,
        visit.person,
        protocol=visit.protocol,
        state="done",
        visit=visit,
        closed_on=closed,
        **more,
    )


def an_attempt_at(duty: Duty, on: date, by: User, reason: str = "1") -> Attempt:
    return Attempt.objects.create(uuid=uuid.uuid4(), duty=duty, attempted_on=on, reason=reason, by=by)


def a_need_of(person: Person, by: User, **more: Any) -> Need:
    if more.get("state") in ("met", "unmet"):
        more.setdefault("satisfaction", 4)
    return Need.objects.create(
        household=person.household,
        person=person,
        village=person.village,
        kind=more.pop("kind", "medicine"),
        description="缺药",
        raised_on=more.pop("raised_on", date(2026, 8, 1)),
        due_on=more.pop("due_on", date(2026, 8, 15)),
        raised_by=by,
        owner=by,
        **more,
    )
