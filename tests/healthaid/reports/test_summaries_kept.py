"""What is kept is what one counts, whatever was written in between, and by whom, and when it was committed."""

from datetime import date, timedelta
from random import Random

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from core.accounts.models import Area, Level
from core.base.periods import month_start
from core.clinics.models import CareCircle
from followups.models import Attempt, Contract, Duty, Pairing
from followups.services.needs import open_need
from followups.services.visits import amend_visit, record_visit
from healthaid.reports.indicators import INDICATORS, quarter_so_far
from healthaid.reports.models import Summary, Touched
from healthaid.reports.queries import changes, summaries
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.board import board as live
from healthaid.reports.queries.changes import changed
from healthaid.reports.services.summaries import checking, counting, months, refreshing
from households.models import Disease, Enrolment, Exam, Household, Person
from households.services import imports
from households.services.exams import record_exam
from tests.factories.facts import a_visit_to, an_attempt_at
from tests.factories.followups import a_body, answers
from tests.factories.ground import a_practitioner, an_area, an_institution
from tests.factories.registers import csv_register, household
from tests.factories.registry import a_condition, a_household, a_person
from tests.healthaid.reports.test_summaries import shown

pytestmark = pytest.mark.django_db(transaction=True)
ALL = list(INDICATORS.values())


def parameters() -> str:
    given = connection.get_connection_params()
    return make_conninfo(
        **{name: given[name] for name in ("host", "port", "user", "password", "dbname") if name in given}
    )


def residents(on: date) -> int:
    row = Summary.objects.get(area__name="岳塘区", month=month_start(on), sees_sensitive=True)
    return row.figures["residents"][1]


def stale(on: date) -> set[str]:
    found = changed(counties=[county.pk for county in refreshing.counties()], on=on)
    return set(Area.objects.filter(pk__in=found).values_list("name", flat=True))


def refresh(on: date) -> int:
    return refreshing.refresh_all(on=on, at=timezone.now())


def recount(county: Area, on: date) -> int:
    return refreshing.recount(county=county, on=on, at=timezone.now())


def wrong(on: date) -> list[str]:
    """Where the kept rows say something else than counting, for areas of every level and for both eyes."""
    found = [str(each) for each in checking.check_sample(on=on, size=1000)["differences"]]
    for area in Area.objects.exclude(level=Level.PREFECTURE):
        for sees in (True, False):
            under = below(area)
            cut = quarter_so_far(under.villages, on=on, today=on, sees_sensitive=sees)
            kept, counted = summaries.board(area, under, cut, ALL), live(area, under, cut, ALL)
            if (shown(kept), kept.empty) != (shown(counted), counted.empty):
                found.append(f"{area} {sees}")
    return found


def test_a_county_of_many_people_is_counted_lot_by_lot(township, today, monkeypatch):
    monkeypatch.setattr(counting, "PORTION", 2)
    villages = Area.objects.filter(level=Level.VILLAGE).count()
    assert refresh(today) == villages
    assert (wrong(today), stale(today)) == ([], set())
    a_person(a_household(Area.objects.get(name="顺江村村委会")))
    assert sum(recount(each, today) for each in refreshing.counties()) == villages
    assert (wrong(today), stale(today)) == ([], set())


@pytest.fixture
def kept(township, today):
    refresh(today)
    assert stale(today) == set()
    return township


def a_death(kept, cast, today):
    Person.objects.filter(pk=kept.wife.pk).update(left_on=today, left_reason="death")


def a_move(kept, cast, today):
    there = Area.objects.get(name="顺江村村委会")
    Household.objects.filter(pk=kept.home.pk).update(village=there)


def a_visit(kept, cast, today):
    a_visit_to(kept.head, cast.doctor, today, sbp=180, dbp=100, is_controlled=False)


def a_correction(kept, cast, today):
    body = a_body(kept.neighbour, visited_on=today.isoformat())
    made = record_visit(body=body, by=cast.colleague, received_on=today).visit
    refresh(today)
    amend_visit(supersedes=made.uuid, answers=answers(sbp=170), reason="看错", by=cast.colleague, on=today)


