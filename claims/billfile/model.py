"""What a hospital's list of costs is read into: lines, where each stood, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

FIELDS = ("category", "item_class", "name", "amount", "first_pay", "first_rate", "over_limit")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Column:
    """`index` is zero-based; `field` is empty where the column is not used."""

    index: int
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One row of the file in yuan; a refund is negative. `row` counts from 1 as a spreadsheet does."""

    row: int
    category: str
    item_class: str
    name: str
    amount: Decimal
    first_pay: Decimal = ZERO
    over_limit: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Problem:
    """code: header_missing, column_missing, nothing, refund_over, parts, or the field that cannot be read.
    `row` is 0 where it is about the whole list."""

    code: str
    row: int = 0
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What all lines of one kind and class make together, refunds taken off."""

    category: str
    item_class: str
    amount: Decimal
    first_pay: Decimal
    over_limit: Decimal


@dataclass(frozen=True, slots=True)
class BillFile:
    columns: tuple[Column, ...] = ()
    lines: tuple[FileLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()
    stated_total: Decimal | None = None
    samples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum((part.amount for part in self.parts), ZERO)

    @property
    def refunds(self) -> int:
        return sum(line.amount < 0 for line in self.lines)
