"""Severe mental disorder and tuberculosis: marked at the write, hidden on every way out, ended by a closing."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from followups.choices import DutyState, NeedKind
from followups.models import Attempt, Conflict, Duty, Need, Visit
from followups.protocols.library import editions, forms_for
from followups.services.visits import amend_visit, record_visit
from healthaid.journeys.nightly import make_duties
from households.models import Condition
from households.services.diseases import read_diseases
from tests.factories.followups import TODAY, a_duty
from tests.factories.registry import a_condition, a_household, a_person
from tests.factories.special_forms import (
    a_special_body,
    closing_answers,
    doses_answers,
    mental_answers,
    supplement_answers,
)

MENTAL, TUBERCULOSIS, CLOSING = "severe_mental_disorder", "tuberculosis", "tuberculosis_closing"
WORDS = ("严重精神障碍", "肺结核", "精神", "漏服药", "不稳定")


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def ill(person):
    a_condition(person, MENTAL, confirmed_on=date(2024, 1, 5))
    return person


@pytest.fixture
def treated(person):
    a_condition(person, TUBERCULOSIS, confirmed_on=date(2026, 5, 20))
    return person


@pytest.fixture
def record(cast):
    def send(person, protocol, answers, on=TODAY, **more):
        body = a_special_body(person, protocol, answers, visited_on=on.isoformat(), **more)
        receipt = record_visit(body=body, by=cast.doctor, received_on=TODAY)
        assert receipt.status in ("accepted", "conflict"), receipt.problems
        return receipt

    return send


def owed(person, protocol, **more):
    return a_duty(person, protocol=protocol, is_sensitive=True, **more)


def test_every_form_of_a_sensitive_disease_is_sensitive_and_no_other():
    diseases = {disease.code for disease in read_diseases() if disease.is_sensitive}
    followed = {form.key for form in editions() if diseases & set(form.applies.diseases)}
    assert followed == {form.key for form in editions() if form.sensitive}
    assert forms_for(TUBERCULOSIS) == [TUBERCULOSIS, CLOSING, "tuberculosis_first"]


# A warning is of a household's sum; who may not see a confidential bill sees none of the bills behind it.
# A case of identification needs the opinions of both sides; its disease is named to health staff only.
SHOWN_WITHOUT = {"BurdenWarning.settlement", "IdentificationCase.condition"}


def test_scoped_rows_that_hang_on_a_sensitive_one_say_so():
    """Whatever is listed by village and points at a visit, duty, need, referral, condition or case."""
    models = [model for model in apps.get_models() if hasattr(model, "VILLAGE")]
    hiding = {model for model in models if getattr(model, "SENSITIVE", "")}
    open_ones = {
        f"{model.__name__}.{field.name}"
        for model in models
        if model not in hiding
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in hiding
    }
    assert open_ones == SHOWN_WITHOUT


def test_a_visit_and_its_return_duty_and_need_are_marked_at_the_write(ill, record):
    record(ill, MENTAL, mental_answers(risk="3", symptom_level="3", symptoms=["7"]))
    visit = Visit.objects.get()
    assert (visit.visit_class, visit.is_controlled, visit.is_sensitive) == ("1", False, True)
    assert Need.objects.get(kind=NeedKind.HOSPITAL).is_sensitive
    assert all(duty.is_sensitive for duty in Duty.objects.filter(why__visit=str(visit.pk)))


def test_class_3_is_stable_and_controlled(ill, record):
    record(ill, MENTAL, mental_answers())
    visit = Visit.objects.get()
    assert (visit.visit_class, visit.is_controlled) == ("3", True)


def test_a_visit_for_hypertension_to_the_same_person_is_open_to_all(ill, record):
    record(ill, "hypertension", {"sbp": 130, "dbp": 80, "symptoms": ["1"], "adr": "1", "complications": "1"})
    assert not Visit.objects.get().is_sensitive


def test_an_amendment_is_marked_as_well(ill, record, cast):
    first = record(ill, MENTAL, mental_answers())
    more = mental_answers(insight="2")
    amend_visit(supersedes=first.visit.pk, answers=more, reason="看错", by=cast.doctor, on=TODAY)
    assert list(Visit.objects.values_list("is_sensitive", flat=True)) == [True, True]


class TestOtherStaffSeeNothing:
    """Township staff of the administration, beside health staff of the same township."""

    @pytest.fixture
    def known(self, ill, record):
        """Two visits of one day, so that there is a conflict; a need; an open duty, tried once in vain."""
        duty = owed(ill, MENTAL)
        body = mental_answers(risk="3", symptom_level="3", symptoms=["7"])
        visit = record(ill, MENTAL, body, duty=duty.pk).visit
        record(ill, MENTAL, mental_answers(insight="3", symptom_level="2", symptoms=["1"]))
        later = owed(ill, MENTAL, starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))
        Attempt.objects.create(
            uuid="01a20169-2e00-7000-8000-000000000001",
            duty=later,
            attempted_on=TODAY,
            reason="1",
            by=visit.by,
        )
        return visit

    @pytest.mark.parametrize("model", [Visit, Duty, Need, Conflict, Attempt])
    def test_in_no_list(self, known, cast, model):
        assert model.objects.visible_to(cast.township).exists()
        assert not model.objects.visible_to(cast.township_administration).exists()

    @pytest.mark.parametrize(("name", "key"), [("household", "household"), ("person", "person")])
    def test_on_no_page_of_the_person_or_household(self, known, cast, signed_in, name, key):
        url = reverse(f"households:{name}", args=[getattr(known, key).uuid])
        assert "严重精神障碍" in signed_in(cast.township).get(url).content.decode()
        text = signed_in(cast.township_administration).get(url).content.decode()
        assert [word for word in WORDS if word in text] == []

    def test_by_no_address_of_its_own(self, known, cast, signed_in):
        conflict = Conflict.objects.get()
        for url in (
            reverse("followups:visit", args=[known.pk]),
            reverse("followups:conflict", args=[conflict.pk]),
            reverse("followups:need", args=[Need.objects.get().uuid]),
        ):
            assert signed_in(cast.township).get(url).status_code == 200, url
            assert signed_in(cast.township_administration).get(url).status_code == 404, url

    @pytest.mark.parametrize("name", ["conflicts", "needs", "not_found_list"])
    def test_on_no_work_list(self, known, cast, signed_in, name):
        text = signed_in(cast.township_administration).get(reverse(f"followups:{name}")).content.decode()
        assert [word for word in (*WORDS, known.person.name) if word in text] == []


def test_a_closing_ends_the_disease_and_what_is_owed_for_it(treated, record):
    duty, other = owed(treated, TUBERCULOSIS), a_duty(treated)
    record(treated, CLOSING, closing_answers())
    visit = Visit.objects.get()
    assert (visit.visit_class, visit.answers["adherence_rate"], visit.next_on) == ("a", 90, None)
    condition = Condition.objects.get()
    assert (condition.ended_on, condition.end_reason) == (date(2026, 11, 16), "treatment_ended")
    duty.refresh_from_db()
    other.refresh_from_db()
    assert (duty.state, duty.close_reason) == (DutyState.CANCELLED, "treatment_ended")
    assert other.state == DutyState.OPEN


def test_a_corrected_closing_ends_it_on_the_corrected_day(treated, record, cast):
    duty = owed(treated, TUBERCULOSIS)
    first = record(treated, CLOSING, closing_answers())
    more = closing_answers(stop_date="2026-11-10")
    amend_visit(supersedes=first.visit.pk, answers=more, reason="日期写错", by=cast.doctor, on=TODAY)
    assert Condition.objects.get().ended_on == date(2026, 11, 10)
    duty.refresh_from_db()
    assert duty.state == DutyState.CANCELLED


def test_a_closing_by_death_marks_the_person_as_deceased(treated, record):
    record(treated, CLOSING, closing_answers(stop_reason="2", death_date="2026-11-15"))
    treated.refresh_from_db()
    assert (treated.left_on, treated.left_reason) == (date(2026, 11, 15), "died")
    assert not Visit.objects.get().is_face_to_face


def test_more_doses_than_planned_are_refused(treated, cast):
    body = a_special_body(treated, CLOSING, closing_answers(doses_taken=181))
    receipt = record_visit(body=body, by=cast.doctor, received_on=TODAY)
    assert [(problem.field, problem.code) for problem in receipt.problems] == [("doses_taken", "more_than")]


def test_a_first_visit_in_vain_asks_for_a_second_and_then_for_a_report(treated, record):
    for on, action in ((TODAY - timedelta(1), "try_again"), (TODAY, "report_county")):
        record(treated, "tuberculosis_first", {"lost_reason": "1"}, on)
        visit = Visit.objects.get(visited_on=on)
        assert visit.assessment["action"] == action
        assert (visit.visit_class, visit.is_face_to_face) == ("", False)


def test_doses_watched_by_the_family_are_followed_every_ten_days(treated, record):
    record(treated, TUBERCULOSIS, doses_answers())
    assert Visit.objects.get().next_on == TODAY + timedelta(days=10)


class TestConsent:
    """B1.3: without consent the person is registered all the same, and owed no service."""

    SUPPLEMENT = "severe_mental_supplement"

    @pytest.fixture
    def ask(self, ill, record):
        def send(consent, on=TODAY):
            more = {"consent": consent, "consent_signed_on": on.isoformat()}
            return record(ill, self.SUPPLEMENT, supplement_answers(**more), on).visit

        return send

    def test_a_refusal_keeps_the_person_registered_and_stops_the_service(self, ill, ask):
        duty, other = owed(ill, MENTAL), a_duty(ill, protocol="annual_exam", rule="annual_exam")
        ask("0")
        assert [(c.is_managed, c.ended_on) for c in Condition.objects.all()] == [(False, None)]
        duty.refresh_from_db(), other.refresh_from_db()
        assert (duty.state, duty.close_reason, other.state) == (
            DutyState.CANCELLED,
            "declined",
            DutyState.OPEN,
        )

    def test_nothing_new_is_owed_and_nothing_is_opened_again_at_night(self, ill, ask):
        owed(ill, MENTAL, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
        ask("0")
        make_duties(on=TODAY + timedelta(1))
        assert not Duty.objects.filter(protocol=MENTAL, state=DutyState.OPEN).exists()

    def test_a_visit_made_all_the_same_asks_for_no_return_visit(self, ill, ask, record):
        ask("0", TODAY - timedelta(3))
        record(ill, MENTAL, mental_answers(risk="3"), TODAY - timedelta(1))
        make_duties(on=TODAY)
        assert not Duty.objects.filter(protocol=MENTAL).exists()

    def test_who_refused_is_asked_again_in_the_next_year_and_not_before(self, ill, ask):
        ask("0", date(2026, 6, 10))
        make_duties(on=TODAY)
        assert Duty.objects.get(rule="consent_yearly").state == DutyState.DONE
        make_duties(on=date(2027, 1, 4))
        again = Duty.objects.get(rule="consent_yearly", state=DutyState.OPEN)
        assert (again.protocol, again.starts_on) == (self.SUPPLEMENT, date(2027, 1, 1))
        assert date(2027, 1, 1) < again.due_on <= date(2027, 6, 10)

    def test_who_agrees_is_not_asked_every_year(self, ill, ask):
        ask("1")
        make_duties(on=TODAY)
        assert not Duty.objects.filter(rule="consent_yearly").exists()

    def test_consent_given_later_brings_the_service_back(self, ill, ask):
        duty = owed(ill, MENTAL, ends_on=date(2026, 12, 31))
        ask("0", TODAY - timedelta(8))
        ask("1")
        duty.refresh_from_db()
        assert Condition.objects.get().is_managed
        assert (duty.state, duty.closed_on, duty.close_reason) == (DutyState.OPEN, None, "")

    def test_the_question_of_the_next_year_is_taken_back_by_a_consent_on_another_way(self, ill, ask):
        ask("0", date(2025, 6, 10))
        make_duties(on=date(2026, 11, 1))
        assert Duty.objects.get(rule="consent_yearly").state == DutyState.OPEN
        ask("1")
        assert Duty.objects.get(rule="consent_yearly").state == DutyState.DONE

    def test_an_older_answer_that_arrives_late_changes_nothing(self, ill, ask):
        ask("0")
        ask("1", TODAY - timedelta(4))
        assert not Condition.objects.get().is_managed

    def test_a_refusal_recorded_by_mistake_is_undone_with_its_correction(self, ill, ask, cast):
        duty = owed(ill, MENTAL, ends_on=date(2026, 12, 31))
        wrong = ask("0")
        right = supplement_answers(consent="1", consent_signed_on=TODAY.isoformat())
        amend_visit(supersedes=wrong.pk, answers=right, reason="勾错了", by=cast.doctor, on=TODAY)
        duty.refresh_from_db()
        assert (Condition.objects.get().is_managed, duty.state) == (True, DutyState.OPEN)

    def test_each_change_stays_in_the_history(self, ill, ask):
        ask("0", TODAY - timedelta(5)), ask("1")
        event = apps.get_model("households", "ConditionEvent")
        assert list(event.objects.order_by("pgh_id").values_list("is_managed", flat=True)) == [
            True,
            False,
            True,
        ]

    def test_who_refused_stands_on_the_townships_list_with_the_day(self, ill, ask, cast, signed_in):
        ask("0", TODAY - timedelta(3))
        page = signed_in(cast.township).get(reverse("followups:declined_list"))
        (row,) = page.context["rows"]
        assert (row["name"], row["asked_on"], row["told_by"]) == (ill.name, TODAY - timedelta(3), "张父")
        assert not row["is_due"]
        page = signed_in(cast.doctor).get(reverse("households:person", args=[ill.uuid]))
        assert "不安排随访" in page.content.decode()

    def test_the_list_says_who_is_to_be_asked_again(self, ill, ask, cast, signed_in):
        ask("0", date(2025, 11, 20))
        (row,) = signed_in(cast.doctor).get(reverse("followups:declined_list")).context["rows"]
        assert row["is_due"]

    def test_staff_outside_health_see_nobody_on_the_list_and_no_way_to_it(self, ill, ask, cast, signed_in):
        ask("0")
        client = signed_in(cast.township_administration)
        page = client.get(reverse("followups:declined_list"))
        assert page.context["rows"] == []
        assert not any(word in page.content.decode() for word in (*WORDS, ill.name))
        assert "不同意管理" not in client.get(reverse("followups:teams")).content.decode()
