"""Funds: money in, corrections, the ledger, how long it lasts, and who is told in time."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import ClosedMonth, FundNotice
from claims.queries.funds.forecast import forecast
from claims.queries.funds.layers import layer_table
from claims.queries.funds.ledger import months, movements
from claims.queries.funds.standing import funds_of, standings
from claims.services.funds.managing import FundWanted, change_warning, correct_ledger, open_fund, put_in
from claims.services.funds.watching import watch_funds
from tests.factories.claims import a_fund, a_reversal, an_entry

YEAR_END = date(2026, 12, 31)
TEN_MILLION = Decimal("10000000.00")
JUNE = date(2026, 6, 11)


def _wanted(**more):
    fields = {"payer": "fund", "year": 2026, "name_zh": "救助基金", "name_en": "", "holds": TEN_MILLION}
    return FundWanted(**fields | more)


def _opened(money, **more):
    return open_fund(
        county=money.county.county, wanted=_wanted(**more), on=date(2026, 1, 1), by=money.officer
    )


def test_a_fund_opens_with_ten_million(money):
    fund = _opened(money)
    assert (fund.balance, fund.entries.get().kind) == (TEN_MILLION, "opening")


def test_a_payer_has_one_fund_a_year(money):
    _opened(money)
    with pytest.raises(ValidationError, match="已"):
        _opened(money)


def test_money_put_in_raises_the_balance(money):
    fund = _opened(money)
    put_in(fund=fund, amount=Decimal(500), note="岳财〔2026〕3号", on=JUNE, by=money.officer)
    fund.refresh_from_db()
    assert fund.balance == TEN_MILLION + 500


def test_the_same_form_twice_is_one_entry(money):
    fund, key = _opened(money), uuid4()
    for _time in range(2):
        put_in(fund=fund, amount=Decimal(500), note="", on=JUNE, by=money.officer, key=key)
    fund.refresh_from_db()
    assert fund.balance == TEN_MILLION + 500


def test_the_same_form_with_another_amount_is_refused(money):
    fund, key = _opened(money), uuid4()
    put_in(fund=fund, amount=Decimal(500), note="", on=JUNE, by=money.officer, key=key)
    with pytest.raises(ValidationError, match="已经提交过"):
        put_in(fund=fund, amount=Decimal(600), note="", on=JUNE, by=money.officer, key=key)


def test_a_correction_needs_words(money):
    with pytest.raises(ValidationError, match="错在哪里"):
        correct_ledger(fund=_opened(money), amount=Decimal(-5), note=" ", on=JUNE, by=money.officer)


def test_a_fund_that_holds_money_is_not_corrected_below_zero(money):
    fund = _opened(money, may_overdraw=False, holds=Decimal(100))
    with pytest.raises(ValidationError, match=r"100\.00"):
        correct_ledger(fund=fund, amount=Decimal(-101), note="多拨", on=JUNE, by=money.officer)


def test_a_fund_below_zero_stays_one_that_may_be(money):
    fund = a_fund(money.county.county, money.officer, holds=0)
    an_entry(fund, money.officer, -5, kind="correction", note="错")
    with pytest.raises(ValidationError, match="透支"):
        change_warning(fund=fund, warns_at=Decimal("0.1"), may_overdraw=False, by=money.officer)


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 5, 2)])
def test_an_entry_lies_in_an_open_month_of_the_funds_year(money, on):
    fund = _opened(money)
    ClosedMonth.objects.create(
        county=money.county.county, month=date(2026, 5, 1), closed_on=JUNE, closed_by=money.officer
    )
    with pytest.raises(ValidationError) as refused:
        put_in(fund=fund, amount=Decimal(5), note="", on=on, by=money.officer)
    assert set(refused.value.message_dict) == {"on"}


def test_an_auditor_reads_and_does_not_write(money):
    with pytest.raises(PermissionDenied):
        put_in(fund=_opened(money), amount=Decimal(5), note="", on=JUNE, by=money.cast.auditor)


def test_nobody_sees_the_funds_of_another_county(money):
    fund = a_fund(money.county.other_county, money.officer)
    assert fund not in funds_of(money.officer)


def test_the_ledger_shows_the_balance_after_each_entry(money):
    fund = _opened(money)
    line = money.settled().lines.get(payer="fund")
    an_entry(fund, money.cast.clerk, -200, kind="settlement", line=line, entered_on=date(2026, 3, 10))
    shown = [(entry.kind, entry.amount, entry.balance) for entry in movements(fund)]
    assert shown == [
        ("settlement", Decimal("-200.00"), TEN_MILLION - 200),
        ("opening", TEN_MILLION, TEN_MILLION),
    ]


def test_months_tell_what_came_in_and_what_went_out(money):
    fund = _opened(money)
    line = money.settled().lines.get(payer="fund")
    an_entry(fund, money.cast.clerk, -200, kind="settlement", line=line, entered_on=date(2026, 3, 10))
    assert [(m.first_day.month, m.put_in, m.paid_out, m.bills) for m in months(fund)] == [
        (1, TEN_MILLION, Decimal(0), 0),
        (3, Decimal(0), Decimal(200), 1),
    ]


def _even(amount, first=date(2025, 6, 1)):
    return {
        date(first.year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1, 1): Decimal(amount)
        for n in range(12)
    }


def test_money_for_three_even_months_ends_on_the_first_of_the_fourth():
    told = forecast(balance=Decimal(300), spent=_even(100), known=12, on=date(2026, 6, 1), until=YEAR_END)
    assert (told.ends_on, told.mean, told.left) == (date(2026, 9, 1), 100, Decimal(-400))


def test_money_that_lasts_says_what_is_left():
    told = forecast(balance=Decimal(1000), spent=_even(100), known=12, on=date(2026, 6, 1), until=YEAR_END)
    assert (told.ends_on, told.left) == (None, Decimal(300))


def test_the_same_month_of_last_year_counts_half():
    spent = {**_even(0), date(2025, 12, 1): Decimal(1200)}
    told = forecast(balance=Decimal(1000), spent=spent, known=12, on=date(2026, 6, 1), until=YEAR_END)
    assert [month.amount for month in told.months] == [50] * 6 + [650]


def test_only_the_days_that_are_left_of_this_month_count():
    told = forecast(
        balance=Decimal(1000),
        spent={date(2026, 5, 1): Decimal(300)},
        known=1,
        on=date(2026, 6, 16),
        until=date(2026, 6, 30),
    )
    assert told.months[0].amount == 150


def test_an_empty_fund_ends_today():
    told = forecast(balance=Decimal(0), spent=_even(100), known=12, on=JUNE, until=YEAR_END)
    assert told.ends_on == JUNE


def test_without_a_full_month_nothing_is_forecast():
    assert forecast(balance=Decimal(1000), spent={}, known=0, on=JUNE, until=YEAR_END) is None


def test_a_fund_below_its_line_is_told_of_once(money):
    fund = _opened(money, holds=Decimal(1000))
    correct_ledger(fund=fund, amount=Decimal(-1), note="x", on=JUNE, by=money.officer)
    an_entry(fund, money.cast.clerk, "-850", kind="settlement", line=money.settled().lines.get(payer="fund"))
    assert [notice.cause for notice in watch_funds(on=JUNE)] == ["low"]
    assert watch_funds(on=JUNE) == []


def test_a_notice_is_over_when_money_came(money):
    fund = a_fund(money.county.county, money.officer, holds=100)
    an_entry(fund, money.cast.clerk, "-100", kind="settlement", line=money.settled().lines.get(payer="fund"))
    assert [notice.cause for notice in watch_funds(on=JUNE)] == ["empty"]
    put_in(fund=fund, amount=Decimal(5000), note="", on=JUNE, by=money.officer)
    watch_funds(on=JUNE)
    assert FundNotice.objects.get().over_on == JUNE


def test_how_full_a_fund_is_stands_beside_it(money):
    fund = a_fund(money.county.county, money.officer, holds=1000)
    an_entry(fund, money.cast.clerk, "-900", kind="settlement", line=money.settled().lines.get(payer="fund"))
    standing = standings(funds_of(money.officer))[0]
    assert (standing.put_in, standing.paid_out, standing.left, standing.share) == (1000, 900, 100, 10)
    assert standing.is_low


def test_the_layer_table_counts_bills_and_persons_and_nets_reversals(money):
    money.settled()
    money.settled(settled_on=date(2026, 4, 2))
    back = money.settled(settled_on=date(2026, 4, 3))
    a_reversal(back, money.cast.clerk, settled_on=date(2026, 4, 9))
    table = layer_table(money.county.dongping, date(2026, 3, 1), date(2026, 5, 1))
    shown = [(row.month and row.month.month, row.layer, row.bills, row.persons, row.amount) for row in table]
    assert [row for row in shown if row[1] == "fund"] == [
        (3, "fund", 1, 1, Decimal(200)),
        (4, "fund", 1, 1, Decimal(200)),
        (None, "fund", 2, 1, Decimal(400)),
    ]


def test_the_layer_table_of_a_village_shows_its_own_people_only(money):
    money.settled()
    assert layer_table(money.county.qingshui, date(2026, 3, 1), date(2026, 5, 1)) == []
