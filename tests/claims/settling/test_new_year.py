"""A stay over New Year under a policy that counts each part in its own year."""

from datetime import date
from decimal import Decimal

import pytest

from claims.models import Admission, Settlement
from claims.services.admissions import (
    AdmissionWanted,
    admit,
    cancel_admission,
    divide_at_new_year,
    return_to_ward,
    write_bill,
)
from claims.services.problems import ClaimRefused
from claims.services.settling import correct, settle
from tests.claims.settling.oracle import check_books
from tests.factories.settling import BASIC, HEAD, ON, Window, a_window, line

D = Decimal
SPLIT = HEAD.replace('date_rule = "discharge"', 'date_rule = "discharge"\nyear_rule = "split"')
SECOND_HALF = """
[[layers.adjust]]
when = { stay_from = 2 }
deductible_factor = 0.5
"""


@pytest.fixture
def window(county, cast) -> Window:
    return a_window(county, cast, SPLIT + BASIC)


def _stay(window: Window, first: date, last: date, amount: str = "1000.00") -> Admission:
    wanted = AdmissionWanted(
        institution=window.hospital,
        care="inpatient",
        admitted_on=first,
        discharged_on=last,
        diagnosis="肺炎",
        hospital_no="ZY1",
    )
    stay = admit(person=window.person, wanted=wanted, by=window.clerk, on=ON)
    write_bill(admission=stay, lines=[line(amount)], typed_total=None, by=window.clerk, on=ON)
    return stay


def _over_new_year(window: Window, amount: str = "1000.00") -> Admission:
    return _stay(window, date(2025, 12, 31), date(2026, 1, 2), amount)


def test_an_undivided_stay_is_not_settled_and_the_clerk_is_told_what_to_do(window):
    with pytest.raises(ClaimRefused) as refused:
        settle(admission=_over_new_year(window), by=window.clerk, on=ON)
    assert [problem.code for problem in refused.value.problems] == ["divide_first"]


def test_its_parts_make_the_bill_and_each_counts_in_its_own_year(window):
    stay = _over_new_year(window, "6000.00")
    rest = divide_at_new_year(admission=stay, by=window.clerk, on=ON)
    bills = [settle(admission=one, by=window.clerk, on=ON) for one in (stay, rest)]
    assert [(bill.year, bill.total) for bill in bills] == [(2025, D(2000)), (2026, D(4000))]
    # 700 a year are borne in each of the two.
    assert [bill.paid for bill in bills] == [D("910.00"), D("2310.00")]
    check_books()


def test_no_fen_is_lost_between_the_parts(window):
    stay = _over_new_year(window, "1000.00")
    rest = divide_at_new_year(admission=stay, by=window.clerk, on=ON)
    amounts = [part.items.get().amount for part in (stay, rest)]
    assert amounts == [D("333.33"), D("666.67")]


def test_a_stay_within_one_year_is_not_divided(window):
    stay = _stay(window, date(2026, 3, 1), date(2026, 3, 5))
    with pytest.raises(ClaimRefused) as refused:
        divide_at_new_year(admission=stay, by=window.clerk, on=ON)
    assert [problem.code for problem in refused.value.problems] == ["within_one_year"]


def test_a_part_that_was_cancelled_can_be_divided_off_again(window):
    stay = _over_new_year(window)
    rest = divide_at_new_year(admission=stay, by=window.clerk, on=ON)
    cancel_admission(admission=rest, reason="分错", by=window.clerk, on=ON)
    Admission.objects.filter(pk=stay.pk).update(discharged_on=date(2026, 1, 2))
    assert divide_at_new_year(admission=stay, by=window.clerk, on=ON).continues_id == stay.pk


def test_a_first_part_does_not_go_back_to_the_ward_while_the_second_stands(window):
    stay = _over_new_year(window)
    divide_at_new_year(admission=stay, by=window.clerk, on=ON)
    with pytest.raises(ClaimRefused) as refused:
        return_to_ward(admission=stay, by=window.clerk)
    assert [problem.code for problem in refused.value.problems] == ["other_stay"]


class TestFurtherStaysOfTheYear:
    @pytest.fixture
    def window(self, county, cast) -> Window:
        basic = BASIC.replace('deductible_period = "year"\n', "") + SECOND_HALF
        return a_window(county, cast, HEAD + basic)

    def test_the_second_has_the_lower_deductible_and_a_visit_is_no_stay(self, window):
        window.settled(date(2026, 2, 1), "100.00")
        first = _stay(window, date(2026, 3, 1), date(2026, 3, 5))
        second = self._again(window)
        paid = [settle(admission=stay, by=window.clerk, on=ON).paid for stay in (first, second)]
        assert paid == [D("210.00"), D("455.00")]
        check_books()

    def test_an_earlier_one_settled_late_moves_the_later_one(self, window):
        second = settle(admission=self._again(window), by=window.clerk, on=ON)
        assert second.paid == D("210.00")
        settle(admission=_stay(window, date(2026, 3, 1), date(2026, 3, 5)), by=window.clerk, on=ON)
        now = Settlement.objects.get(admission=second.admission, is_standing=True, kind="adjusted")
        assert now.paid == D("455.00")
        check_books()

    def test_a_correction_keeps_its_place_among_the_stays(self, window):
        first = settle(admission=_stay(window, date(2026, 3, 1), date(2026, 3, 5)), by=window.clerk, on=ON)
        settle(admission=self._again(window), by=window.clerk, on=ON)
        assert correct(settlement=first, lines=None, reason="身份补登", by=window.clerk, on=ON).paid == D(210)
        check_books()

    def _again(self, window: Window) -> Admission:
        wanted = AdmissionWanted(
            institution=window.hospital,
            care="inpatient",
            admitted_on=date(2026, 5, 1),
            discharged_on=date(2026, 5, 5),
            diagnosis="肺炎",
        )
        stay = admit(person=window.person, wanted=wanted, by=window.clerk, on=ON)
        write_bill(admission=stay, lines=[line("1000.00")], typed_total=None, by=window.clerk, on=ON)
        return stay
