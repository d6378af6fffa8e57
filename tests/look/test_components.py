import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.base.templatetags.ui import browser_name, error_target, from_now, icon, percent_of, whole_dates


class VisitForm(forms.Form):
    systolic = forms.IntegerField(label="收缩压", help_text="三次平均")
    symptoms = forms.MultipleChoiceField(
        label="症状", choices=[("1", "无"), ("2", "头痛")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="备注", required=False)


def shown(name: str, language: str = "zh-hans", **context: Any) -> str:
    with translation.override(language):
        return render_to_string(f"components/{name}.html", context)


def answered() -> VisitForm:
    form = VisitForm({"systolic": "高", "note": "走路喘"})
    form.is_valid()
    return form


def test_error_summary_counts_and_links_each_error_to_its_field():
    text = shown("error_summary", form=answered())
    assert "有 2 处需要修改" in text
    assert 'href="#id_systolic"' in text
    assert 'href="#id_symptoms_0"' in text


def test_error_summary_in_english_knows_one_and_many():
    one = VisitForm({"systolic": "x", "symptoms": ["1"]})
    one.is_valid()
    assert "There is 1 thing to correct" in shown("error_summary", "en", form=one)
    assert "There are 2 things to correct" in shown("error_summary", "en", form=answered())


def test_error_summary_is_absent_when_the_form_is_in_order():
    assert shown("error_summary", form=VisitForm()).strip() == ""


def test_field_keeps_what_was_typed_and_ties_hint_and_error_to_the_input():
    form = answered()
    text = shown("field", field=form["systolic"])
    assert 'value="高"' in text
    assert 'aria-describedby="id_systolic_helptext id_systolic_error"' in text
    assert 'id="id_systolic_helptext"' in text
    assert 'id="id_systolic_error"' in text


def test_field_of_choices_is_a_named_group():
    text = shown("field", field=answered()["symptoms"])
    assert "<fieldset" in text
    assert re.search(r"<legend>\s*症状", text)


def test_field_marks_the_optional_ones():
    assert "选填" in shown("field", field=VisitForm()["note"])
    assert "选填" not in shown("field", field=VisitForm()["systolic"])


def test_error_target_is_the_first_choice_of_a_group():
    assert error_target(VisitForm(), "symptoms") == "id_symptoms_0"
    assert error_target(VisitForm(), "systolic") == "id_systolic"


def test_kpi_prints_its_share_and_its_denominator():
    text = shown("kpi", label="随访", numerator=126, denominator=180, unit="人次", url="/list/")
    assert "70<" in text
    assert "126 / 180" in text
    assert 'href="/list/"' in text


def test_kpi_without_a_whole_is_not_applicable():
    text = shown("kpi", label="随访", numerator=0, denominator=0, unit="人次")
    assert "不适用" in text
    assert "0 %" not in text


def test_pill_carries_a_word_and_a_shape():
    text = shown("pill", tone="bad", label="逾期")
    assert "逾期" in text
    assert "icons.svg#bad" in text


def test_progress_polls_only_while_it_runs():
    assert 'hx-trigger="every 1s"' in shown(
        "progress", url="/p/", running=True, done=1, total=4, label="导入"
    )
    assert "hx-trigger" not in shown("progress", url="/p/", running=False, done=4, total=4, label="导入")


def test_empty_chart_says_that_nothing_was_recorded():
    assert "还没有记录" in shown("chart", chart={"title": "血压", "empty": True})


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (126, 180, Decimal(70)),
        (1, 3, Decimal(33)),
        (1, 16, Decimal("6.3")),
        (0, 5, Decimal(0)),
        (7, 5, Decimal(140)),
    ],
)
def test_percent_of_rounds_half_up(part, whole, share):
    assert percent_of(part, whole) == share


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (None, 5), ("", ""), (3, None)])
def test_percent_of_nothing_is_none(part, whole):
    assert percent_of(part, whole) is None


def test_from_now_is_never_earlier_than_the_wait():
    asked = timezone.now()
    moment = from_now(timedelta(minutes=15))
    assert moment >= asked + timedelta(minutes=15)
    assert moment.second == 0


def test_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in icon("house")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 MicroMessenger/8.0",
            "微信 WeChat · Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120",
            "Edge · Windows",
        ),
        ("curl/8", "? · ?"),
    ],
)
def test_browser_name_says_what_a_person_would_call_it(agent, name):
    assert browser_name(agent) == name


class ListFilter(forms.Form):
    q = forms.CharField(required=False)
    village = forms.CharField(required=False)
    standing = forms.CharField(required=False)
    cause = forms.CharField(label="致贫原因", required=False)


def test_filters_fold_from_the_fourth_field_and_stay_open_while_it_is_used():
    closed = shown("filters", filter_form=ListFilter({"q": "张"}))
    used = shown("filters", filter_form=ListFilter({"cause": "1"}))
    assert closed.index("更多筛选") < closed.index("致贫原因")
    assert "<details" in closed and "open>" not in closed
    assert "open>" in used


def test_a_date_in_running_text_stays_whole_and_the_text_is_escaped():
    said = whole_dates("<b>查看</b> 2026-11-22 10:30，2026年5月4日，11月19日随访")
    assert said == (
        '&lt;b&gt;查看&lt;/b&gt; <span class="nowrap">2026-11-22 10:30</span>，'
        '<span class="nowrap">2026年5月4日</span>，<span class="nowrap">11月19日</span>随访'
    )
