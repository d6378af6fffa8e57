"""Households at risk for programs: within their area, in codes and days; words for health offices only."""

import pytest

from core.accounts.models import Sector
from core.accounts.tokens import Scope
from households.models import MonitoringCase
from households.services.monitoring.working import finish_measure
from tests.factories.monitoring import FOUND, a_case_found, a_case_helped
from tests.factories.programs import settled

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/monitoring"


@pytest.fixture
def case(world, cast) -> MonitoringCase:
    case = a_case_helped(world.near, cast)
    settled()
    return case


def test_a_case_tells_kind_state_and_whose_turn_it_is(world, case):
    row = world.trusted().get(f"{URL}/{case.uuid}").json()
    assert (row["household"], row["kind"], row["risk"]) == (str(world.near.uuid), "unstable", "illness")
    assert (row["state"], row["holder"], row["found_on"]) == ("helped", "township", FOUND.isoformat())
    assert [step["state"] for step in row["steps"]] == ["found", "verified", "helped"]
    assert (row["finding"], row["measures"][0]["what"]) == (case.finding, "医疗救助两千元")


@pytest.mark.parametrize(
    ("sector", "scopes", "told"),
    [
        (Sector.HEALTH, list(Scope), True),
        (Sector.HEALTH, [Scope.MONITORING], False),
        (Sector.ADMINISTRATION, list(Scope), False),
    ],
)
def test_words_about_a_home_are_for_health_offices_with_the_scope(world, case, sector, scopes, told):
    answer = world.program(sector=sector, scopes=scopes).get(f"{URL}/{case.uuid}")
    row = answer.json()
    words = [row["grounds"], row["finding"], row["measures"][0]["what"]]
    assert all(words) if told else words == [None, None, None]


def test_lists_are_narrowed_and_scoped(world, cast, case):
    other = a_case_found(world.other_street, cast)
    settled()
    program = world.program()
    asked = {"state": "helped", "holder": "township", "household": str(world.near.uuid), "open": "true"}
    assert [row["id"] for row in program.get(URL, **asked).json()["results"]] == [str(case.uuid)]
    assert len(program.everything(URL)[0]) == 2
    assert program.get(URL, open="false").json()["results"] == []
    assert program.get(URL, found_from="2026-03-03").json()["results"] == []
    elsewhere = world.program(world.county.hetang)
    assert [row["id"] for row in elsewhere.get(URL).json()["results"]] == [str(other.uuid)]
    assert elsewhere.get(f"{URL}/{case.uuid}").status == 404


def test_it_needs_its_scope(world, case):
    others = [each for each in Scope if each != Scope.MONITORING]
    for path in (URL, f"{URL}/export", f"{URL}/{case.uuid}"):
        assert world.program(scopes=others).get(path).status == 403


def test_a_measure_that_ends_brings_the_case_into_the_feed_again(world, cast, case):
    program = world.program()
    _rows, _gone, cursor = program.everything(URL)
    assert program.get(URL, updated_since=cursor).json()["results"] == []
    finish_measure(measure=case.measures.get(), outcome="到账", by=cast.township, on=FOUND)
    settled()
    changed = program.get(URL, updated_since=cursor).json()["results"]
    assert [row["id"] for row in changed] == [str(case.uuid)]


def test_a_household_that_moves_away_is_told_to_whoever_copied_it(world, case):
    program = world.program(world.county.lianhe)
    _rows, _gone, cursor = program.everything(URL)
    world.near.village = world.county.qingshui
    world.near.save()
    settled()
    answer = program.get(URL, updated_since=cursor).json()
    assert [(each["id"], each["reason"]) for each in answer["deleted"]] == [(str(case.uuid), "moved")]


def test_the_export_holds_every_case_and_its_cursor_goes_on_from_there(world, case):
    lines = world.trusted().get(f"{URL}/export", purpose="数据核对").lines()
    assert [line["id"] for line in lines[:-1]] == [str(case.uuid)]
    assert lines[-1]["count"] == 1
    assert world.trusted().get(URL, updated_since=lines[-1]["cursor"]).json()["results"] == []
