"""What patients paid of their share: at once, in advance, bit by bit, or not yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from claims.choices import NumberKind, PayWay, ReceiptKind
from claims.models import Instalment, InstalmentPlan, Receipt
from core.base.periods import add_months
from healthaid.demo.claims.numbering import Numbers
from healthaid.demo.claims.stays import Stay
from healthaid.demo.copying import Row, Store
from healthaid.demo.numbers import midday, seeded_uuid

RECEIPT = ("uuid", "admission", "kind", "number", "amount", "way", "received_on", "received_by")
PLAN = ("id", "admission", "agreed_on", "guarantor", "note", "agreed_by")
INSTALMENT = ("plan", "due_on", "amount")
_WAYS = (PayWay.CASH, PayWay.MOBILE, PayWay.MOBILE, PayWay.TRANSFER, PayWay.ACCOUNT)
_DEPOSIT = Decimal(500)
# From this share on some cannot pay at once; one in so many of them pays bit by bit, one in so many not yet.
_MUCH, _IN_PARTS, _NOT_YET = Decimal(800), 9, 23
_PARTS = 4


@dataclass(slots=True)
class Payments:
    """The receipts of one county, numbered by day."""

    store: Store
    numbers: Numbers
    clerk: int
    on: date
    random: Random
    receipts: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    instalments: list[Row] = field(default_factory=list)
    _paid: dict[int, Decimal] = field(default_factory=dict)

    def deposit(self, stay: Stay) -> None:
        """Who is not treated first leaves a deposit."""
        self._receive(stay, _DEPOSIT, stay.admitted_on, ReceiptKind.DEPOSIT)

    def pay(self, stay: Stay, share: Decimal, on: date) -> bool:
        """This will take the patient's share, and say whether something is still owed."""
        rest = share - self._paid.get(stay.pk, Decimal(0))
        if rest >= _MUCH and not stay.fixed and stay.number % _NOT_YET == 3 and (self.on - on).days < 200:
            return True
        if rest >= _MUCH and not stay.fixed and stay.number % _IN_PARTS == 5:
            return self._in_parts(stay, rest, on)
        if rest:
            self._receive(stay, rest, on, ReceiptKind.PAYMENT if rest > 0 else ReceiptKind.REFUND)
        return False

    def settle_up(self, stay: Stay, share: Decimal, on: date) -> bool:
        """After a correction: what was paid too much goes back, what is missing is paid some days later."""
        rest = share - self._paid.get(stay.pk, Decimal(0))
        day = on if rest < 0 else on + timedelta(days=3)
        if rest and day <= self.on:
            self._receive(stay, rest, day, ReceiptKind.PAYMENT if rest > 0 else ReceiptKind.REFUND)
            return False
        return bool(rest > 0)

    def copy(self) -> None:
        """This will write what has come together."""
        for model, columns, rows in (
            (Receipt, RECEIPT, self.receipts),
            (InstalmentPlan, PLAN, self.plans),
            (Instalment, INSTALMENT, self.instalments),
        ):
            if rows:
                self.store.copy(model, columns, [*rows])
                rows.clear()

    def _in_parts(self, stay: Stay, rest: Decimal, on: date) -> bool:
        plan = self.store.next(InstalmentPlan)
        surety = f"{stay.patient.village.short}民委员会" if stay.number % 2 else ""
        self.plans.append((plan, stay.pk, on, surety, "一次付清有困难，约定按月付清", self.clerk))
        owed = False
        for due, amount in _parts(rest, on):
            self.instalments.append((plan, due, amount))
            came = due + timedelta(days=self.random.choice((-3, -1, 0, 0, 2, 6)))
            missed = stay.number % 5 == 0 and (self.on - due).days < 120
            if came <= self.on and not missed:
                self._receive(stay, amount, max(came, on), ReceiptKind.PAYMENT)
            else:
                owed = True
        return owed

    def _receive(self, stay: Stay, amount: Decimal, on: date, kind: ReceiptKind) -> None:
        number = f"SJ{self.numbers.next(NumberKind.RECEIPT, on)}"
        uuid: UUID = seeded_uuid(self.random, midday(on))
        way = str(self.random.choice(_WAYS))
        self.receipts.append((uuid, stay.pk, str(kind), number, amount, way, on, self.clerk))
        self._paid[stay.pk] = self._paid.get(stay.pk, Decimal(0)) + amount


def _parts(rest: Decimal, on: date) -> Iterator[tuple[date, Decimal]]:
    part = (rest / _PARTS).quantize(Decimal(1))
    for place in range(1, _PARTS):
        yield add_months(on, place), part
    yield add_months(on, _PARTS), rest - part * (_PARTS - 1)
