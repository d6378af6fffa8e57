"""An indicator: what is counted, out of what, in which unit, and how it is judged."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from core.base.shares import per_cent
from healthaid.reports.indicators.facts import Fact

Text = str | Promise


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
    """`whole` and `part` are conditions over the rows `f` of the fact; the part is taken within the whole."""

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

    def condition(self, side: Side) -> str:
        if side == Side.ALL:
            return f"({self.whole})"
        return f"({self.whole}) AND ({self.part}) IS {'' if side == Side.MET else 'NOT '}TRUE"

    @property
    def sides(self) -> tuple[Side, ...]:
        return (Side.ALL, Side.MET, Side.MISSING) if self.part else (Side.ALL,)


@dataclass(frozen=True)
class Figure:
    """Numerator and denominator as counted; sums of figures are figures, so a ratio is always one of sums."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.part + other.part, self.whole + other.whole)

    @property
    def rest(self) -> int:
        return self.whole - self.part

    @property
    def is_over(self) -> bool:
        """More than everyone: something is counted twice, and must be looked at."""
        return self.part > self.whole

    @property
    def share(self) -> Decimal | None:
        """Per cent, one decimal; 0/0 is None. All and nothing are said only of all and nothing."""
        return per_cent(self.part, self.whole)

    def count(self, side: Side) -> int:
        return {Side.ALL: self.whole, Side.MET: self.part, Side.MISSING: self.rest}[side]


NOTHING = Figure()
