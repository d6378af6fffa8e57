"""A bill settled at the window against the bare statement that writes the same rows; and its preview.

Both commit, each bill in a transaction of its own, on one connection, in turn. Before the bare statement its numbers
and decision are known already: it only writes them, past the same triggers, keys and indexes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from claims.models import Admission, Fund, FundEntry, PolicyVersion, Settlement
from claims.services.admissions import AdmissionWanted, ItemWanted, admit, write_bill
from claims.services.settling import preview, settle
from core.accounts.models import Role, User
from core.base.ids import uuid7
from core.base.sql import prepared
from core.clinics.models import Institution
from households.choices import Scheme
from households.models import Enrolment, Person
from tests.factories.claims import an_approved_policy
from tests.factories.settling import EVERYTHING

ITEMS = 12
WARM = 20
_SETTLEMENT = (
    *(
        "uuid",
        "kind",
        "is_standing",
        "admission_id",
        "person_id",
        "household_id",
        "institution_id",
        "is_sensitive",
    ),
    *(
        "number",
        "revision",
        "year",
        "level",
        "policy_id",
        "policy_sha256",
        "facts",
        "decision",
        "total",
        "compliant",
    ),
    *("discount", "paid", "patient", "compliant_patient", "settled_on", "settled_by_id", "reason"),
    *("village_id", "county_id"),
)
_BARE = f"""
    WITH s AS (INSERT INTO claims_settlement ({", ".join(_SETTLEMENT)})
               VALUES ({", ".join(f"%({name})s" for name in _SETTLEMENT)}) RETURNING id),
    l AS (INSERT INTO claims_settlementline (settlement_id, position, layer, payer, amount, base, deductible, clause)
          SELECT s.id, l.* FROM s, jsonb_to_recordset(%(lines)s) AS l(position int, layer text, payer text,
                 amount numeric, base numeric, deductible numeric, clause text) RETURNING id, payer, amount),
    e AS (INSERT INTO claims_fundentry (fund_id, kind, amount, entered_on, line_id, note, entered_by_id, created_at)
          SELECT %(fund)s, 'settlement', -l.amount, %(settled_on)s, l.id, '', %(settled_by_id)s, now()
            FROM l WHERE l.payer = %(payer)s AND l.amount <> 0)
    UPDATE claims_admission SET state = 'settled' WHERE id = %(admission_id)s
"""


@dataclass(frozen=True)
class Settled:
    """Medians of seconds a bill."""

    bills: int
    settle: float
    bare: float
    preview: float
    statements: int

    @property
    def ratio(self) -> float:
        return self.settle / self.bare


def measure(on: date, *, rounds: int) -> Settled:
    """This will settle so many times fifty bills, and write as many bare ones. It commits."""
    desk = _desk(on)
    count = 50 * rounds + WARM
    stays = _stays(desk, 2 * count, on)
    ours, bare, seen = [], [], []
    for number in range(count):
        mine, other = stays[2 * number], stays[2 * number + 1]
        seen.append(_timed(lambda: preview(admission=mine, by=desk.clerk, on=on)))  # noqa: B023
        ours.append(_timed(lambda: settle(admission=mine, by=desk.clerk, on=on)))  # noqa: B023
        values = _as_written(mine, other, desk.fund)
        bare.append(_timed(lambda: _written(values)))  # noqa: B023
    return Settled(
        count - WARM, *(median(times[WARM:]) for times in (ours, bare, seen)), _statements(desk, on)
    )


@dataclass(frozen=True)
class _Desk:
    clerk: User
    hospital: Institution
    fund: Fund


def _desk(on: date) -> _Desk:
    """The clerk and the hospital of the demo; a policy and a fund where the county has none in force."""
    clerk = User.objects.filter(role=Role.HOSPITAL_CLERK).order_by("pk").first()
    county = clerk.area.county if clerk.area.county_id else clerk.area
    in_force = PolicyVersion.objects.filter(county=county, period__contains=on).exclude(state="draft")
    officers = list(User.objects.exclude(pk=clerk.pk).order_by("pk")[:2])
    version = in_force.first() or an_approved_policy(county, *officers, text=EVERYTHING)
    payer = "fund" if 'payer = "fund"' in version.text else "backstop"
    found = {"county": county, "payer": payer, "year": on.year}
    fund = Fund.objects.filter(**found).first()
    if fund is None:
        fund = Fund.objects.create(**found, code="bench", name_zh="基金", name_en="Fund")
        FundEntry.objects.create(fund=fund, kind="opening", amount=10**8, entered_on=on, entered_by=clerk)
    hospitals = Institution.objects.filter(kind=Institution.Kind.COUNTY_HOSPITAL).order_by("pk")
    return _Desk(clerk, hospitals.first(), fund)


def _stays(desk: _Desk, count: int, on: date) -> list[Admission]:
    """Discharged visits of insured persons, each with a bill of a dozen lines; every person comes as often."""
    insured = Enrolment.objects.filter(year=on.year, scheme=Scheme.BASIC, is_enrolled=True).values("person")
    persons = list(
        Person.objects.filter(pk__in=insured, left_on=None, county=desk.fund.county).order_by("pk")[:count]
    )
    stays = []
    for number in range(count):
        person = persons[number % len(persons)]
        day = on - timedelta(days=1 + number // len(persons))
        wanted = AdmissionWanted(
            institution=desk.hospital, admitted_on=day, diagnosis="高血压", icd10="I10", care="outpatient"
        )
        stay = admit(person=person, wanted=wanted, by=desk.clerk, on=on)
        write_bill(admission=stay, lines=_lines(number), typed_total=None, by=desk.clerk, on=on)
        stays.append(stay)
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE claims_admission, claims_billitem, claims_settlement, claims_settlementline"
        )
    return stays


def _lines(number: int) -> list[ItemWanted]:
    amounts = (Decimal(100 + (number * 37 + place * 311) % 900) for place in range(ITEMS))
    return [ItemWanted(category="western_drug", item_class="A", amount=amount) for amount in amounts]


def _as_written(mine: Admission, other: Admission, fund: Fund) -> dict[str, Any]:
    """The rows that were just written for one stay, as those of another one."""
    found = Settlement.objects.get(admission=mine)
    values = {name: getattr(found, name) for name in _SETTLEMENT}
    lines = found.lines.values("position", "layer", "payer", "amount", "base", "deductible", "clause")
    return {
        **values,
        "facts": Jsonb(found.facts),
        "decision": Jsonb(found.decision),
        "uuid": uuid7(),
        "number": f"{found.number}b",
        "admission_id": other.pk,
        "person_id": other.person_id,
        "household_id": other.household_id,
        "fund": fund.pk,
        "payer": fund.payer,
        "lines": Jsonb([{name: str(value) for name, value in line.items()} for line in lines]),
    }


def _written(values: dict[str, Any]) -> None:
    with transaction.atomic():
        prepared(_BARE, values)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _statements(desk: _Desk, on: date) -> int:
    """How many statements a settlement takes, its BEGIN and COMMIT not counted."""
    (stay,) = _stays(desk, 1, on - timedelta(days=30))
    connection.force_debug_cursor = True
    before = len(connection.queries_log)
    settle(admission=stay, by=desk.clerk, on=on)
    sent = [query["sql"] for query in list(connection.queries_log)[before:]]
    connection.force_debug_cursor = False
    return len([sql for sql in sent if sql not in ("BEGIN", "COMMIT")])
