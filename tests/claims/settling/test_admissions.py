"""What the window refuses, field by field, and that nothing is lost or written then."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from claims.models import Admission, BillItem, ClosedMonth, Receipt
from claims.queries.settlements.money import owed
from claims.services.admissions import (
    InstalmentsWanted,
    InstalmentWanted,
    ItemWanted,
    agree_instalments,
    cancel_admission,
    discharge,
    receive_payment,
    refund,
    write_bill,
)
from claims.services.problems import ClaimRefused
from claims.services.settling import settle
from core.base.ids import uuid7
from households.models import Disease, Person
from tests.factories.ground import Cast, County
from tests.factories.registry import a_disease
from tests.factories.settling import ON, Window, a_window

MARCH = date(2026, 3, 2)


@pytest.fixture
def window(county: County, cast: Cast) -> Window:
    return a_window(county, cast)


def refused(act: Any) -> list[tuple[str, str]]:
    with pytest.raises(ClaimRefused) as error:
        act()
    for problem in error.value.problems:
        assert problem.message.zh and problem.remedy.en
    return [(problem.field, problem.code) for problem in error.value.problems]


def item(**more: Any) -> ItemWanted:
    return ItemWanted(**{"category": "western_drug", "item_class": "A", "amount": D("10.00"), **more})


def bill(window: Window, stay: Admission, *lines: ItemWanted, total: Any = None) -> list[BillItem]:
    return write_bill(admission=stay, lines=lines, typed_total=total, by=window.clerk, on=ON)


def pay(window: Window, stay: Admission, amount: Any, **more: Any) -> Receipt:
    fields: dict[str, Any] = {"uuid": uuid7(), "way": "cash", "by": window.clerk, "on": ON, **more}
    return receive_payment(admission=stay, amount=D(amount), **fields)


def test_a_day_that_lies_ahead_is_refused(window: Window) -> None:
    assert refused(lambda: window.come(date(2026, 12, 1))) == [("admitted_on", "in_future")]


def test_a_person_who_has_died_is_not_admitted(window: Window) -> None:
    Person.objects.filter(pk=window.person.pk).update(left_on=date(2026, 2, 1), left_reason="died")
    window.person.refresh_from_db()
    assert refused(lambda: window.come(MARCH)) == [("admitted_on", "has_died")]


def test_nobody_is_treated_first_without_insurance(window: Window) -> None:
    window.person.enrolments.all().update(is_enrolled=False)
    assert refused(lambda: window.come(MARCH, care="inpatient")) == [("treats_first", "not_enrolled")]
    stay = window.come(MARCH, care="inpatient", treats_first=False, no_credit="uninsured")
    assert (stay.state, stay.no_credit) == ("admitted", "uninsured")


def test_the_other_stay_in_the_same_days_is_named(window: Window) -> None:
    window.come(MARCH, care="inpatient", discharged_on=date(2026, 3, 9))
    with pytest.raises(ClaimRefused) as error:
        window.come(date(2026, 3, 5), care="inpatient")
    told = error.value.problems[0].message.zh
    assert "2026-03-02" in told and window.hospital.name in told


def test_a_hospital_number_belongs_to_one_stay(window: Window) -> None:
    window.come(MARCH, hospital_no="ZY1")
    assert refused(lambda: window.come(date(2026, 4, 1), hospital_no="ZY1")) == [
        ("hospital_no", "number_used")
    ]


def test_a_discharge_before_the_admission_is_refused(window: Window) -> None:
    stay = window.come(MARCH, care="inpatient")
    found = refused(lambda: discharge(admission=stay, on=date(2026, 3, 1), by=window.clerk))
    assert found == [("discharged_on", "before_admission")]


def test_a_stay_for_a_secret_disease_is_secret(window: Window) -> None:
    a_disease("tuberculosis")
    Disease.objects.filter(code="tuberculosis").update(icd10_prefixes=["A15", "A16"])
    assert window.come(MARCH, icd10="A15.0").is_sensitive
    assert not window.come(MARCH, icd10="I10").is_sensitive


def test_every_wrong_field_of_every_line_is_named(window: Window) -> None:
    stay = window.come(MARCH)
    bill(window, stay, item())
    lines = (
        item(amount="12o.50"),
        item(amount="0"),
        item(item_class="A", first_pay="1.00"),
        item(item_class="B", amount="10", first_pay="8", over_limit="3"),
        item(category="gold", amount="5.001"),
    )
    assert refused(lambda: bill(window, stay, *lines)) == [
        ("lines.0.amount", "not_an_amount"),
        ("lines.4.amount", "not_an_amount"),
        ("lines.1.amount", "not_positive"),
        ("lines.2.first_pay", "only_class_b"),
        ("lines.3.first_pay", "parts_exceed"),
        ("lines.4.category", "not_a_choice"),
    ]
    assert [one.amount for one in stay.items.all()] == [D(10)]


def test_a_total_that_is_not_the_sum_is_told_with_the_difference(window: Window) -> None:
    stay = window.come(MARCH)
    with pytest.raises(ClaimRefused) as error:
        bill(window, stay, item(amount="1,000.50元"), item(), total=D("1010.05"))
    assert "0.45" in error.value.problems[0].message.zh
    assert bill(window, stay, item(amount="1,000.50元"), item(), total=D("1010.50"))[0].amount == D("1000.50")


def test_the_bill_of_a_settled_stay_stays(window: Window) -> None:
    settlement = window.settled(MARCH, "100.00")
    assert refused(lambda: bill(window, settlement.admission, item())) == [("", "stay_settled")]


def test_nothing_is_settled_into_a_closed_month(window: Window, cast: Cast) -> None:
    stay = window.stay(MARCH, "100.00")
    ClosedMonth.objects.create(
        county=window.county.county, month=date(2026, 11, 1), closed_on=ON, closed_by=cast.county
    )
    assert refused(lambda: settle(admission=stay, by=window.clerk, on=ON)) == [("", "month_closed")]
    assert settle(admission=stay, by=window.clerk, on=date(2026, 12, 1)).number == "430304-202612-00001"


def test_money_is_taken_up_to_what_is_due_and_closes_the_stay(window: Window) -> None:
    stay = window.settled(MARCH, "3000.00").admission
    assert refused(lambda: pay(window, stay, "139.01")) == [("amount", "more_than_due")]
    number = uuid7()
    first = pay(window, stay, "139.00", uuid=number)
    assert pay(window, stay, "139.00", uuid=number) == first
    stay.refresh_from_db()
    assert (stay.state, owed(stay).due, first.number) == ("closed", D(0), "SJ430304-202611-00001")


def test_a_deposit_above_the_share_is_given_back(window: Window) -> None:
    stay = window.stay(MARCH, "3000.00")
    pay(window, stay, "500.00")
    settle(admission=stay, by=window.clerk, on=ON)
    given = refund(admission=stay, uuid=uuid7(), amount=D(361), way="cash", by=window.clerk, on=ON)
    stay.refresh_from_db()
    assert (given.amount, stay.state) == (D(-361), "closed")
    assert refused(
        lambda: refund(admission=stay, uuid=uuid7(), amount=D("0.01"), way="cash", by=window.clerk, on=ON)
    ) == [("amount", "more_than_paid")]


def test_instalments_make_what_is_due(window: Window) -> None:
    stay = window.settled(MARCH, "3000.00").admission
    stay.refresh_from_db()
    parts = (InstalmentWanted(date(2026, 12, 1), D(100)), InstalmentWanted(date(2027, 1, 1), D(39)))
    wanted = InstalmentsWanted(instalments=parts, guarantor="联合村村委会")
    plan = agree_instalments(admission=stay, wanted=wanted, by=window.clerk, on=ON)
    assert [one.amount for one in plan.instalments.order_by("due_on")] == [D(100), D(39)]
    short = InstalmentsWanted(instalments=parts[:1])
    assert refused(lambda: agree_instalments(admission=stay, wanted=short, by=window.clerk, on=ON)) == [
        ("instalments", "sum_differs")
    ]


def test_a_cancelled_stay_frees_its_days_and_number(window: Window) -> None:
    stay = window.come(MARCH, care="inpatient", hospital_no="ZY1")
    cancel_admission(admission=stay, reason="录错人", by=window.clerk, on=ON)
    assert window.come(MARCH, care="inpatient", hospital_no="ZY1").state == "admitted"
