"""The nightly reckoning: nothing to say of sound books, and each kind of damage named."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from claims.choices import FaultKind
from claims.models import Payable, SettlementLine
from claims.services.checking import check_ledgers
from claims.services.payables.assembling import assemble_payables
from claims.services.payables.claiming import claim
from tests.factories.claims import a_fund, a_reversal, an_entry

ON = date(2026, 4, 2)


@pytest.fixture
def books(money):
    """One bill standing, one reversed, both in the fund's ledger, the month claimed."""
    county = money.county.county
    money.fund = a_fund(county, money.officer, holds=1000)
    money.bill = money.settled()
    money.taken_back = money.settled(lines={"basic": 500, "fund": 300, "civil": 100})
    reversal = a_reversal(money.taken_back, money.cast.clerk)
    type(reversal.admission).objects.filter(pk=reversal.admission_id).update(state="discharged")
    for line in SettlementLine.objects.filter(payer="fund"):
        kind = "settlement" if line.amount > 0 else "reversal"
        an_entry(money.fund, money.cast.clerk, -line.amount, kind=kind, line=line, entered_on=ON)
    assemble_payables(county_id=county.pk, on=ON)
    claim(payable=Payable.objects.get(payer="basic"), on=ON, by=money.officer)
    money.reversal = reversal
    return money


def _check(books):
    return check_ledgers(county_id=books.county.county.pk, on=ON)


def _damage(statement, **values):
    """What no statement of ours could do: triggers are off while it runs."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount
        cursor.execute("SET session_replication_role = DEFAULT")


def test_sound_books_give_no_difference(books):
    check = _check(books)
    assert (check.differences, check.faults.count()) == (0, 0)
    assert check.examined == {"funds": 1, "entries": 4, "settlements": 3, "lines": 8, "payables": 3}


_LINE = "(SELECT id FROM claims_settlementline WHERE settlement_id = %(bill)s AND payer = 'fund')"
DAMAGES = {
    "fund_balance": "UPDATE claims_fund SET balance = balance + 1",
    "entry_amount": f"UPDATE claims_fundentry SET amount = amount - 1 WHERE line_id = {_LINE}",
    "entry_missing": f"DELETE FROM claims_fundentry WHERE line_id = {_LINE}",
    "lines": f"UPDATE claims_settlementline SET amount = amount + 1 WHERE id = {_LINE}",
    "bill": "UPDATE claims_billitem SET amount = amount + 1 WHERE admission_id = %(stay)s",
    "reversal": "UPDATE claims_settlementline SET amount = amount + 1 WHERE settlement_id = %(reversal)s",
    "standing": "UPDATE claims_settlement SET is_standing = TRUE WHERE id = %(taken_back)s",
    "stay": "UPDATE claims_admission SET state = 'discharged' WHERE id = %(stay)s",
    "year": "UPDATE claims_settlement SET decision = %(decision)s WHERE id = %(bill)s",
    "claimed": "UPDATE claims_payable SET claimed = claimed + 1 WHERE payer = 'basic'",
    "misplaced": "UPDATE claims_payable SET payer = 'other' WHERE payer = 'fund'",
}


def test_every_kind_has_its_damage():
    assert set(DAMAGES) == set(FaultKind.values)


@pytest.mark.parametrize("kind", sorted(DAMAGES))
def test_each_kind_of_damage_is_found_and_named(kind, books):
    values = {
        "bill": books.bill.pk,
        "stay": books.bill.admission_id,
        "taken_back": books.taken_back.pk,
        "reversal": books.reversal.pk,
        "decision": '{"used_after": {"paid": {"basic": "699.00", "fund": "200.00"}}}',
    }
    _damage(DAMAGES[kind], **values)
    check = _check(books)
    assert kind in set(check.faults.values_list("kind", flat=True))
    assert check.differences == check.faults.count()


def test_a_difference_says_what_the_papers_say_and_what_is_written(books):
    _damage("UPDATE claims_fund SET balance = balance + 1")
    fault = _check(books).faults.get()
    assert (fault.subject, fault.expected, fault.found) == (books.fund.code, Decimal(800), Decimal(801))


def test_another_countys_damage_is_not_this_ones(books):
    _damage("UPDATE claims_fund SET balance = balance + 1")
    assert check_ledgers(county_id=books.county.other_county.pk, on=ON).differences == 0
