"""Cases of major disease for programs: within their area, without what only health staff may know."""

import pytest

from followups.case_choices import Stage
from tests.factories.cases import a_case, a_major_condition
from tests.factories.programs import settled
from tests.factories.registry import a_household, a_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(world, cast):
    case = a_case(world.county, cast, stage=Stage.PLANNED)
    settled()
    return case


def test_a_case_tells_step_doctor_and_plan(world, case):
    row = world.program().get(f"/api/v1/cases/{case.uuid}").json()
    assert (row["stage"], row["disease"], row["plan_in_force"]) == ("planned", "stomach_cancer", 1)
    assert [step["stage"] for step in row["steps"]] == ["registered", "assigned", "planned"]
    county = case.person.case_doctors.get(level="county").practitioner
    assert row["responsible_doctor"] == county.name
    assert {doctor["level"] for doctor in row["doctors"]} == {"county", "township", "village"}
    assert case.person.name not in str(row)


def test_lists_are_narrowed_and_scoped(world, case):
    listed = world.program().get("/api/v1/cases", stage="planned", disease="stomach_cancer").json()
    assert [row["id"] for row in listed["results"]] == [str(case.uuid)]
    assert world.program().get("/api/v1/cases", stage="closed").json()["results"] == []
    elsewhere = world.program(world.county.hetang)
    assert elsewhere.get("/api/v1/cases").json()["results"] == []
    assert elsewhere.get(f"/api/v1/cases/{case.uuid}").status == 404


def test_a_sensitive_case_needs_the_scope(world, cast):
    person = a_person(a_household(world.county.lianhe))
    a_major_condition(person, "mdr_tuberculosis", is_sensitive=True)
    hidden = a_case(world.county, cast, person=person)
    settled()
    assert world.program().get(f"/api/v1/cases/{hidden.uuid}").status == 404
    assert world.trusted().get(f"/api/v1/cases/{hidden.uuid}").status == 200


def test_a_new_doctor_brings_the_case_into_the_feed_again(world, cast, case):
    program = world.program()
    _rows, _gone, cursor = program.everything("/api/v1/cases")
    charge = case.person.case_doctors.get(level="village")
    charge.practitioner = case.person.case_doctors.get(level="township").practitioner
    case.person.case_doctors.filter(level="township").delete()
    charge.save()
    settled()
    changed = program.get("/api/v1/cases", updated_since=cursor).json()["results"]
    assert [row["id"] for row in changed] == [str(case.uuid)]
