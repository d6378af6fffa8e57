"""The visit form: built from its protocol, judged by it, and nothing typed is lost."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from followups.forms.visit import VisitForm
from followups.presenters.assessment import present_assessment
from followups.presenters.sheet import build_form_context
from followups.presenters.values import present_answers
from followups.protocols.assessment import PastVisit, assess
from followups.protocols.library import editions, protocol
from tests.followups.visit_pages import HISTORY, ON, Somebody

NUMBER = "019aa0b1-0000-7000-8000-000000000001"
ROUTINE = {
    "client_id": NUMBER, "visit_date": "2026-11-22", "visit_mode": "2", "next_date": "",
    "sbp": "128", "dbp": "78", "symptoms": ["1"], "adherence": "1", "adr": "1", "complications": "1",
}  # fmt: skip
PERSON = Somebody(date(1968, 5, 4))
pytestmark = pytest.mark.urls("tests.followups.visit_pages")


class Page(HTMLParser):
    """The inputs of a page by their name, and every id in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inputs: dict[str, list[dict[str, str | None]]] = {}
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag in ("input", "select", "textarea") and found.get("name"):
            self.inputs.setdefault(str(found["name"]), []).append(found)

    def value(self, name: str) -> str | None:
        return self.inputs[name][0].get("value")

    def checked(self, name: str) -> list[str | None]:
        return [found.get("value") for found in self.inputs[name] if "checked" in found]


def form(code: str = "hypertension", history: list[PastVisit] | None = None, **typed: Any) -> VisitForm:
    past = HISTORY if history is None else history
    return VisitForm(protocol(code, on=ON), typed or None, person=PERSON, history=past, on=ON)


def filled(code: str = "hypertension", **typed: Any) -> VisitForm:
    bound = form(code, **(ROUTINE | typed))
    bound.is_valid()
    return bound


def test_routine_visit_is_valid_with_two_numbers_typed() -> None:
    bound = filled()
    assert bound.is_valid()
    assert (bound.answers["sbp"], bound.assessment.cls) == (128, "1")
    assert str(bound.cleaned_data["client_id"]) == NUMBER


def test_next_date_left_empty_is_the_suggested_one() -> None:
    assert filled().answers["next_date"] == "2027-02-22"
    assert filled(sbp="150").answers["next_date"] == "2026-12-06"


def test_next_date_typed_is_kept_and_a_late_one_is_pointed_out() -> None:
    bound = filled(next_date="2027-04-01")
    assert bound.is_valid()
    assert bound.answers["next_date"] == "2027-04-01"
    assert [problem.code for problem in bound.warnings["next_date"]] == ["later_than_due"]


def test_fresh_form_prefills_what_stays_the_same_and_no_measurement() -> None:
    answers = form().raw_answers
    assert (answers["height"], answers["weight_target"]) == (165, 64)
    assert answers["medicines"][0]["name"] == "氨氯地平片"
    assert (answers["symptoms"], answers["adr"], answers["visit_mode"]) == (["1"], "1", "2")
    assert not any(answers[code] for code in ("sbp", "dbp", "weight", "heart_rate", "adherence"))


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.key)
def test_no_measurement_of_an_earlier_visit_stands_in_a_fresh_form(edition: Any) -> None:
    everything = {field.code: "1" for field in edition.fields if field.type in ("number", "decimal")}
    fresh = VisitForm(edition, person=PERSON, history=[PastVisit(date(2026, 8, 1), everything)], on=ON)
    kept = {code for code, value in fresh.raw_answers.items() if value == "1"}
    measured = {code for code in everything if code in kept and not code.endswith("_target")}
    assert measured <= {"height"}


def test_history_decides_the_second_time() -> None:
    assert filled(sbp="150").assessment.referral
    assert not form(history=[], **(ROUTINE | {"sbp": "150"})).assessment.referral


def test_extreme_reading_is_saved_only_when_confirmed() -> None:
    assert not filled(sbp="230").is_valid()
    assert not filled(sbp="230", confirm_sbp="231").is_valid()
    assert filled(sbp="230", confirm_sbp="230").is_valid()


def test_refusal_is_said_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert "请核对读数和单位后重新填写" in str(filled(sbp="380").errors["sbp"])
    with translation.override("en"):
        assert "Check the reading and its unit" in str(filled(sbp="380").errors["sbp"])


def test_missing_visit_number_is_refused() -> None:
    assert "client_id" in filled(client_id="").errors


def test_household_visit_needs_no_person() -> None:
    typed = {"client_id": NUMBER, "visit_date": "2026-11-22", "visit_mode": "2", "purposes": ["1"]}
    answers = typed | {"condition": "1", "needs": ["1"]}
    bound = VisitForm(protocol("home_visit", on=ON), answers, person=None, on=ON)
    assert bound.is_valid(), bound.errors
    assert bound.assessment.cls == "a"


def test_late_entry_is_assessed_by_its_own_day() -> None:
    bound = filled(sbp="150", visit_date="2026-08-21")
    assert bound.assessment.next_due_by == date(2026, 9, 4)


