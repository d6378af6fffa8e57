"""Two years of work in the demo: forms that the product accepts, its own verdicts, duties by its own rules."""

from datetime import date
from decimal import Decimal

import pytest

from followups.models import Duty, Visit
from followups.protocols.assessment import PastVisit, assess
from followups.protocols.library import edition
from followups.protocols.validation import Context, clean
from followups.rules import all_rules
from followups.services.generation import generate_duties
from households.models import Person
from tests.healthaid.demo.conftest import ON, one, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def about(person: Person | None, on: date) -> Context:
    return Context(on=on, birth_date=person.birth_date, sex=person.sex) if person else Context(on=on)


def test_every_form_is_one_that_the_product_accepts_unchanged():
    everything = Visit.objects.select_related("person").order_by("uuid")
    sample = [*everything[::40], *everything.filter(is_sensitive=True)[::20]]
    assert {visit.protocol for visit in sample} >= {"hypertension", "type2_diabetes", "home_visit"}
    for visit in sample:
        form = edition(f"{visit.protocol}_{visit.edition}")
        cleaned = clean(form, visit.answers, context=about(visit.person, visit.visited_on))
        assert cleaned.valid, cleaned.errors
        assert cleaned.as_json() == visit.answers


def test_every_verdict_is_the_products_own():
    patients = rows(
        """SELECT person_id, protocol FROM followups_visit WHERE person_id IS NOT NULL
            GROUP BY 1, 2 ORDER BY md5(person_id::text || protocol) LIMIT 40"""
    )
    for person_id, protocol in patients:
        person, past = Person.objects.get(pk=person_id), []
        for visit in Visit.objects.filter(person=person_id, protocol=protocol).order_by("visited_on"):
            form = edition(f"{protocol}_{visit.edition}")
            who = about(person, visit.visited_on)
            answers = clean(form, visit.answers, context=who).answers
            judged = assess(form, answers, past, on=who.on, birth_date=who.birth_date, sex=who.sex)
            assert visit.assessment == judged.as_json()
            assert (visit.visit_class, visit.is_controlled) == (judged.cls, judged.controlled)
            past.append(PastVisit(visit.visited_on, answers))


def test_numbers_beside_the_answers_repeat_them():
    for name in ("sbp", "dbp", "fpg"):
        differing = one(
            f"SELECT count(*) FROM followups_visit WHERE (answers->>'{name}')::numeric IS DISTINCT FROM {name}"
        )
        assert differing == 0, name
    assert one("SELECT count(*) FROM followups_visit WHERE next_on::text <> answers->>'next_date'") == 0


def test_two_years_of_visits_lie_behind_the_demo():
    assert one("SELECT min(visited_on) FROM followups_visit") < date(2024, 12, 1)
    assert Visit.objects.exclude(protocol="home_visit").count() > 6000
    assert Visit.objects.filter(protocol="home_visit").count() > 10_000


def test_control_rates_are_those_of_a_county_with_work_to_do():
    for protocol in ("hypertension", "type2_diabetes"):
        controlled = one(
            """SELECT avg((is_controlled IS TRUE)::int) FROM (
                   SELECT DISTINCT ON (person_id) is_controlled FROM followups_visit
                    WHERE protocol = %s AND visited_on >= '2026-01-01' AND is_face_to_face
                    ORDER BY person_id, visited_on DESC) last""",
            protocol,
        )
        assert Decimal("0.45") <= controlled <= Decimal("0.80"), protocol


def test_winter_readings_are_higher_than_summer_ones():
    average = "SELECT avg(sbp) FROM followups_visit WHERE protocol = 'hypertension' AND extract(month FROM visited_on) "
    assert one(average + "IN (12, 1, 2)") > one(average + "IN (6, 7, 8)") + 2


def test_some_readings_are_missing_and_some_are_emergencies():
    assert (
        one("SELECT count(*) FROM followups_visit WHERE NOT is_assessable AND protocol <> 'home_visit'") > 50
    )
    assert one("SELECT count(*) FROM followups_visit WHERE (assessment->>'urgent')::boolean") > 10


