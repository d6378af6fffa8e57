"""What a table of an office is made of: columns as data, one definition for each kind of report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area

Text = str | Promise
Counted = dict[str, Any]
_AREA = pgettext_lazy("heading", "Area")


class Take(StrEnum):
    """What a cell takes of the value under its code.

    Of a pair [part, whole] (counts, or yuan as text): one of both, the rest, or the share of the sums in per
    cent. Of a single value: the number, yuan, ten thousands of yuan, or words."""

    PART = "part"
    WHOLE = "whole"
    REST = "rest"
    SHARE = "share"
    NUMBER = "number"
    YUAN = "yuan"
    WAN = "wan"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Column:
    """`group` is the heading above; without a code the county keeps no such data here yet.

    `guard` names the count that a sum of money belongs to: where the count is too small to be told in
    public, so is the money. `words` are the choices that a value written as a code is one of."""

    group: Text
    name: Text
    unit: Text
    code: str = ""
    take: Take = Take.NOTHING
    guard: str = ""
    words: Any = None


@dataclass(frozen=True)
class Part:
    """One table of a report. `code` names its rows among the figures; the empty code are the areas.

    `row_name` gives the words for a row's code where the figures name only that. `adds` names columns of
    which one is the sum of the others in each row."""

    title: Text
    columns: tuple[Column, ...]
    code: str = ""
    first: Text = _AREA
    row_name: Callable[[str], str] | None = None
    has_total: bool = True
    adds: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is counted: an area's figures of the days from `since` to `last`, seen on the day `on`.

    `sees_sensitive` takes in what only health staff may see; only papers for them ask so."""

    area: Area
    since: date
    last: date
    on: date
    sees_sensitive: bool = False


@dataclass(frozen=True)
class Kind:
    """`levels` are the areas that hand it in; `months` how many its usual period has (0: as one likes).

    `drafted` are the levels whose draft the timetable makes. `public_codes` are the tables of the public
    version where these are not all. A roster has one row for each person: it is
    written row by row, and only its sums are kept as figures."""

    code: str
    name: Text
    title: Text
    levels: frozenset[str]
    parts: tuple[Part, ...]
    count: Callable[[Asked], Counted]
    notes: tuple[Text, ...] = ()
    months: int = 1
    drafted: frozenset[str] = frozenset()
    is_public: bool = True
    public_codes: frozenset[str] | None = None
    is_roster: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all columns, each once."""
        return tuple(dict.fromkeys(c.code for part in self.parts for c in part.columns if c.code))


def part_of(figures: Counted, code: str) -> Counted:
    """`rows` and `together` of one table among the figures of a report."""
    found: Counted = figures["tables"][code] if code else figures
    return found
