"""Months of the three levels as the board counts them: visited within the month, all three answered for."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from followups.models import CaseAssignment, Duty
from followups.services.visits import record_visit
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Side, Slice
from healthaid.reports.queries.figures import figures
from healthaid.reports.queries.lists import rows
from tests.factories.followups import a_body, a_duty
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_condition, a_household, a_person

MONTH, ENDS, ON = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 18)
IN_TIME, LATE = date(2026, 10, 12), date(2026, 11, 3)
KEPT = INDICATORS["months_kept"]


@pytest.fixture
def duty(county) -> Duty:
    person = a_person(a_household(county.lianhe), health_class="major")
    a_condition(person)
    return a_duty(
        person, rule="major_monthly", protocol="major_disease", starts_on=MONTH, due_on=ENDS, ends_on=ENDS
    )


def named(duty: Duty, by, *levels: str) -> None:
    for level in levels:
        doctor = a_practitioner(an_institution(duty.village))
        CaseAssignment.objects.create(
            person=duty.person, level=level, practitioner=doctor, period=DateRange(MONTH, None), by=by
        )


def visited(duty: Duty, doctor, on: date) -> None:
    body = a_body(duty.person, visited_on=on.isoformat(), answers={"next_date": ""})
    visit = record_visit(body=body, by=doctor, received_on=ON).visit
    Duty.objects.filter(pk=duty.pk).update(state="done", visit=visit, closed_on=on)


def cut(county, on: date = ON) -> Slice:
    return Slice((county.lianhe.pk,), on, MONTH, past=on < ON, sees_sensitive=True)


def counted(county, on: date = ON) -> Figure:
    return figures(cut(county, on), [KEPT]).get(county.lianhe.pk, {}).get("months_kept", NOTHING)


def test_visited_in_its_month_with_all_three_named_is_kept(duty, county, cast):
    named(duty, cast.county, "village", "township", "county")
    visited(duty, cast.doctor, IN_TIME)
    assert counted(county) == Figure(1, 1)


@pytest.mark.parametrize(
    ("levels", "on"), [(("village", "township"), IN_TIME), (("village", "township", "county"), LATE)]
)
def test_without_one_of_the_three_or_late_it_is_not(duty, county, cast, levels, on):
    named(duty, cast.county, *levels)
    visited(duty, cast.doctor, on)
    assert counted(county) == Figure(0, 1)


def test_a_month_whose_visit_is_not_due_yet_is_not_judged(duty, county):
    assert counted(county, on=date(2026, 10, 30)) == NOTHING


def test_the_list_says_what_keeps_it_from_counting(duty, county, cast, signed_in):
    named(duty, cast.county, "village", "township")
    visited(duty, cast.doctor, IN_TIME)
    assert [row["levels"] for row in rows(cut(county), KEPT, Side.MISSING)] == [2]
    address = reverse("reports:list", args=["months_kept", "missing"])
    page = signed_in(cast.county).get(f"{address}?on=2026-11-18").content.decode()
    assert "三级医生已落实 2 名" in page and "已随访，未履约" in page
