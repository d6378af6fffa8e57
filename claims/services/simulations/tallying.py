"""Before and after, added up: by payer, hospital, place, disease; households over lines. In fen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from claims.queries.simulations.bills import RealBill
from claims.services.simulations.replaying import Replayed

# A household's year is over a line when its own share is more than this. The tenth is the programme's promise
# (DOMAIN A10); the amounts are those of the county's rules of early warning (queries/burdens/lines.py).
TENTH = "tenth"
SUMS = (
    "total",
    *(
        f"{name}_{side}"
        for name in ("discount", "compliant", "patient", "inside")
        for side in ("before", "after")
    ),
)


@dataclass
class Cell:
    """Bills of one kind. `better` and `worse` count bills whose patient would pay less or more."""

    bills: int = 0
    before: int = 0
    after: int = 0
    better: int = 0
    worse: int = 0
    persons: set[int] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, real: RealBill, replayed: Replayed) -> None:
        self.bills += 1
        self.before += real.patient
        self.after += replayed.patient
        self.better += replayed.patient < real.patient
        self.worse += replayed.patient > real.patient
        self.persons.add(real.bill.person)

    def told(self, key: str) -> dict[str, Any]:
        """`name` is what the bills call their disease most often."""
        numbers = {name: getattr(self, name) for name in ("bills", "before", "after", "better", "worse")}
        name = self.names.most_common(1)[0][0] if self.names else ""
        return {"key": key, "name": name, "persons": len(self.persons), **numbers}


@dataclass
class Tally:
    """Everything that is told of a run. `yearly` are lines of a household's year, in yuan."""

    yearly: Sequence[Decimal] = ()
    bills: int = 0
    changed: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    payers_before: Counter[str] = field(default_factory=Counter)
    payers_after: Counter[str] = field(default_factory=Counter)
    levels: defaultdict[str, Cell] = field(default_factory=lambda: defaultdict(Cell))
    villages: defaultdict[str, Cell] = field(default_factory=lambda: defaultdict(Cell))
    diseases: defaultdict[str, Cell] = field(default_factory=lambda: defaultdict(Cell))
    years: defaultdict[tuple[int, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0])
    )

    def add(self, real: RealBill, replayed: Replayed) -> None:
        self.bills += 1
        self.changed += differs(real, replayed)
        self._sums(real, replayed)
        self.payers_before.update(real.payers)
        self.payers_after.update(replayed.payers)
        self.levels[real.level].add(real, replayed)
        self.villages[str(real.village)].add(real, replayed)
        disease = self.diseases[real.diagnosis]
        disease.add(real, replayed)
        disease.names[real.illness] += 1
        year = self.years[real.bill.household, real.discharged_on.year]
        for place, amount in enumerate((real.total - real.discount, real.patient)):
            year[place] += amount
        for place, amount in enumerate((real.total - replayed.discount, replayed.patient), start=2):
            year[place] += amount

    def _sums(self, real: RealBill, replayed: Replayed) -> None:
        self.sums["total"] += real.total
        for side, bill in (("before", real), ("after", replayed)):
            self.sums[f"discount_{side}"] += bill.discount  # type: ignore[attr-defined]
            self.sums[f"compliant_{side}"] += bill.compliant  # type: ignore[attr-defined]
            self.sums[f"patient_{side}"] += bill.patient  # type: ignore[attr-defined]
            self.sums[f"inside_{side}"] += bill.inside  # type: ignore[attr-defined]

    def told(self, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """The figures as plain JSON. `labels` are zh and en of each payer."""
        return {
            "bills": self.bills,
            "changed": self.changed,
            "households": len({household for household, _year in self.years}),
            "sums": {name: self.sums[name] for name in SUMS},
            "payers": self._payers(labels),
            "lines": [self._line(TENTH, None), *(self._line(f"{line:f}", line) for line in self.yearly)],
            "levels": _told(self.levels),
            "villages": _told(self.villages),
            "diseases": _told(self.diseases),
        }

    def _payers(self, labels: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
        codes = [code for code in labels if code in self.payers_before or code in self.payers_after]
        return [
            {
                "code": code,
                **labels[code],
                "before": self.payers_before[code],
                "after": self.payers_after[code],
            }
            for code in codes
        ]

    def _line(self, line: str, yuan: Decimal | None) -> dict[str, Any]:
        """How many household-years are over a line before and after, and how many cross it each way."""
        before = [is_over(yuan, whole, own) for whole, own, _w, _o in self.years.values()]
        after = [is_over(yuan, whole, own) for _w, _o, whole, own in self.years.values()]
        sides = list(zip(before, after, strict=True))
        return {
            "line": line,
            "before": sum(before),
            "after": sum(after),
            "over": sides.count((False, True)),
            "under": sides.count((True, False)),
        }


def is_over(line: Decimal | None, whole: int, own: int) -> bool:
    """Whether a household-year with this cost and own share (fen) lies above a line (yuan); None: a tenth."""
    return own * 10 > whole if line is None else own > line * 100


def differs(real: RealBill, replayed: Replayed) -> bool:
    """Whether anybody would pay otherwise."""
    before = {payer: amount for payer, amount in real.payers.items() if amount}
    return real.patient != replayed.patient or before != replayed.payers


def _told(cells: Mapping[str, Cell]) -> list[dict[str, Any]]:
    """The largest change of what patients pay first."""
    ordered: Iterable[tuple[str, Cell]] = sorted(
        cells.items(), key=lambda item: (-abs(item[1].after - item[1].before), item[0])
    )
    return [cell.told(key) for key, cell in ordered]
