"""Numbers of slips and receipts, as the window gives them: county, month, running number without gaps."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Numbers:
    county_code: str
    given: Counter[tuple[str, date]] = field(default_factory=Counter)

    def next(self, kind: str, on: date) -> str:
        month = on.replace(day=1)
        self.given[kind, month] += 1
        return f"{self.county_code}-{on:%Y%m}-{self.given[kind, month]:05d}"