def test_past_duties_are_mostly_done_and_fall_behind_in_two_villages():
    past = "SELECT avg((state = 'done')::int) FROM followups_duty d JOIN accounts_area a ON a.id = d.village_id WHERE ends_on < %s"
    assert Decimal("0.85") <= one(past, ON) <= Decimal("0.97")
    for village in ("清水村委会", "顺江村村委会"):
        assert one(past + " AND a.name = %s", ON, village) < Decimal("0.84")
    assert one(past + " AND a.name = '指方村委会'", ON) > Decimal("0.87")


def test_a_done_duty_was_fulfilled_by_a_visit_that_counts():
    for code, rule in all_rules().items():
        wrong = one(
            """SELECT count(*) FROM followups_duty d JOIN followups_visit v ON v.uuid = d.visit_id
                WHERE d.rule = %s AND d.state = 'done'
                  AND NOT (v.visited_on BETWEEN d.starts_on AND d.ends_on + %s
                           AND v.mode = ANY(%s) AND v.household_id = d.household_id
                           AND d.closed_on = v.visited_on)""",
            *(code, rule.late_days, list(rule.modes)),
        )
        assert wrong == 0, code


def test_no_visit_fulfils_two_duties_of_one_rule_and_form():
    twice = one(
        """SELECT count(*) FROM (SELECT 1 FROM followups_duty WHERE visit_id IS NOT NULL
                                  GROUP BY visit_id, rule, protocol HAVING count(*) > 1) x"""
    )
    assert twice == 0


def test_duties_of_the_present_window_were_left_to_generation_which_finds_nothing_more_to_add():
    assert Duty.objects.filter(rule="chronic_quarterly", starts_on="2026-10-01", state="open").count() > 200
    assert Duty.objects.filter(rule="household_fortnight", starts_on="2026-11-16").count() == 1268
    assert generate_duties(on=ON) == dict.fromkeys(all_rules(), 0)


def test_there_are_needs_in_every_state_each_with_its_log():
    states = dict(rows("SELECT state, count(*) FROM followups_need GROUP BY 1"))
    assert set(states) == {"open", "in_progress", "met", "unmet"}
    assert one("SELECT count(*) FROM followups_need WHERE closed_on IS NULL AND due_on < %s", ON) > 3
    assert one("SELECT count(*) FROM followups_need WHERE state = 'unmet' AND kind = 'cost'") >= 1
    assert (
        one(
            "SELECT count(*) FROM followups_need n WHERE NOT EXISTS (SELECT 1 FROM followups_needstep s WHERE s.need_id = n.id)"
        )
        == 0
    )


def test_three_attempts_close_a_duty_and_fewer_do_not():
    assert (
        one(
            """SELECT count(*) FROM followups_duty d WHERE state = 'not_found'
                  AND (SELECT count(*) FROM followups_attempt a WHERE a.duty_id = d.id) <> 3"""
        )
        == 0
    )
    assert one("SELECT count(*) FROM followups_attempt") > 100
    assert one("SELECT count(*) FROM followups_duty WHERE state = 'not_found'") > 5


def test_sensitive_diseases_are_followed_on_their_own_forms_and_marked():
    assert one("SELECT count(*) FROM households_condition WHERE is_sensitive") > 30
    forms = dict(rows("SELECT protocol, count(*) FROM followups_visit WHERE is_sensitive GROUP BY 1"))
    assert forms["severe_mental_disorder"] > 200
    assert forms["tuberculosis"] > 50
    assert {"severe_mental_supplement", "tuberculosis_first", "tuberculosis_closing"} <= set(forms)
    told = "protocol ~ '^(severe_mental|tuberculosis)'"
    for table in ("visit", "duty"):
        assert one(f"SELECT count(*) FROM followups_{table} WHERE {told} AND NOT is_sensitive") == 0


def test_long_forms_are_filled_for_a_few_in_each_village():
    counted = dict(rows("SELECT protocol, count(*) FROM followups_visit GROUP BY 1"))
    assert all(
        counted[code] > 40 for code in ("annual_exam", "health_record", "major_disease", "discharge_care")
    )
    assert counted["annual_exam"] < 600


def test_an_examination_with_its_form_is_the_one_in_the_register():
    assert (
        one(
            """SELECT count(*) FROM followups_visit v
            WHERE v.protocol = 'annual_exam' AND NOT EXISTS (
                  SELECT 1 FROM households_exam x
                   WHERE x.person_id = v.person_id AND x.examined_on = v.visited_on
                     AND x.findings->>'visit' = v.uuid::text)"""
        )
        == 0
    )
