"""The window of one county: it settles, corrects and takes money day by day, and writes what it did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from django.db import models

from claims.choices import Care, NumberKind, SettlementKind
from claims.models import Admission, BillItem, FundEntry, Settlement, SettlementLine
from claims.services.settling.writing import BECAUSE
from healthaid.demo.claims import rows
from healthaid.demo.claims.costs import items_of
from healthaid.demo.claims.order import Event
from healthaid.demo.claims.payments import Payments
from healthaid.demo.claims.stays import Stay
from healthaid.demo.claims.years import Assessed, Standing, Years
from healthaid.demo.copying import Row, Store
from healthaid.demo.numbers import midday, seeded_uuid

_CHUNK = 400
_REASON = "录入有误：金额多录，按医院清单更正"
_REVERSED, _CORRECTED, _ADJUSTED = SettlementKind.REVERSED, SettlementKind.CORRECTED, SettlementKind.ADJUSTED
Funds = dict[tuple[str, int], int]


@dataclass(slots=True)
class Desk:
    """`funds`: payer and year → fund."""

    store: Store
    years: Years
    funds: Funds
    payments: Payments
    clerk: int
    random: Random
    on: date
    _owing: set[int] = field(default_factory=set)
    _settlements: list[Row] = field(default_factory=list)
    _lines: list[Row] = field(default_factory=list)
    _entries: list[Row] = field(default_factory=list)

    def register(self, stays: Iterable[Stay]) -> None:
        """This will give every stay its key and take the deposits."""
        for stay in sorted(stays, key=lambda each: (each.admitted_on, each.number)):
            stay.pk = self.store.next(Admission)
            if stay.no_credit and stay.care == Care.INPATIENT and not stay.cancelled:
                self.payments.deposit(stay)

    def do(self, event: Event) -> None:
        """This will settle a bill, or correct it and everything that rests on it."""
        if event.is_correction:
            self._correct(event)
        else:
            made = self.years.settle(event.stay, event.on)
            event.stay.slip = self.payments.numbers.next(NumberKind.SETTLEMENT, event.on)
            self._write(made, SettlementKind.SETTLED, event.on)
            self._note(event.stay, self.payments.pay(event.stay, made.decision.patient, event.on))
        if len(self._settlements) >= _CHUNK:
            self._copy()

    def finish(self, stays: Iterable[Stay]) -> None:
        """This will write the stays with their bills, now that it is known what became of each.

        All items come before the first stay: nothing may be written into the bill of a settled one, and each
        looks for its stay, by a plan made while there was none."""
        self._copy()
        listed = sorted(stays, key=lambda each: each.pk)
        parts = [listed[first : first + _CHUNK] for first in range(0, len(listed), _CHUNK)]
        for part in parts:
            self.store.copy(BillItem, rows.ITEM, [row for stay in part for row in self._items(stay)])
        for part in parts:
            self.store.copy(Admission, rows.ADMISSION, [self._stay(stay) for stay in part])

    def _correct(self, event: Event) -> None:
        first = 0
        for before, after in self.years.correct(event.stay, event.on):
            corrected = after.stay is event.stay
            words = {"reason": _REASON if corrected else BECAUSE, "because_of": first or None}
            self._write(before, _REVERSED, event.on, reverses=after.stay.settlement, **words)
            pk = self._write(after, _CORRECTED if corrected else _ADJUSTED, event.on, **words)
            first = first or pk
            self._note(after.stay, self.payments.settle_up(after.stay, after.decision.patient, event.on))

    def _write(self, made: Standing, kind: SettlementKind, on: date, **more: Any) -> int:
        stay, sign = made.stay, rows.sign_of(kind)
        pk = stay.settlement = self.store.next(Settlement)
        stay.revision += 1
        uuid = seeded_uuid(self.random, midday(on))
        self._settlements.append(rows.settlement_row(made, pk, uuid, str(kind), on, self.clerk, **more))
        clauses = (
            {line.layer: line.clause for line in made.decision.lines} if isinstance(made, Assessed) else {}
        )
        for position, share in enumerate(made.bill.outcome.shares, start=1):
            key, fund = self.store.next(SettlementLine), self.funds.get((share.payer, made.bill.year))
            clause = clauses.get(share.layer, "")
            self._lines.append(rows.line_row(key, pk, position, share, clause, sign))
            if share.amount and fund:
                self._entries.append(rows.entry_row(fund, key, sign * share.amount, on, self.clerk))
        return pk

    def _note(self, stay: Stay, owes: bool) -> None:
        (self._owing.add if owes else self._owing.discard)(stay.pk)

    def _copy(self) -> None:
        listed: tuple[tuple[type[models.Model], tuple[str, ...], list[Row]], ...] = (
            (Settlement, rows.SETTLEMENT, self._settlements),
            (SettlementLine, rows.LINE, self._lines),
            (FundEntry, rows.ENTRY, self._entries),
        )
        for model, columns, made in listed:
            self.store.copy(model, columns, [*made])
            made.clear()
        self.payments.copy()

    def _items(self, stay: Stay) -> Iterable[Row]:
        """Of a stay that goes on, the costs up to now."""
        if stay.cancelled:
            return []
        items = items_of(stay, self.years.seed, corrected=stay.corrected_on is not None)
        return rows.item_rows(stay, items if stay.discharged_on else items[:4])

    def _stay(self, stay: Stay) -> Row:
        uuid = seeded_uuid(self.random, midday(stay.admitted_on))
        state = rows.state_of(stay, stay.pk in self._owing)
        return rows.admission_row(stay, uuid, state, self.clerk)
