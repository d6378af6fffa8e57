"""Rules tried on real bills: the figures, the sums of the year, and that nothing real is touched."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from claims.models import Simulation
from claims.queries.simulations.reading import changed_bills, waiting
from claims.queries.simulations.sides import sides_of
from claims.services.policies.rewriting import with_values
from claims.services.simulations import (
    ask_simulation,
    cancel_simulation,
    requeue_stale_simulations,
    run_simulation,
)
from claims.services.simulations.replaying import replay
from core.accounts.models import Sector
from core.accounts.roles import Role
from tests.factories.burdens import put_in_force
from tests.factories.claims import POLICY_TEXT, a_draft_policy, a_hospital_at, an_approved_policy
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person
from tests.factories.simulations import a_settled_bill

LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
TARGET, CEILING = ("layers", 1, "target"), ("layers", 0, "ceiling_year")
MONEY = ("settlement", "settlementline", "admission", "billitem", "fundentry", "fund", "payable")


@pytest.fixture
def second(county):
    return a_user(Role.COUNTY_STAFF, county.county)


@pytest.fixture
def standing(county, cast, second):
    return an_approved_policy(county.county, cast.county, second)


@pytest.fixture
def hospital(county):
    return a_hospital_at(county.county)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def draft(county, by, **numbers):
    wanted = {TARGET: Decimal(numbers["target"])} if "target" in numbers else {}
    wanted |= {CEILING: Decimal(numbers["ceiling"])} if "ceiling" in numbers else {}
    return a_draft_policy(county.county, by, text=with_values(POLICY_TEXT, wanted))


def tried(version, by, days=LAST_YEAR) -> Simulation:
    asked = ask_simulation(version=version, from_on=days[0], to_on=days[1], by=by)
    assert run_simulation(simulation_id=asked.pk, at=timezone.now())
    asked.refresh_from_db()
    return asked


def money() -> list[tuple]:
    """Everything that stands in the tables of real money."""
    found = []
    with connection.cursor() as cursor:
        for table in MONEY:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM claims_{table} t ORDER BY id")
            found += cursor.fetchall()
    return found


def test_the_rules_in_force_change_no_bill(cast, standing, hospital, person):
    for day in (3, 13, 23):
        a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, day))
    run = tried(standing, cast.county)
    figures = run.summary["all"]
    assert (run.state, figures["bills"], figures["changed"]) == ("done", 3, 0)


def test_costs_move_from_one_payer_to_another(county, cast, standing, hospital, person):
    a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    figures = tried(draft(county, cast.county, target="0.95"), cast.county).summary["all"]
    fund = next(payer for payer in figures["payers"] if payer["code"] == "fund")
    assert (fund["before"], fund["after"]) == (200_00, 250_00)
    assert (figures["sums"]["patient_before"], figures["sums"]["patient_after"]) == (100_00, 50_00)


def test_sums_of_the_year_build_up_under_the_new_rules(county, cast, standing, hospital, person):
    """Basic insurance pays 700 of each bill; with 1,000 a year only 300 are left for the second."""
    bills = [
        a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, month, 3)) for month in (2, 6)
    ]
    version = draft(county, cast.county, ceiling="1000")
    figures = tried(version, cast.county).summary["all"]
    basic = next(payer for payer in figures["payers"] if payer["code"] == "basic")
    assert (basic["before"], basic["after"]) == (1400_00, 1000_00)
    assert bills[0].pk < bills[1].pk


def test_bills_before_the_days_count_in_the_year_and_nowhere_else(county, cast, standing, hospital, person):
    for month in (2, 6):
        a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, month, 3))
    version = draft(county, cast.county, ceiling="1000")
    figures = tried(version, cast.county, (date(2025, 6, 1), date(2025, 12, 31))).summary["all"]
    basic = next(payer for payer in figures["payers"] if payer["code"] == "basic")
    assert (figures["bills"], basic["after"]) == (1, 300_00)


def test_a_reversed_bill_is_not_tried(cast, standing, hospital, person):
    kept = a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    type(kept).objects.filter(pk=kept.pk).update(is_standing=False)
    assert tried(standing, cast.county).summary["all"]["bills"] == 0


def test_households_cross_the_tenth(county, cast, standing, hospital, person):
    a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    lines = tried(draft(county, cast.county, target="0.85"), cast.county).summary["all"]["lines"]
    tenth = next(line for line in lines if line["line"] == "tenth")
    assert (tenth["before"], tenth["after"], tenth["over"], tenth["under"]) == (0, 1, 1, 0)


def test_the_lines_of_a_year_are_those_of_the_county_s_rules_of_warning(
    county, cast, standing, hospital, person
):
    a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    before = tried(standing, cast.county).summary["all"]["lines"]
    put_in_force(county.county, "xian_2025", cast.county)
    after = tried(standing, cast.county).summary["all"]["lines"]
    assert [line["line"] for line in before] == ["tenth"]
    assert [line["line"] for line in after] == ["tenth", "10000", "26000"]


def test_nothing_real_is_written(county, cast, standing, hospital, person):
    a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    before = money()
    run = tried(draft(county, cast.county, target="0.95"), cast.county)
    sides_of(changed_bills(cast.county, run).get())
    assert money() == before


def test_both_explanations_of_a_bill_agree_with_the_run(county, cast, standing, hospital, person):
    for month in (2, 6):
        a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, month, 3))
    run = tried(draft(county, cast.county, ceiling="1000"), cast.county)
    changed = changed_bills(cast.county, run).get()
    sides = sides_of(changed)
    assert sides.before.line("basic").amount == Decimal(700)
    assert sides.after.line("basic").amount == Decimal(300)
    assert (sides.before.patient, sides.after.patient) == (changed.patient_before, changed.patient_after)


def test_bills_for_health_staff_only_are_in_no_figure_of_others(county, cast, standing, hospital, person):
    a_settled_bill(
        person, standing, hospital, cast.clerk, left=date(2025, 5, 3), is_sensitive=True, icd10="F20.000"
    )
    run = tried(draft(county, cast.county, target="0.95"), cast.county)
    office = a_user(Role.COUNTY_STAFF, county.county, sector=Sector.ADMINISTRATION)
    assert run.summary["all"]["bills"] == 1
    assert run.summary["plain"]["bills"] == 0
    assert run.summary["plain"]["diseases"] == []
    assert changed_bills(cast.county, run).count() == 1
    assert changed_bills(office, run).count() == 0


def test_a_run_is_worked_through_once(cast, standing):
    asked = ask_simulation(version=standing, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=cast.county)
    assert run_simulation(simulation_id=asked.pk, at=timezone.now())
    assert not run_simulation(simulation_id=asked.pk, at=timezone.now())


def test_a_stopped_run_is_not_begun(cast, standing):
    asked = ask_simulation(version=standing, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=cast.county)
    assert cancel_simulation(simulation=asked, by=cast.county)
    assert not run_simulation(simulation_id=asked.pk, at=timezone.now())
    assert not cancel_simulation(simulation=asked, by=cast.county)


def test_a_lost_run_is_begun_again_and_given_up_after_three(cast, standing):
    asked = ask_simulation(version=standing, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=cast.county)
    row = Simulation.objects.filter(pk=asked.pk)
    row.update(state="running", attempts=2)
    later = timezone.now() + timedelta(hours=1)
    assert requeue_stale_simulations(older_than=later) == [asked.pk]
    assert waiting() == [asked.pk]
    row.update(state="running", attempts=3)
    assert requeue_stale_simulations(older_than=later) == []
    assert row.get().state == "failed"


def test_a_failing_run_ends_as_failed(cast, standing, hospital, person):
    kept = a_settled_bill(person, standing, hospital, cast.clerk, left=date(2025, 5, 3))
    asked = ask_simulation(version=standing, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=cast.county)
    Simulation.objects.filter(pk=asked.pk).update(text="nothing")
    run_simulation(simulation_id=asked.pk, at=timezone.now())
    asked.refresh_from_db()
    assert (asked.state, asked.error, kept.is_standing) == ("failed", "unexpected", True)


def test_a_text_with_mistakes_is_not_tried(county, cast):
    wrong = a_draft_policy(county.county, cast.county, text=POLICY_TEXT.replace("0.70", "1.2"))
    with pytest.raises(ValidationError):
        ask_simulation(version=wrong, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=cast.county)


def test_days_the_wrong_way_round_are_refused(cast, standing):
    with pytest.raises(ValidationError):
        ask_simulation(version=standing, from_on=LAST_YEAR[1], to_on=LAST_YEAR[0], by=cast.county)


@pytest.mark.parametrize("role", ["doctor", "clerk", "township", "auditor"])
def test_other_roles_try_nothing(cast, standing, role):
    with pytest.raises(PermissionDenied):
        ask_simulation(version=standing, from_on=LAST_YEAR[0], to_on=LAST_YEAR[1], by=getattr(cast, role))


def test_no_bills_are_no_result():
    assert replay(None, []) == []
