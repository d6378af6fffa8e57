"""What becomes of a warning, and by which rules a county warns."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import BurdenWarning, ReferenceValue, RuleSetInForce
from claims.queries.burdens.board import Counts, count_warnings, rule_set_in_force, warnings
from claims.services.warnings.grounds import put_in_force, record_survey, write_reference
from claims.services.warnings.raising import raise_all
from claims.services.warnings.working import (
    close_warning,
    dismiss_warning,
    help_warning,
    reopen_warning,
    verify_warning,
)
from claims.states import STATES
from core.base.states import MoveRefused
from tests.factories.burdens import ON, Bills, a_warning
from tests.factories.registry import a_household, a_person


@pytest.fixture
def home(county):
    return a_household(county.lianhe)


@pytest.fixture
def warning(home) -> BurdenWarning:
    return a_warning(home)


def walk(warning, by):
    verify_warning(warning=warning, finding="欠债两万", by=by, on=ON)
    help_warning(warning=warning, measures="临时救助三千元", by=by, on=ON + timedelta(days=5))
    return close_warning(warning=warning, note="病情稳定，债已还清", by=by, on=ON + timedelta(days=60))


def test_a_warning_goes_its_way_and_every_step_is_kept(warning, cast):
    done = walk(warning, cast.township)
    assert (done.state, done.finding, done.measures, done.ended_on) == (
        "closed",
        "欠债两万",
        "临时救助三千元",
        ON + timedelta(days=60),
    )
    steps = warning.steps.order_by("pk").values_list("state", "done_by", "note")
    assert list(steps) == [
        ("verified", cast.township.pk, "欠债两万"),
        ("helped", cast.township.pk, "临时救助三千元"),
        ("closed", cast.township.pk, "病情稳定，债已还清"),
    ]


def test_measures_are_due_a_month_after_the_visit(warning, cast):
    verified = verify_warning(warning=warning, finding="欠债", by=cast.township, on=ON)
    assert verified.due_on == ON + timedelta(days=30)


def test_no_measures_without_a_visit(warning, cast):
    with pytest.raises(MoveRefused):
        help_warning(warning=warning, measures="救助", by=cast.township, on=ON)


def test_a_dismissed_warning_says_why_and_may_be_taken_up_again(warning, cast):
    dismiss_warning(warning=warning, finding="子女已付", by=cast.township, on=ON)
    again = reopen_warning(warning=warning, note="又住院", by=cast.township, on=ON + timedelta(days=9))
    assert (again.state, again.ended_on, again.due_on) == ("raised", None, ON + timedelta(days=16))


@pytest.mark.parametrize("words", ["", "  "])
def test_nothing_ends_without_words(warning, cast, words):
    with pytest.raises(ValidationError) as wrong:
        dismiss_warning(warning=warning, finding=words, by=cast.township, on=ON)
    assert set(wrong.value.message_dict) == {"finding"}


def test_doctors_and_auditors_do_not_work_on_warnings(warning, cast):
    for user in (cast.doctor, cast.auditor, cast.clerk):
        with pytest.raises(PermissionDenied):
            verify_warning(warning=warning, finding="欠债", by=user, on=ON)


def test_the_database_knows_the_same_steps(warning):
    triggers = {trigger.name: trigger for trigger in BurdenWarning._meta.triggers}
    steps = {(state, to) for state, ways in STATES.transitions["warning"].items() for to in ways}
    assert set(triggers["warning_steps"].transitions) == {(str(a), str(b)) for a, b in steps}


def test_the_diagram_in_the_documents_is_the_table():
    assert STATES.diagram("warning") in Path("docs/states.md").read_text(encoding="utf-8")


def test_overdue_is_waiting_past_its_day(home, warning, cast, county):
    late = ON + timedelta(days=15)
    assert count_warnings(cast.township, warning.due_on).overdue == 0
    assert count_warnings(cast.township, late) == Counts(open=1, overdue=1, to_verify=1, to_help=0, ended=0)
    walk(warning, cast.township)
    assert count_warnings(cast.township, late) == Counts(0, 0, 0, 0, 1)


def test_warnings_of_other_areas_stay_hidden(county, cast):
    a_warning(a_household(county.qingshui))
    assert list(warnings(cast.township, show="open", on=ON)) == []
    assert warnings(cast.county, show="open", on=ON).count() == 1


def test_a_county_changes_its_rules_from_a_day_on(county, cast):
    put_in_force(county=county.county, code="qixian_2023", by=cast.county, on=date(2026, 1, 1))
    put_in_force(county=county.county, code="xian_2025", by=cast.county, on=date(2026, 6, 1))
    assert rule_set_in_force(county.county, date(2026, 5, 31)).code == "qixian_2023"
    assert rule_set_in_force(county.county, date(2026, 6, 1)).code == "xian_2025"


def test_the_choice_of_one_day_is_changed_on_that_day(county, cast):
    for code in ("qixian_2023", "xian_2025"):
        put_in_force(county=county.county, code=code, by=cast.county, on=ON)
    assert RuleSetInForce.objects.get().code == "xian_2025"


@pytest.mark.parametrize("code", ["nonsense", "illness_poor_2021"])
def test_only_sets_of_counties_are_chosen(county, cast, code):
    with pytest.raises(ValidationError):
        put_in_force(county=county.county, code=code, by=cast.county, on=ON)


def test_the_rules_of_the_day_count(county, cast, home):
    bills = Bills(county, cast, rules="")
    put_in_force(county=county.county, code="qixian_2023", by=cast.county, on=ON)
    bills.bears(a_person(home), "11000", settled_on=ON - timedelta(days=30))
    assert raise_all(on=ON - timedelta(days=1), county_id=county.county.pk) == 0
    assert raise_all(on=ON, county_id=county.county.pk) == 1


def test_a_yearly_figure_is_corrected_with_history(county, cast):
    for amount in ("8800", "9200"):
        write_reference(
            area=county.county,
            code="income_line",
            year=2026,
            amount=Decimal(amount),
            source="省文件",
            by=cast.county,
        )
    assert ReferenceValue.objects.get().amount == Decimal("9200")
    assert ReferenceValue.pgh_event_model.objects.count() == 2


def test_food_is_a_part_of_everything(home, cast):
    with pytest.raises(ValidationError):
        record_survey(
            household=home, year=2026, spent=Decimal(9), food=Decimal(10), size=2, by=cast.township, on=ON
        )
