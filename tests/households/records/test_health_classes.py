"""The four health classes: by the rule, by hand, and what the person's own field says."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.accounts.roles import Sector
from households.health_classes import class_rules, read_rules
from households.models import Disease, Exam, HealthClassPeriod, Person
from households.services.records.classes import classify, let_rule_decide, set_class
from tests.factories.records import a_class_by_hand, a_class_period
from tests.factories.registry import a_condition, a_disease, a_household, a_person

ON = date(2026, 8, 15)
LATER = date(2026, 9, 20)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def _class_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).health_class


def _rule_of(person: Person) -> str:
    return HealthClassPeriod.objects.get(person=person, period__endswith=None).rule


def _examined(person: Person, on: date = date(2026, 5, 4), **findings: object) -> Exam:
    is_normal = findings.pop("is_normal", True)
    return Exam.objects.create(
        person=person, year=on.year, examined_on=on, is_normal=is_normal, findings=findings
    )


def test_a_major_disease_comes_before_everything_else(person):
    a_condition(person, "hypertension")
    a_condition(person, "stroke")
    Disease.objects.filter(code="stroke").update(group="major")
    assert classify(on=ON) == {"major": 1}
    assert (_class_of(person), _rule_of(person)) == ("major", "major_disease")


def test_a_chronic_disease_makes_the_general_class(person):
    a_condition(person)
    classify(on=ON)
    assert _class_of(person) == "general"


def test_a_disease_that_has_ended_counts_no_more(person):
    a_condition(person, ended_on=date(2026, 8, 1))
    classify(on=ON)
    assert _class_of(person) == "healthy"


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ({"is_normal": False}, "sub_healthy"),
        ({"sbp": 130}, "sub_healthy"),
        ({"sbp": 129}, "healthy"),
        ({"fpg": 6.1}, "sub_healthy"),
        ({"fpg": 6.0}, "healthy"),
        ({"bmi": "high"}, "healthy"),
    ],
)
def test_findings_at_the_mark_make_sub_healthy(person, findings, expected):
    _examined(person, **findings)
    classify(on=ON)
    assert _class_of(person) == expected


def test_an_examination_older_than_the_rule_says_counts_no_more(person):
    _examined(person, on=date(2025, 2, 14), is_normal=False)
    classify(on=ON)
    assert _class_of(person) == "healthy"


def test_only_the_last_examination_counts(person):
    _examined(person, on=date(2025, 9, 1), is_normal=False)
    _examined(person, on=date(2026, 5, 1))
    classify(on=ON)
    assert _class_of(person) == "healthy"


def test_running_it_again_changes_nothing(person):
    classify(on=ON)
    assert classify(on=ON) == {}
    assert classify(on=LATER) == {}


def test_a_change_ends_the_old_period_on_its_day_and_keeps_it(person):
    classify(on=ON)
    a_condition(person)
    classify(on=LATER)
    periods = HealthClassPeriod.objects.order_by("period")
    assert [(each.health_class, each.period.lower, each.period.upper) for each in periods] == [
        ("healthy", ON, LATER),
        ("general", LATER, None),
    ]


def test_what_changes_twice_on_a_day_is_one_period(person):
    classify(on=ON)
    a_condition(person)
    classify(on=ON)
    assert [each.health_class for each in HealthClassPeriod.objects.all()] == ["general"]


def test_who_has_left_gets_no_class(person):
    Person.objects.filter(pk=person.pk).update(left_on=ON, left_reason="moved")
    assert classify(on=ON) == {}


def test_another_county_is_left_alone(person, county):
    assert classify(on=ON, county_ids=[county.far.county_id]) == {}


def test_by_hand_holds_until_its_day_and_the_rule_again_after(person, cast):
    classify(on=ON - timedelta(days=30))
    set_class(
        person=person, health_class="major", reason="术后恢复", holds_until=LATER, by=cast.doctor, on=ON
    )
    assert classify(on=LATER) == {}
    assert _class_of(person) == "major"
    assert classify(on=LATER + timedelta(days=1)) == {"healthy": 1}
    assert _class_of(person) == "healthy"


def test_by_hand_twice_on_a_day_leaves_the_second(person, cast):
    classify(on=ON)
    for code in ("major", "general"):
        set_class(person=person, health_class=code, reason="复核", holds_until=LATER, by=cast.doctor, on=ON)
    assert [each.health_class for each in HealthClassPeriod.objects.all()] == ["general"]


@pytest.mark.parametrize(
    ("reason", "until", "field"),
    [
        (" ", LATER, "reason"),
        ("复核", ON - timedelta(1), "holds_until"),
        ("复核", date(2028, 1, 1), "holds_until"),
    ],
)
def test_by_hand_wants_a_reason_and_a_day_within_a_year(person, cast, reason, until, field):
    with pytest.raises(ValidationError) as refused:
        set_class(
            person=person, health_class="major", reason=reason, holds_until=until, by=cast.doctor, on=ON
        )
    assert field in refused.value.message_dict


def test_an_administration_officer_sets_no_health_class(person, cast):
    cast.township.sector = Sector.ADMINISTRATION
    with pytest.raises(PermissionDenied):
        set_class(person=person, health_class="major", reason="x", holds_until=LATER, by=cast.township, on=ON)


def test_the_rule_may_be_let_decide_before_the_day(person, cast):
    a_class_by_hand(person, cast.doctor)
    let_rule_decide(person=person, by=cast.doctor, on=ON)
    assert (_class_of(person), _rule_of(person)) == ("healthy", "no_findings")


def test_the_person_follows_whoever_writes_the_period(person):
    period = a_class_period(person, "sub_healthy")
    assert _class_of(person) == "sub_healthy"
    HealthClassPeriod.objects.filter(pk=period.pk).update(health_class="major")
    assert _class_of(person) == "major"


def test_rules_that_leave_somebody_out_are_refused():
    with pytest.raises(ValueError, match="anyone"):
        read_rules(
            '[[rules]]\ncode="a"\nkind="disease"\nclass="major"\ngroups=["major"]\nsource=""\n'
            'label={zh="a",en="a"}\n'
        )


def test_each_class_has_a_rule():
    assert {str(rule.health_class) for rule in class_rules()} == {
        "major",
        "general",
        "sub_healthy",
        "healthy",
    }


def test_a_disease_of_a_county_list_without_a_group_of_its_own_is_general(person):
    a_condition(person, "gout")
    a_disease("gout")
    Disease.objects.filter(code="gout").update(group="other")
    classify(on=ON)
    assert _class_of(person) == "general"
