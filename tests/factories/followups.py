"""Teams, contracts, duties and visits for tests."""

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Area, User
from core.base.ids import uuid7
from followups.choices import Slot
from followups.models import Contract, Duty, Team, TeamMember
from households.models import Household, Person
from tests.factories.ground import a_practitioner, an_institution

TODAY = date(2026, 11, 18)


def a_team(*villages: Area, leader: User | None = None, name: str = "第一团队") -> Team:
    """A team of the first village's township, led by a general practitioner."""
    township = villages[0].parent
    institution = an_institution(township, "township_hospital")
    team = Team.objects.create(name=name, area=township, institution=institution)
    team.villages.set(villages)
    doctor = a_practitioner(institution, is_general_practitioner=True, user=leader)
    TeamMember.objects.create(team=team, practitioner=doctor, slot=Slot.LEADER, from_on=date(2026, 1, 1))
    return team


def a_contract(
    person: Person, team: Team, by: User, *, since: date = date(2026, 1, 1), **more: Any
) -> Contract:
    return Contract.objects.create(
        person=person,
        village=person.village,
        team=team,
        period=DateRange(since, since.replace(year=since.year + 1)),
        package=more.pop("package", "basic"),
        promised=more.pop("promised", {"exams": 1}),
        signed_on=since,
        recorded_by=by,
        **more,
    )


def a_duty(person: Person | None = None, *, household: Household | None = None, **more: Any) -> Duty:
    """A quarter's visit for hypertension to a person, or a half month's home visit to a household."""
    home = household or person.household
    protocol = "hypertension" if person else "home_visit"
    rule = "chronic_quarterly" if person else "household_fortnight"
    starts = more.pop("starts_on", date(2026, 10, 1) if person else date(2026, 11, 16))
    ends = more.pop("ends_on", date(2026, 12, 31) if person else date(2026, 11, 30))
    return Duty.objects.create(
        household=home,
        person=person,
        village=home.village,
        county=home.county,
        protocol=more.pop("protocol", protocol),
        rule=more.pop("rule", rule),
        starts_on=starts,
        due_on=more.pop("due_on", starts + timedelta(days=2)),
        ends_on=ends,
        **more,
    )


def answers(**more: Any) -> dict[str, Any]:
    """A routine visit for hypertension with everything in order."""
    return {
        "sbp": 132,
        "dbp": 82,
        "symptoms": ["1"],
        "adherence": "1",
        "adr": "1",
        "complications": "1",
        "next_date": "2027-02-10",
        "satisfaction": "5",
        **more,
    }


def a_body(person: Person, **more: Any) -> dict[str, Any]:
    """What a phone or a program sends for one visit."""
    given = more.pop("answers", {})
    body = {
        "client_id": str(more.pop("client_id", uuid7())),
        "person": more.pop("person_id", str(person.uuid)),
        "protocol": "hypertension",
        "visited_on": TODAY.isoformat(),
        "mode": "2",
        "answers": answers(**given),
        **more,
    }
    return {name: value for name, value in body.items() if value is not None}


def a_household_body(household: Household, **more: Any) -> dict[str, Any]:
    given = more.pop("answers", {})
    return {
        "client_id": str(more.pop("client_id", uuid7())),
        "household": str(household.uuid),
        "protocol": "home_visit",
        "visited_on": TODAY.isoformat(),
        "mode": "2",
        "answers": {"purposes": ["2"], "condition": "1", "needs": ["1"], "next_date": "2026-12-02", **given},
        **more,
    }