def an_end_of_a_duty(kept, cast, today):
    Duty.objects.filter(person=kept.head, state="open").update(state="missed", closed_on=today)


def a_need(kept, cast, today):
    open_need(
        person=kept.neighbour, kind="cost", description="药费", due_on=today, by=cast.colleague, on=today
    )


def a_contract_gone(kept, cast, today):
    Contract.objects.filter(person=kept.wife).delete()


def a_disease_found(kept, cast, today):
    a_condition(kept.son, "type2_diabetes")


def a_disease_listed_anew(kept, cast, today):
    Disease.objects.filter(code="hypertension").update(catalogues=["11"])


def a_person_gone(kept, cast, today):
    Person.objects.filter(pk=kept.other.pk).delete()


def an_exam(kept, cast, today):
    record_exam(
        person=kept.wife.pk, village=kept.wife.village_id, institution=None, on=today, is_normal=True,
        findings={}, advice="",
    )  # fmt: skip


def an_exam_gone(kept, cast, today):
    Exam.objects.all().delete()


def an_enrolment_gone(kept, cast, today):
    Enrolment.objects.filter(person=kept.head).delete()


def a_closed_door(kept, cast, today):
    an_attempt_at(Duty.objects.filter(person=kept.head).first(), today, cast.doctor)


def a_closed_door_forgotten(kept, cast, today):
    Attempt.objects.all().delete()


def a_way_measured(kept, cast, today):
    CareCircle.objects.update(minutes=40)


def a_pair(kept, cast, today):
    Pairing.objects.create(
        household=kept.home,
        practitioner=a_practitioner(an_institution(kept.home.village)),
        period=(today, None),
        by=cast.doctor,
    )


LIANHE, SHUNJIANG, QINGSHUI = "联合村村委会", "顺江村村委会", "清水村村委会"
CHANGES = {
    a_visit: {LIANHE},
    a_correction: {SHUNJIANG},
    an_end_of_a_duty: {LIANHE},
    a_need: {SHUNJIANG},
    a_contract_gone: {LIANHE},
    a_disease_found: {LIANHE},
    an_exam: {LIANHE},
    an_exam_gone: {LIANHE},
    an_enrolment_gone: {LIANHE},
    a_pair: {LIANHE},
    a_closed_door: {LIANHE},
    a_closed_door_forgotten: {LIANHE},
    a_way_measured: {LIANHE},
    a_death: {LIANHE},
    a_move: {LIANHE, SHUNJIANG},
    a_person_gone: {QINGSHUI},
    a_disease_listed_anew: {LIANHE, SHUNJIANG, QINGSHUI, "远村村委会"},
}


def test_a_change_is_seen_where_it_happened_and_counted_there(kept, cast, today):
    """One after another on one township, for the sake of time."""
    for change, villages in CHANGES.items():
        change(kept, cast, today)
        assert stale(today) == villages, change
        assert wrong(today) == [], change
        assert refresh(today) == len(villages), change
        assert checking.check_sample(on=today)["differences"] == [], change
    assert wrong(today) == []


def test_what_commits_after_the_count_is_not_taken_for_counted(kept, today):
    """The change is written before the count and committed after it: no clock would tell."""
    with psycopg.connect(parameters()) as other:
        other.execute(
            "UPDATE households_person SET left_on = %s, left_reason = 'death' WHERE id = %s",
            [today, kept.wife.pk],
        )
        a_person(kept.home, name="新来人", relation="20")
        assert refresh(today) == 1
        assert stale(today) == set()
    assert stale(today) == {LIANHE}
    assert refresh(today) == 1
    assert wrong(today) == []


def test_a_long_transaction_elsewhere_makes_nobody_count_twice(kept, today):
    with psycopg.connect(parameters()) as other:
        other.execute("UPDATE households_person SET sex = sex WHERE id = %s", [kept.other.pk])
        a_person(kept.home, name="新来人", relation="20")
        assert [refresh(today), refresh(today)] == [1, 0]
        other.rollback()


