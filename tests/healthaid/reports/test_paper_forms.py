"""Forms on paper: the definition of the screen, laid out as the official sheet."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from core.audit.models import AccessLog
from followups.models import Visit
from followups.protocols.library import edition, editions
from healthaid.reports.documents.paper_form import Line, PaperForm, pdf
from healthaid.reports.presenters.paper_forms import empty, filled
from healthaid.reports.queries.paper_forms import record_number
from tests.factories.registry import a_household, a_person

ANSWERS = {"sbp": 152, "dbp": 96, "symptoms": ["2", "9"], "weight": 70, "weight_target": 66, "salt": "3"}


def a_visit(person, doctor, on=date(2026, 8, 3), protocol="hypertension", **more):
    return Visit.objects.create(
        uuid=uuid4(),
        household=person.household,
        person=person,
        village=person.household.village,
        county=person.household.village.county,
        protocol=protocol,
        edition=more.pop("edition", "2017"),
        visited_on=on,
        mode="2",
        by=doctor,
        answers=more.pop("answers", ANSWERS),
        **more,
    )


def line(form: PaperForm, label: str) -> Line:
    return next(each for block in form.blocks for each in block.lines if each.label == label)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def sheet(person, cast):
    visits = [a_visit(person, cast.doctor, visit_class="2")]
    with translation.override("en"):
        return filled(edition("hypertension_2017"), visits, by=cast.doctor, at=timezone.now())


def test_codes_stand_in_boxes_beside_their_legend(sheet):
    symptoms = line(sheet, "Symptoms")
    assert symptoms.cells[0].boxes == ("2", "9")
    assert symptoms.legend.startswith("1 No symptoms  2 Headache, dizziness")


def test_now_and_target_stand_on_both_sides_of_the_slash(sheet):
    assert line(sheet, "Weight").cells[0].words.replace(".0", "") == "70 / 66 kg"


def test_the_class_of_the_form_is_printed_with_its_meaning(sheet):
    judged = line(sheet, "Class of this visit")
    assert judged.cells[0].boxes == ("2",) and "2 Not controlled" in judged.legend


def test_blood_pressure_is_one_line_as_on_the_paper(sheet):
    assert line(sheet, "Blood pressure").cells[0].words == "152/96 mmHg"


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.key)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_form_prints_empty_in_both_languages(form, language, cast):
    with translation.override(language):
        paper = empty(form, by=cast.doctor, at=timezone.now())
    questions = {each.label for block in paper.blocks for each in block.lines}
    assert len(questions) > 5
    assert pdf(paper).startswith(b"%PDF")


def test_an_old_visit_is_printed_by_its_own_edition(person, cast, signed_in):
    visit = a_visit(person, cast.doctor, edition="1999")
    answer = signed_in(cast.doctor).get(reverse("reports:visit_paper", args=[visit.pk]))
    assert answer.status_code == 404


def test_the_visits_of_one_year_stand_side_by_side(person, cast, signed_in):
    days = [date(2025, 12, 30), date(2026, 1, 9), date(2026, 4, 2), date(2026, 6, 5), date(2026, 8, 3)]
    visits = [a_visit(person, cast.doctor, on=day) for day in days]
    answer = signed_in(cast.doctor).get(reverse("reports:visit_paper", args=[visits[-1].pk]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert AccessLog.objects.get(purpose="纸质表：高血压患者随访服务记录表").count == 4


def test_a_form_nobody_knows_is_not_found(cast, signed_in):
    assert signed_in(cast.doctor).get(reverse("reports:empty_paper", args=["gout_1900"])).status_code == 404


def test_markup_in_an_answer_stays_text(person, cast):
    visit = a_visit(
        person, cast.doctor, answers={**ANSWERS, "symptoms_other": '#read("/etc/passwd") $x$ *b*'}
    )
    paper = filled(edition("hypertension_2017"), [visit], by=cast.doctor, at=timezone.now())
    assert pdf(paper).startswith(b"%PDF")


def constitution(person, doctor, **more):
    given = {f"question_{number}": "2" for number in range(1, 34)} | more
    return a_visit(person, doctor, protocol="tcm_constitution", edition="2013", answers=given)


def test_the_steps_of_a_scale_stand_side_by_side_with_the_chosen_one(person, cast):
    visit = constitution(person, cast.doctor, question_1="4")
    with translation.override("en"):
        form = filled(edition("tcm_constitution_2013"), [visit], by=cast.doctor, at=timezone.now())
    block = next(each for each in form.blocks if each.legend)
    assert block.legend.startswith("1 Never  2 Seldom")
    assert (block.lines[0].cells[0].steps, block.lines[0].cells[0].boxes) == (tuple("12345"), ("4",))
    assert pdf(form).startswith(b"%PDF")


def test_what_was_not_asked_stands_on_the_empty_sheet_only(person, cast):
    visit = constitution(person, cast.doctor)
    with translation.override("en"):
        key = edition("tcm_constitution_2013")
        made = [empty(key, by=cast.doctor, at=timezone.now())]
        made.append(filled(key, [visit], by=cast.doctor, at=timezone.now()))
    there = [{line.label for block in form.blocks for line in block.lines} for form in made]
    assert [("Balanced: other guidance" in labels) for labels in there] == [True, False]


def test_the_number_of_the_record_is_its_last_eight_digits(person, cast):
    visit = a_visit(person, cast.doctor)
    assert record_number(cast.doctor, visit) == ""
    a_visit(person, cast.doctor, protocol="health_record", answers={"archive_number": "43030400110300027"})
    assert record_number(cast.doctor, visit) == "103-00027"


def test_a_record_that_tells_of_a_hidden_disease_gives_no_number_away(person, cast):
    visit = a_visit(person, cast.doctor)
    number = {"archive_number": "43030400110300027"}
    a_visit(person, cast.doctor, protocol="health_record", is_sensitive=True, answers=number)
    assert record_number(cast.township_administration, visit) == ""