def page(client: Client, code: str = "hypertension", **typed: Any) -> Page:
    url = f"/sheet/{code}/"
    answer = client.post(url, ROUTINE | typed) if typed else client.get(url)
    assert answer.status_code == 200
    return Page(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["hypertension", "type2_diabetes", "home_visit"])
def test_sheet_is_drawn_for_each_form(client: Client, code: str) -> None:
    drawn = page(client, code)
    asked = {f.code for f in protocol(code, on=ON).fields if not f.filled_by and not f.computed}
    assert asked - {"medicines"} <= set(drawn.inputs)
    assert len(drawn.ids) == len(set(drawn.ids))


@pytest.mark.django_db
def test_sheet_has_nothing_inline_that_the_security_policy_forbids(client: Client) -> None:
    for tag, attributes in page(client).tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json"


@pytest.mark.django_db
def test_every_description_and_label_points_to_something(client: Client) -> None:
    drawn = page(client, sbp="380", dbp="", adr="2")
    for _tag, attributes in drawn.tags:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert set((attributes.get(name) or "").split()) <= set(drawn.ids)


@pytest.mark.django_db
def test_refused_form_keeps_what_was_typed_and_sums_up_its_errors(client: Client) -> None:
    answer = client.post(
        "/sheet/hypertension/",
        ROUTINE
        | {"sbp": "13o", "dbp": "８６", "weight": "abc", "notes": "儿子<在外>打工", "visit_date": "昨天"}
        | {"symptoms": ["2", "3"], "medicines-0-name": "氨氯地平", "medicines-0-times": "三"},
    )
    html = answer.content.decode()
    drawn = Page(html)
    assert "有 4 处需要修改" in html
    assert [drawn.value(name) for name in ("sbp", "dbp", "weight", "visit_date")] == [
        "13o",
        "８６",
        "abc",
        "昨天",
    ]
    assert drawn.checked("symptoms") == ["2", "3"]
    assert (drawn.value("medicines-0-name"), drawn.value("medicines-0-times")) == ("氨氯地平", "三")
    assert "儿子&lt;在外&gt;打工" in html
    assert drawn.value("client_id") == NUMBER
    for link in re.findall(r'<a href="#([^"]+)" data-error-link', html):
        assert link in drawn.ids


@pytest.mark.django_db
def test_refused_form_without_script_still_shows_the_assessment(client: Client) -> None:
    html = client.post("/sheet/hypertension/", ROUTINE | {"sbp": "185", "notes": "字" * 501}).content.decode()
    assert "危急：先处理，马上转诊" in html
    assert "收缩压 185 mmHg ≥ 180" in html


@pytest.mark.django_db
def test_preview_shows_the_assessment_and_saves_nothing(client: Client) -> None:
    html = client.post("/sheet/hypertension/", ROUTINE | {"preview": "1"}).content.decode()
    assert 'id="saved"' not in html
    assert "控制满意" in html


@pytest.mark.django_db
def test_last_values_and_targets_stand_beside_the_fields(client: Client) -> None:
    html = client.get("/sheet/hypertension/").content.decode()
    assert "上次 146/92 · 8月20日" in html
    assert re.search(r"上次 67\.0 · 8月20日\s+· 目标 64\.0", html)


@pytest.mark.django_db
def test_saved_page_names_the_visit_whose_draft_may_go(client: Client) -> None:
    html = client.post("/sheet/hypertension/", ROUTINE).content.decode()
    assert f'data-visit-saved="{NUMBER}"' in html


@pytest.mark.django_db
def test_page_carries_only_the_past_answers_that_rules_ask_for() -> None:
    data = build_form_context(form(), draft_key="k")["script_data"]
    assert [past["on"] for past in data["history"]] == ["2026-08-20", "2026-03-05"]
    assert "medicines" not in data["history"][0]["answers"]
    assert data["history"][0]["answers"]["sbp"] == 146


def test_answers_are_told_in_words_in_the_order_of_the_form() -> None:
    bound = filled(adr="2", adr_text="干咳", weight="62.5", weight_target="60", height="165")
    with translation.override("zh-hans"):
        sections = present_answers(bound.protocol, bound.answers)
    rows = {row.label: (row.value, row.target) for section in sections for row in section.rows}
    assert rows["收缩压"] == ("128 mmHg", "")
    assert rows["体重"] == ("62.5 kg", "60.0 kg")
    assert (rows["药物不良反应"][0], rows["不良反应是什么"][0]) == ("有", "干咳")
    assert rows["随访日期"][0] == "2026年11月22日"


def test_stored_assessment_is_worded_like_a_fresh_one() -> None:
    form_edition = protocol("hypertension", on=ON)
    fresh = assess(form_edition, {"sbp": 185}, on=ON, birth_date=PERSON.birth_date)
    assert present_assessment(form_edition, fresh) == present_assessment(form_edition, fresh.as_json())
    assert present_assessment(form_edition, fresh).tone == "bad"
