"""What lies outside the area of a token does not exist: in lists, records, exports, search and writing alike."""

import uuid

import pytest

from core.accounts.models import Sector
from core.accounts.tokens import Scope
from core.base.ids import uuid7
from followups.models import Duty, Visit
from tests.factories.facts import a_need_of
from tests.factories.followups import a_duty
from tests.factories.ground import a_user
from tests.factories.programs import settled
from tests.factories.referrals import a_referral

pytestmark = pytest.mark.django_db(transaction=True)


def a_visit(person, by, **more):
    return Visit.objects.create(
        uuid=uuid7(),
        household=person.household,
        person=person,
        village=person.village,
        county=person.county,
        protocol="hypertension",
        edition="2017",
        visited_on=more.pop("visited_on", "2026-11-10"),
        mode="2",
        by=by,
        **more,
    )


def _ids(program, path, **parameters):
    return {row["id"] for row in program.everything(f"/api/v1/{path}", **parameters)[0]}


@pytest.fixture
def by(county):
    return a_user("county_staff", county.county)


def test_lists_show_the_area_and_nothing_else(world, by):
    inside, outside = a_visit(world.head, by), a_visit(world.far_person, by)
    duty, far_duty = a_duty(world.head), a_duty(world.far_person)
    settled()
    program = world.trusted()
    assert _ids(program, "households") == {str(world.near.uuid), str(world.other_street.uuid)}
    assert str(world.far_person.uuid) not in _ids(program, "persons")
    assert _ids(program, "visits") == {str(inside.uuid)} != {str(outside.uuid)}
    assert _ids(program, "duties") == {duty.pk} != {far_duty.pk}
    assert {row["code"] for row in program.everything("/api/v1/areas")[0]} == {
        *("430304", "430304002", "430304015", "430304002201", "430304002202", "430304015203"),
    }


def test_needs_and_referrals_show_the_area_and_nothing_else(world, by, county):
    far_by = a_user("county_staff", county.other_county)
    need, far_need = a_need_of(world.head, by), a_need_of(world.far_person, far_by)
    sent, far_sent = (
        a_referral(world.head, by, need=need),
        a_referral(world.far_person, far_by, need=far_need),
    )
    settled()
    program = world.trusted()
    assert _ids(program, "needs") == {str(need.uuid)} != {str(far_need.uuid)}
    assert _ids(program, "referrals") == {str(sent.uuid)} != {str(far_sent.uuid)}
    assert _ids(program, "needs", overdue="true") == {str(need.uuid)}
    assert _ids(program, "referrals", urgency="routine") == set()
    for path in (f"needs/{far_need.uuid}", f"referrals/{far_sent.uuid}"):
        assert program.get(f"/api/v1/{path}").status == 404


@pytest.mark.parametrize(("sector", "shown"), [(Sector.HEALTH, True), (Sector.ADMINISTRATION, False)])
def test_confidential_needs_and_referrals_are_for_health_offices(world, by, sector, shown):
    need = a_need_of(world.ill, by, is_sensitive=True)
    sent = a_referral(world.ill, by, need=need)
    settled()
    program = world.program(scopes=list(Scope), sector=sector)
    assert bool(_ids(program, "needs")) is shown
    assert bool(_ids(program, "referrals")) is shown
    assert (program.get(f"/api/v1/referrals/{sent.uuid}").status == 200) is shown


@pytest.mark.parametrize(("area", "count"), [("lianhe", 1), ("dongping", 1), ("county", 2), ("province", 3)])
def test_each_level_sees_what_lies_below_it(world, area, count):
    assert len(_ids(world.program(getattr(world.county, area)), "households")) == count


def test_records_of_another_county_are_not_found(world, by):
    visit, duty = a_visit(world.far_person, by), a_duty(world.far_person)
    program = world.trusted()
    paths = [f"households/{world.far.uuid}", f"persons/{world.far_person.uuid}", f"visits/{visit.uuid}"]
    paths += [
        f"duties/{duty.pk}",
        "areas/430302",
        f"households/{uuid.uuid4()}",
        "duties/99999999999999999999999",
    ]
    for path in paths:
        answer = program.get(f"/api/v1/{path}")
        assert (answer.status, answer.json()["type"]) == (404, "/api/docs/#problem-not_found"), path


def test_records_of_the_same_county_but_another_street_are_not_found(world):
    program = world.program(world.county.hetang)
    assert program.get(f"/api/v1/households/{world.near.uuid}").status == 404
    assert program.get(f"/api/v1/households/{world.other_street.uuid}").status == 200


def test_filters_cannot_reach_outside(world):
    program = world.program()
    for query in (f"household={world.far.uuid}", "village=430302001201", "township=430302001"):
        assert program.get(f"/api/v1/persons?{query}").json()["results"] == []


def test_exports_show_what_lists_show(world):
    program = world.program(world.county.dongping)
    for path in ("households", "persons"):
        lines = program.get(f"/api/v1/{path}/export").lines()
        assert {line["id"] for line in lines[:-1]} == _ids(program, path)


def test_search_finds_nobody_outside(world):
    found = world.trusted().post("/api/v1/persons/search", {"name": "赵远方", "purpose": "核对身份"})
    assert found.json() == {"results": []}


def test_a_visit_to_somebody_outside_is_refused_as_unknown(world):
    body = {
        "client_id": str(uuid7()),
        "person": str(world.far_person.uuid),
        "protocol": "hypertension",
        "visited_on": "2026-11-10",
        "mode": "2",
        "answers": {},
    }
    answer = world.trusted().post("/api/v1/visits", body)
    assert answer.status == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["not_found"]
    assert Visit.objects.count() == 0


def test_sensitive_facts_need_the_scope_and_a_health_office(world, by):
    hidden = a_visit(world.ill, by, is_sensitive=True)
    Duty.objects.filter(pk=a_duty(world.ill).pk).update(is_sensitive=True)
    settled()
    cases = [
        (dict(scopes=list(Scope)), True),
        (dict(scopes=[each for each in Scope if each != Scope.SENSITIVE]), False),
        (dict(scopes=list(Scope), sector=Sector.ADMINISTRATION), False),
    ]
    for number, (more, shown) in enumerate(cases):
        program = world.program(name=f"客户{number}", **more)
        record = program.get(f"/api/v1/persons/{world.ill.uuid}").json()
        household = program.get(f"/api/v1/households/{world.near.uuid}").json()
        member = next(each for each in household["members"] if each["id"] == str(world.ill.uuid))
        assert [bool(record["conditions"]), bool(member["conditions"])] == [shown, shown]
        assert [bool(record["last_visits"]), bool(household["last_visits"])] == [shown, shown]
        assert (_ids(program, "visits") == {str(hidden.uuid)}) is shown
        assert bool(_ids(program, "duties")) is shown
        assert (program.get(f"/api/v1/visits/{hidden.uuid}").status == 200) is shown
