"""An indicator: what is counted, out of what, in which unit, and how it is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from core.base.shares import per_cent
from healthaid.reports.indicators.facts import Fact

Text = str | Promise
Amount = int | Decimal


class Side(StrEnum):
    """Each figure opens three lists: everyone counted, those who meet it, and the exceptions."""

    ALL = "all"
    MET = "met"
    MISSING = "missing"


class Unit(StrEnum):
    HOUSEHOLDS = "households"
    PERSONS = "persons"
    TIMES = "times"
    CASES = "cases"
    EPISODES = "episodes"
    ITEMS = "items"
    RETURNS = "returns"
    RISKS = "risks"
    STAYS = "stays"
    VILLAGES = "villages"
    CLINICS = "clinics"
    HOSPITALS = "hospitals"
    BEDS = "beds"
    EVENTS = "events"
    YUAN = "yuan"


class Shows(StrEnum):
    """What stands large: the share, the number that meets it, or the whole."""

    SHARE = "share"
    PART = "part"
    WHOLE = "whole"


class Pace(StrEnum):
    """A target for the end of a period is asked for in proportion to the days gone."""

    NONE = ""
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Indicator:
    """`whole` and `part` are conditions over the rows `f` of the fact; the part is taken within the whole.

    Where `whole_sum` and `part_sum` are given, yuan or beds are summed over the rows of the whole instead of
    rows counted. `beside` is the code of the same figure with the other exclusions where the norm names both,
    or of its base."""

    code: str
    fact: Fact
    name: Text
    definition: Text
    unit: Unit
    whole: str
    part: str = ""
    met: Text = ""
    missing: Text = ""
    shows: Shows = Shows.SHARE
    low_is_good: bool = False
    target: int | None = None
    margin: int = 0
    pace: Pace = Pace.NONE
    source: str = ""
    shown_in_list: str = "person"
    health_only: bool = False
    whole_sum: str = ""
    part_sum: str = ""
    beside: str = ""

    def condition(self, side: Side) -> str:
        """Which rows stand on the list of a side; of a sum, those that add something to it."""
        if side == Side.ALL:
            return f"({self.whole})"
        if self.is_sum:
            return f"({self.whole}) AND ({self.amount(side)}) <> 0"
        return f"({self.whole}) AND ({self.part}) IS {'' if side == Side.MET else 'NOT '}TRUE"

    def amount(self, side: Side) -> str:
        """What one row adds to a sum."""
        rest = f"({self.whole_sum}) - ({self.part_sum})"
        return {Side.ALL: self.whole_sum, Side.MET: self.part_sum, Side.MISSING: rest}[side]

    @property
    def is_sum(self) -> bool:
        return bool(self.whole_sum)

    @property
    def nothing(self) -> str:
        """What a sum over no row is, in SQL: money keeps its fen, what is counted has none."""
        return "0.00" if self.unit == Unit.YUAN else "0::bigint"

    @property
    def sides(self) -> tuple[Side, ...]:
        return (Side.ALL, Side.MET, Side.MISSING) if self.part or self.part_sum else (Side.ALL,)


@dataclass(frozen=True)
class Figure:
    """Numerator and denominator as counted; sums of figures are figures, so a ratio is always one of sums.

    Counts are whole numbers, yuan decimal ones."""

    part: Amount = 0
    whole: Amount = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.part + other.part, self.whole + other.whole)

    @property
    def kept(self) -> list[int | str]:
        """[part, whole] as JSON keeps it: yuan as text, so that no fen is lost."""
        return [str(each) if isinstance(each, Decimal) else each for each in (self.part, self.whole)]

    @classmethod
    def of_kept(cls, kept: Sequence[int | str]) -> "Figure":
        part, whole = (Decimal(each) if isinstance(each, str) else each for each in kept)
        return cls(part, whole)

    @property
    def rest(self) -> Amount:
        return self.whole - self.part

    @property
    def is_over(self) -> bool:
        """More than everyone: something is counted twice, and must be looked at."""
        return self.part > self.whole

    @property
    def share(self) -> Decimal | None:
        """Per cent, one decimal; 0/0 is None. All and nothing are said only of all and nothing."""
        return per_cent(self.part, self.whole)

    def count(self, side: Side) -> Amount:
        return {Side.ALL: self.whole, Side.MET: self.part, Side.MISSING: self.rest}[side]


NOTHING = Figure()
