"""A bill is settled once, in its place of the year; corrections and late bills move those after it."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import Admission, FundEntry, Settlement
from claims.policy.decision import decision_from_json
from claims.queries.facts import facts_of
from claims.queries.settlements.money import owed
from claims.services.admissions import ItemWanted, receive_payment, report_amounts
from claims.services.problems import ClaimRefused
from claims.services.settling import YearMoved, correct, preview, reverse, settle
from core.base.ids import uuid7
from tests.factories.claims import a_fund, an_approved_policy
from tests.factories.ground import Cast, County
from tests.factories.settling import DEDUCTIBLE_CROSSES_VISITS, EVERYTHING, ON, Window, a_window, line

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 2), date(2026, 5, 4)


@pytest.fixture
def window(county: County, cast: Cast) -> Window:
    return a_window(county, cast)


@pytest.fixture
def e20(county: County, cast: Cast) -> Window:
    return a_window(county, cast, DEDUCTIBLE_CROSSES_VISITS)


def paid(settlement: Settlement) -> dict[str, D]:
    return {one.layer: one.amount for one in settlement.lines.all() if one.amount}


def standing(admission: Admission) -> Settlement:
    return Settlement.objects.exclude(kind="reversed").get(admission=admission, is_standing=True)


def refused(error: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.value.problems]


def visit_of_e20(a: str, b: str, c: str) -> list[ItemWanted]:
    """Class B with 4 % paid first, class C outside."""
    lines = [ItemWanted(category="western_drug", item_class="A", amount=D(a))]
    lines.append(
        ItemWanted(
            category="western_drug",
            item_class="B",
            amount=D(b),
            first_pay=(D(b) * D("0.04")).quantize(D("0.01")),
        )
    )
    return lines + ([ItemWanted(category="other", item_class="C", amount=D(c))] if D(c) else [])


def test_every_payer_has_a_line_and_the_patient_the_rest(window: Window) -> None:
    settlement = window.settled(MARCH, "3000.00")
    assert paid(settlement) == {"basic": D("1610.00"), "commercial": D("695.00"), "fund": D("556.00")}
    assert (settlement.total, settlement.paid, settlement.patient) == (D(3000), D(2861), D(139))
    assert settlement.number == "430304-202611-00001" and settlement.revision == 1
    assert decision_from_json(settlement.decision).patient == settlement.patient


def test_a_settled_stay_gives_the_same_settlement_again(window: Window) -> None:
    first = window.settled(MARCH, "3000.00")
    again = settle(admission=first.admission, by=window.clerk, on=ON)
    assert (again, Settlement.objects.count()) == (first, 1)


def test_a_deductible_crosses_visits(e20: Window) -> None:
    """E20: 296 and 596 are compliant, 700 are borne, 70 % above: 134.40 (as printed), then 340.90."""
    first = e20.settled(MARCH, *visit_of_e20("200.00", "100.00", "50.00"))
    second = e20.settled(APRIL, *visit_of_e20("500.00", "100.00", "100.00"))
    third = e20.settled(MAY, *visit_of_e20("200.00", "300.00", "0"))
    assert [paid(one) for one in (first, second, third)] == [
        {},
        {"basic": D("134.40")},
        {"basic": D("341.60")},
    ]


def test_a_late_bill_takes_its_place_and_moves_those_after_it(e20: Window) -> None:
    april = e20.settled(APRIL, "1000.00")
    assert paid(april) == {"basic": D("210.00")}
    late = e20.settled(MARCH, "600.00")
    moved = standing(april.admission)
    assert paid(late) == {}
    assert (moved.kind, moved.revision, moved.because_of, paid(moved)) == (
        "adjusted",
        3,
        late,
        {"basic": D("630.00")},
    )
    assert moved.number == april.number and moved.reason
    assert [s.kind for s in april.admission.settlements.order_by("revision")] == [
        "settled",
        "reversed",
        "adjusted",
    ]


def test_a_later_bill_that_comes_out_the_same_is_left_alone(e20: Window) -> None:
    first = e20.settled(MARCH, "700.00")
    later = e20.settled(APRIL, "1000.00")
    correct(settlement=first, lines=[line("900.00")], reason="漏记", by=e20.clerk, on=ON)
    assert standing(later.admission) == later


def test_a_correction_is_a_reversal_and_a_new_revision(window: Window) -> None:
    first = window.settled(MARCH, "3000.00")
    found = correct(settlement=first, lines=[line("2000.00")], reason="金额录错", by=window.clerk, on=ON)
    assert (found.kind, found.revision, found.number, found.total) == ("corrected", 3, first.number, D(2000))
    assert list(first.admission.items.values_list("amount", flat=True)) == [D(2000)]
    first.refresh_from_db()
    assert (first.is_standing, first.total) == (False, D(3000))


def test_a_reversed_stay_is_open_and_settled_anew_under_its_number(window: Window) -> None:
    first = window.settled(MARCH, "3000.00")
    back = reverse(settlement=first, reason="录错人", by=window.clerk, on=ON)
    assert (back.kind, back.total, back.patient) == ("reversed", D(-3000), D(-139))
    first.admission.refresh_from_db()
    assert first.admission.state == "discharged"
    again = settle(admission=first.admission, by=window.clerk, on=ON)
    assert (again.kind, again.revision, again.number) == ("settled", 3, first.number)


def test_a_layer_by_household_counts_the_bills_of_both(window: Window) -> None:
    window.settled(MARCH, "9000.00")
    second = window.settled(APRIL, "9000.00", person=window.spouse)
    amounts = paid(second)
    assert amounts["commercial"] == D("405.00")


def test_a_late_bill_of_the_wife_moves_the_husbands_share_of_the_household(window: Window) -> None:
    husband = window.settled(APRIL, "9000.00")
    assert paid(husband)["commercial"] == D("1595.00")
    wife = window.settled(MARCH, "9000.00", person=window.spouse)
    moved = standing(husband.admission)
    assert (moved.kind, moved.because_of, paid(moved)["commercial"]) == ("adjusted", wife, D("405.00"))


def test_a_fund_pays_for_a_bill_and_gets_it_back_with_a_reversal(window: Window, cast: Cast) -> None:
    fund = a_fund(window.county.county, cast.county, holds="10000.00")
    settlement = window.settled(MARCH, "3000.00")
    fund.refresh_from_db()
    assert fund.balance == D("9444.00")
    reverse(settlement=settlement, reason="录错人", by=window.clerk, on=ON)
    fund.refresh_from_db()
    assert fund.balance == D("10000.00")
    assert list(FundEntry.objects.order_by("id").values_list("kind", flat=True)) == [
        "opening",
        "settlement",
        "reversal",
    ]


def test_an_empty_fund_pays_what_it_has_and_says_so(window: Window, cast: Cast) -> None:
    fund = a_fund(window.county.county, cast.county, holds="100.00", may_overdraw=False)
    stay = window.stay(MARCH, "3000.00")
    found = preview(admission=stay, by=window.clerk, on=ON)
    assert [warning.code for warning in found.warnings] == ["fund_short"]
    settlement = settle(admission=stay, by=window.clerk, on=ON, expected=found.expected)
    fund.refresh_from_db()
    assert (paid(settlement)["fund"], settlement.patient, fund.balance) == (D(100), D(595), D(0))
    reasons = decision_from_json(settlement.decision).line("fund").reasons
    assert "fund_left" in [reason.code for reason in reasons]


def test_a_preview_writes_nothing_and_settles_the_same(window: Window) -> None:
    stay = window.stay(MARCH, "3000.00")
    found = preview(admission=stay, by=window.clerk, on=ON)
    assert not Settlement.objects.exists()
    settlement = settle(admission=stay, by=window.clerk, on=ON, expected=found.expected)
    assert settlement.decision == found.decision.as_json()
    assert settlement.facts == found.facts.as_json()


def test_a_year_that_moved_since_the_preview_is_told_and_nothing_settled(e20: Window) -> None:
    stay = e20.stay(APRIL, "1000.00")
    seen = preview(admission=stay, by=e20.clerk, on=ON)
    e20.settled(MARCH, "600.00")
    with pytest.raises(YearMoved) as moved:
        settle(admission=stay, by=e20.clerk, on=ON, expected=seen.expected)
    told = [(change.label.en, change.before, change.after) for change in moved.value.changes]
    assert told == [
        ("basic insurance", D("210.00"), D("630.00")),
        ("Paid by the patient", D("790.00"), D("370.00")),
    ]
    assert not stay.settlements.exists()
    assert settle(admission=stay, by=e20.clerk, on=ON, expected=moved.value.preview.expected).patient == D(
        370
    )


def test_a_preview_names_the_later_bills_it_would_move(e20: Window) -> None:
    later = e20.settled(APRIL, "1000.00")
    found = preview(admission=e20.stay(MARCH, "600.00"), by=e20.clerk, on=ON)
    assert [(one.number, one.patient_before, one.patient_after) for one in found.later] == [
        (later.number, D("790.00"), D("370.00"))
    ]


def test_an_adjusted_bill_that_was_paid_owes_the_difference_back(e20: Window) -> None:
    april = e20.settled(APRIL, "1000.00")
    receive_payment(admission=april.admission, uuid=uuid7(), amount=D(790), way="cash", by=e20.clerk, on=ON)
    april.admission.refresh_from_db()
    assert april.admission.state == "closed"
    e20.settled(MARCH, "600.00")
    april.admission.refresh_from_db()
    assert (april.admission.state, owed(april.admission).refund) == ("settled", D(420))


def test_a_paid_bill_that_is_corrected_to_the_same_stays_closed(window: Window) -> None:
    first = window.settled(MARCH, "3000.00")
    receive_payment(
        admission=first.admission, uuid=uuid7(), amount=D(139), way="cash", by=window.clerk, on=ON
    )
    correct(settlement=first, lines=None, reason="身份补登", by=window.clerk, on=ON)
    first.admission.refresh_from_db()
    assert first.admission.state == "closed"


def test_what_an_outside_payer_reports_goes_into_the_facts(window: Window) -> None:
    stay = window.stay(MARCH, "3000.00")
    report_amounts(admission=stay, amounts={"commercial": "120.5", "fund": "0"}, by=window.clerk, on=ON)
    assert facts_of(stay, on=ON).reported == {"commercial": D("120.50")}


def test_the_facts_are_those_of_the_day(window: Window) -> None:
    facts = facts_of(window.stay(MARCH, "3000.00"), on=ON)
    assert [span.code for span in facts.causes] == ["illness"]
    assert [span.code for span in facts.identities] == ["registered"]
    assert [(span.code, span.starts_on.year) for span in facts.enrolments] == [("basic", 2026)]


def test_a_stay_without_policy_bill_or_discharge_says_which(window: Window, cast: Cast) -> None:
    stay = window.come(date(2018, 3, 2), no_credit="uninsured", treats_first=False)
    with pytest.raises(ClaimRefused) as none:
        settle(admission=stay, by=window.clerk, on=ON)
    assert refused(none) == [("lines", "bill_empty"), ("", "no_policy")]
    inside = window.come(MARCH, care="inpatient")
    with pytest.raises(ClaimRefused) as still:
        settle(admission=inside, by=window.clerk, on=ON)
    assert refused(still) == [("discharged_on", "not_discharged"), ("lines", "bill_empty")]


def test_the_policy_of_the_day_settles_the_bill(county: County, cast: Cast) -> None:
    window = a_window(county, cast)
    type(window.policy).objects.filter(pk=window.policy.pk).update(period=DateRange(date(2019, 1, 1), APRIL))
    newer = an_approved_policy(
        county.county,
        cast.county,
        cast.administrator,
        text=EVERYTHING.replace("rate = 0.70", "rate = 0.90"),
        period=DateRange(APRIL, None),
    )
    assert window.settled(MARCH, "3000.00").policy == window.policy
    assert window.settled(APRIL, "3000.00").policy == newer


def test_settling_is_few_statements(window: Window, django_assert_max_num_queries: Any) -> None:
    window.settled(MARCH, "3000.00")
    stay = window.stay(APRIL, "3000.00")
    with django_assert_max_num_queries(8):
        settle(admission=stay, by=window.clerk, on=ON)
