"""The bills of one county from the first to the last, in the order in which its clerk settled them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random

from django.db import connection

from claims.models import Admission, Fund, InstalmentPlan, Settlement, SettlementLine
from healthaid.demo.claims.desk import Desk, Funds
from healthaid.demo.claims.numbering import Numbers
from healthaid.demo.claims.order import events, put_in_order
from healthaid.demo.claims.payments import Payments
from healthaid.demo.claims.places import Places
from healthaid.demo.claims.rules import Rules
from healthaid.demo.claims.standing import Standings, standings_of
from healthaid.demo.claims.stays import Drawing, Patient
from healthaid.demo.claims.years import Years
from healthaid.demo.copying import Store, analyse
from healthaid.demo.staff import Staff

# Checks that wait for the whole: a settlement for its lines, everything for the stay, which is written last.
_WAITING = """
    SELECT string_agg(quote_ident(c.conname), ', ') FROM pg_constraint c
     WHERE c.condeferrable AND (c.confrelid = 'claims_admission'::regclass
           OR (c.contype = 't' AND c.conrelid IN ('claims_settlement'::regclass,
                                                  'claims_settlementline'::regclass)))"""


def write_bills(staff: Staff, store: Store, clerk: int, seed: str, on: date) -> None:
    """This will make up, settle and write two years of bills of one county that has people and rules."""
    county = staff.county
    standings = standings_of(county.pk)
    drawing = Drawing(_patients(staff, standings), Places(staff), on, Random(f"{seed}:stays"))  # noqa: S311
    stays = drawing.stays()
    put_in_order(stays, standings, on, Random(f"{seed}:days"), window=staff.hospital)  # noqa: S311
    random = Random(f"{seed}:desk")  # noqa: S311
    payments = Payments(store, Numbers(county.pk, county.code), clerk, on, random)
    years = Years(Rules(county.pk), standings, seed)
    desk = Desk(store, years, _funds(county.pk), payments, clerk, random, on)
    store.know(Admission, Settlement, SettlementLine, InstalmentPlan)
    with _checked_at_the_end():
        with store.in_background():
            desk.register(stays)
            for event in events(stays, on):
                desk.do(event)
            desk.finish(stays)
        store.hand_back()
        payments.numbers.keep()
    analyse("claims_admission", "claims_billitem", "claims_settlement", "claims_settlementline")


def _patients(staff: Staff, standings: Standings) -> list[Patient]:
    return [
        Patient(member, home, village, standings.ill.get(member.pk, ()))
        for village in staff.villages
        for home in village.homes
        for member in home.members
    ]


def _funds(county: int) -> Funds:
    return {(fund.payer, fund.year): fund.pk for fund in Fund.objects.filter(county=county)}


@contextmanager
def _checked_at_the_end() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        cursor.execute(f"SET CONSTRAINTS {cursor.fetchone()[0]} DEFERRED")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
