"""Numbers of slips and receipts, as the window gives them: county, month, running number without gaps."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from claims.choices import NumberKind
from claims.models import RunningNumber
from claims.services.numbers import number_prefix


@dataclass(slots=True)
class Numbers:
    county: int
    county_code: str
    given: Counter[tuple[NumberKind, date]] = field(default_factory=Counter)

    def next(self, kind: NumberKind, on: date) -> str:
        month = on.replace(day=1)
        self.given[kind, month] += 1
        return f"{number_prefix(self.county_code, on)}{self.given[kind, month]:05d}"

    def keep(self) -> None:
        """This will leave the last numbers where the window goes on from."""
        RunningNumber.objects.bulk_create(
            RunningNumber(county_id=self.county, kind=kind, month=month, last=last)
            for (kind, month), last in sorted(self.given.items())
        )