def test_an_undone_import_leaves_nothing_in_the_figures(kept, cast, today, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    before = residents(today)
    content = csv_register([*household(1, size=3), *household(2)])
    found = imports.receive_register(file=SimpleUploadedFile("岳塘区.csv", content), by=cast.county)
    imports.run_preview(import_id=found.pk, on=today)
    found.refresh_from_db()
    imports.order_apply(register_import=found, effective_on=today, by=cast.county, on=today)
    imports.run_apply(import_id=found.pk, on=today)
    assert refresh(today) > 0
    assert residents(today) > before
    found.refresh_from_db()
    imports.order_undo(register_import=found, by=cast.county)
    imports.run_undo(import_id=found.pk)
    assert refresh(today) > 0
    assert (residents(today), wrong(today)) == (before, [])


def test_an_area_that_moves_takes_its_figures_along(kept, county, today):
    Area.objects.filter(pk=county.shunjiang.pk).update(parent=county.hetang)
    assert len(stale(today)) == 4
    assert wrong(today) == []
    refresh(today)
    assert wrong(today) == []


def test_a_new_day_and_a_new_village_are_counted(kept, county, today):
    a_person(a_household(an_area(Level.VILLAGE, "430304999201", "新村村委会", county.hetang)), name="新村人")
    assert wrong(today) == []
    refresh(today)
    assert wrong(today) == []
    tomorrow = today + timedelta(1)
    assert wrong(tomorrow) == []
    assert refresh(tomorrow) == 5
    assert wrong(tomorrow) == []


def test_other_definitions_make_every_village_count_again(kept, today, monkeypatch):
    monkeypatch.setattr(changes, "_DEFINITIONS", "other")
    assert wrong(today) == []
    assert refresh(today) == 4


def test_many_changed_villages_are_said_to_be_counted_again(kept, county, today, monkeypatch):
    monkeypatch.setattr(summaries, "LIVE", 0)
    a_person(kept.home, name="新来人", relation="20")
    cut = quarter_so_far(below(county.dongping).villages, on=today, today=today, sees_sensitive=True)
    found = summaries.board(county.dongping, below(county.dongping), cut, ALL)
    assert found.recounting == 1
    assert found.counted_at is not None


def test_a_closed_month_stays_as_it_stood(kept, county, today):
    end = months.month_ends(on=today, n=1)[0]
    assert months.close_month(today=today, at=timezone.now()) == 4
    assert months.close_month(today=today, at=timezone.now()) == 0
    Person.objects.filter(pk=kept.wife.pk).update(left_on=end, left_reason="death")
    trend = summaries.months(county.county, 2, ALL, on=today, today=today, sees_sensitive=True)
    assert [month for month, _figures in trend] == [month_start(end), month_start(today)]
    assert [figures["residents"].whole for _month, figures in trend] == [5, 4]


def test_writes_at_random_leave_kept_and_counted_equal(kept, cast, today):
    random = Random(6)
    for change in random.sample(list(CHANGES), len(CHANGES)):
        change(kept, cast, today)
        if random.random() < 0.4:
            refresh(today)
    assert wrong(today) == []
    refresh(today)
    assert wrong(today) == []


def test_a_spoiled_row_is_found_by_the_nightly_sample(kept, county, today, caplog):
    row = Summary.objects.get(area=county.lianhe, month=month_start(today), sees_sensitive=True)
    row.figures["residents"] = [0, 99]
    row.save()
    [found] = checking.check_sample(on=today)["differences"]
    assert (found["area"], found["codes"]) == (county.lianhe.pk, ["residents"])


def test_marks_are_taken_away_once_counted(kept, today):
    an_exam_gone(kept, None, today)
    assert refresh(today) == 1
    refreshing.forget_touches()
    assert not Touched.objects.exists()


def test_a_page_of_kept_figures_asks_no_fact_and_costs_the_same_for_any_number(
    kept, county, cast, today, signed_in
):
    client, url = signed_in(cast.county), reverse("reports:dashboard")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(6):
        village = an_area(Level.VILLAGE, f"4303040022{number + 20}", f"村{number}", county.dongping)
        a_person(a_household(village))
    refresh(today)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert page.context["recounting"] == 0
    assert len(many) == len(few) <= 12
    assert not [query["sql"] for query in many if "FROM households_person p" in query["sql"]]
