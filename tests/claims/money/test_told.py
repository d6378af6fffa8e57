"""The night's work on the books, and what the county hears of it: once, in its own language."""

from datetime import date

from claims.models import LedgerCheck, Payable
from healthaid.journeys.money import keep_the_books, tell_of_differences, tell_of_funds
from healthaid.outreach.models import Message
from healthaid.outreach.texts import rendered
from tests.factories.claims import a_fund, an_entry

ON = date(2026, 4, 2)
OFFICERS = 2
"""The county's staff in the cast: health, and the office beside it."""


def _emptied(money):
    fund = a_fund(money.county.county, money.officer, holds=200)
    line = money.settled().lines.get(payer="fund")
    an_entry(fund, money.cast.clerk, "-200", kind="settlement", line=line, entered_on=ON)
    return fund


def test_a_night_gathers_watches_reckons_and_tells(money):
    _emptied(money)
    made = keep_the_books(on=ON)
    assert (made["gathered"], made["differences"], made["told"]) == (2, 0, OFFICERS)
    assert Payable.objects.count() == 2
    assert LedgerCheck.objects.get().examined["settlements"] == 1


def test_the_county_hears_of_an_empty_fund_once(money):
    _emptied(money)
    keep_the_books(on=ON)
    assert tell_of_funds() == 0
    message = Message.objects.get(user=money.officer)
    assert Message.objects.count() == OFFICERS
    assert rendered(message) == "2026 年“健康扶贫医疗救助基金”已用完（余额 0.00 万元）。请立即补充资金。"


def test_english_readers_hear_it_in_english(money):
    type(money.officer).objects.filter(pk=money.officer.pk).update(language="en")
    _emptied(money)
    keep_the_books(on=ON)
    assert rendered(Message.objects.get(user=money.officer)).startswith(
        "Health poverty medical aid fund, 2026: no money is left"
    )


def test_differences_of_the_books_are_told_once_a_day(money):
    for count in (3, 2):
        LedgerCheck.objects.create(county=money.county.county, checked_on=ON, differences=count)
    assert tell_of_differences(on=ON) == OFFICERS
    assert tell_of_differences(on=ON) == 0
    assert "3" in rendered(Message.objects.get(user=money.officer))
