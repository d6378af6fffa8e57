"""Public papers that a reader lays side by side: editions of a table, and a county's beside its townships'.

What one paper hides must not be the difference between two others. A cell is known by its area, row and
column and by its value: where two papers tell the same of it they are one unknown, where a correction changed
it they are two. Every sum that holds is an equation; what is told anywhere is known. A paper may be published
when no hidden cell has one solution only."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from healthaid.reports.documents.cells import SMALL
from healthaid.reports.documents.model import Counted, Kind
from healthaid.reports.documents.public import TOTAL, Cell, PublicTable, Var, hidden_cells, tables_of

Place = tuple[Hashable, ...]
# Where a number stands and what it is.
Known = tuple[Place, Decimal]
Equation = dict[Known, Fraction]


class CannotBePublished(Exception):
    """With what was published before, whatever this paper shows would tell a hidden number."""


@dataclass
class Paper:
    """The figures of one report for the public. `above` is the area its own one is a part of."""

    kind: Kind
    area: int
    above: int | None
    figures: Counted
    hidden: set[Cell] = field(default_factory=set)

    @cached_property
    def tables(self) -> dict[str, PublicTable]:
        return tables_of(self.kind, self.figures)

    @cached_property
    def cells(self) -> dict[Cell, Known]:
        """Every number of the paper."""
        return {
            (code, row, var): (self.place(code, row, var), number)
            for code, table in self.tables.items()
            for row in (*range(len(table.counted["rows"])), TOTAL)
            for var, number in table.numbers(row).items()
        }

    def place(self, code: str, row: int, var: Var) -> Place:
        """A row of an area is that area's own total: it stands in two papers under one name."""
        listed = self.tables[code].counted["rows"]
        if code:
            return (code, self.area, listed[row]["code"] if row != TOTAL else "", var)
        if row == TOTAL:
            return (code, self.area, "", var)
        found = listed[row]
        return (code, found["area"], "", var) if found.get("area") else (code, self.area, found["name"], var)

    @property
    def told(self) -> set[Known]:
        return {known for cell, known in self.cells.items() if cell not in self.hidden}


def hide_beside(paper: Paper, others: Sequence[Paper]) -> set[Cell]:
    """What a paper has to hide, given those that are published already.

    :raises CannotBePublished: nothing that could be hidden here would keep a hidden number from being told"""
    paper.hidden = hidden_cells(paper.kind, paper.figures, _forced(paper, others))
    before = determined(others)
    told_elsewhere = {place for other in others for place, _number in other.told}
    while found := determined([*others, paper]) - before:
        more = _next(paper, found, told_elsewhere)
        if more is None:
            raise CannotBePublished
        paper.hidden = hidden_cells(paper.kind, paper.figures, paper.hidden | {more})
    return paper.hidden


def _forced(paper: Paper, others: Iterable[Paper]) -> set[Cell]:
    """What is hidden elsewhere stays hidden; so does what changed by less than five since it was told."""
    kept = {known for other in others for cell, known in other.cells.items() if cell in other.hidden}
    told: dict[Place, set[Decimal]] = defaultdict(set)
    for other in others:
        for place, number in other.told:
            told[place].add(number)
    return {
        cell
        for cell, (place, number) in paper.cells.items()
        if (place, number) in kept or any(0 < abs(number - before) < SMALL for before in told[place])
    }


def _next(paper: Paper, found: set[Known], told_elsewhere: set[Place]) -> Cell | None:
    """The smallest number still told here alone, of a column in which something would be told."""
    columns = {(place[0], place[-1]) for place, _number in found}
    open_ones = [
        (number, cell[1] == TOTAL, cell)
        for cell, (place, number) in paper.cells.items()
        if cell not in paper.hidden
        and (cell[0], cell[2]) in columns
        and place not in told_elsewhere
        and number
    ]
    return min(open_ones, key=lambda each: (each[1], each[0], str(each[2])))[2] if open_ones else None


def determined(papers: Sequence[Paper]) -> set[Known]:
    """The hidden numbers that have one solution only."""
    told = {known for paper in papers for known in paper.told}
    lines = [
        {known: factor for known, factor in equation.items() if known not in told}
        for equation in _equations(papers)
    ]
    return _solved([line for line in lines if line])


def _equations(papers: Sequence[Paper]) -> list[Equation]:
    return [each for paper in papers for each in (*_within(paper), *_below(paper, papers))]


def _within(paper: Paper) -> list[Equation]:
    """Rows that make their total, and columns that make another in one row."""
    found = []
    for code, table in paper.tables.items():
        rows = range(len(table.counted["rows"]))
        for var in table.variables:
            parts = [paper.cells[code, row, var] for row in rows if (code, row, var) in paper.cells]
            found += _sum(paper.cells.get((code, TOTAL, var)), parts)
        for whole, *others in table.adds:
            for row in (*rows, TOTAL):
                cells = [paper.cells.get((code, row, table.named(each))) for each in (whole, *others)]
                found += _sum(cells[0], [each for each in cells[1:] if each])
    return found


def _below(paper: Paper, papers: Sequence[Paper]) -> list[Equation]:
    """Rows of a county's table are the sums of the same rows of its townships'."""
    children = [other for other in papers if other.above == paper.area]
    parts: dict[Place, list[Known]] = defaultdict(list)
    for child in {other.area: other for other in children}.values():
        for (code, _row, _var), known in child.cells.items():
            if code:
                parts[code, paper.area, *known[0][2:]].append(known)
    return [each for known in paper.cells.values() for each in _sum(known, parts.get(known[0], []))]


def _sum(whole: Known | None, parts: list[Known]) -> list[Equation]:
    """An equation where the parts do make the whole: persons, say, do not."""
    if whole is None or not parts or sum(number for _place, number in parts) != whole[1]:
        return []
    line: Equation = defaultdict(Fraction)
    line[whole] += 1
    for part in parts:
        line[part] -= 1
    return [line]


def _solved(lines: list[Equation]) -> set[Known]:
    """Gauss and Jordan over the unknowns: those alone in a line of the reduced form have one value."""
    reduced: dict[Known, Equation] = {}
    for line in lines:
        rest = dict(line)
        for pivot in [known for known in rest if known in reduced]:
            rest = _less(rest, reduced[pivot], rest[pivot])
        rest = {known: factor for known, factor in rest.items() if factor}
        if not rest:
            continue
        pivot, factor = next(iter(rest.items()))
        rest = {known: each / factor for known, each in rest.items()}
        for other in [key for key, kept in reduced.items() if kept.get(pivot)]:
            reduced[other] = _less(reduced[other], rest, reduced[other][pivot])
        reduced[pivot] = rest
    return {pivot for pivot, line in reduced.items() if len(line) == 1}


def _less(line: Equation, other: Equation, factor: Fraction) -> Equation:
    found = dict(line)
    for known, each in other.items():
        found[known] = found.get(known, Fraction(0)) - factor * each
    return {known: each for known, each in found.items() if each}
