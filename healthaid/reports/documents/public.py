"""The version of a report that may be hung on a notice board: small numbers are hidden, and nothing that is
left tells them.

A count from 1 to 4 is hidden, and so is one that leaves 1 to 4 of all. With the total in sight a hidden cell
could be reckoned back: further cells of its column are hidden until at least two are, and each of them could
still be any of five numbers or more; where that cannot be had, the total is hidden, too. Money is hidden in a
row where any count behind it is. A rate goes with its counts."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from healthaid.reports.documents.cells import HIDDEN, SMALL
from healthaid.reports.documents.model import Column, Counted, Kind, Part, Take, part_of

# A code with the place in its pair; None where the value is no pair.
Var = tuple[str, int | None]
# The code of a table, the number of a row (or TOTAL), and what stands there.
Cell = tuple[str, int, Var]
TOTAL = -1
_PAIR = (Take.SHARE, Take.REST)


def public_parts(kind: Kind) -> tuple[Part, ...]:
    """The tables that may be shown: those whose rows are no parts of another table's."""
    return (
        kind.parts
        if kind.public_codes is None
        else tuple(p for p in kind.parts if p.code in kind.public_codes)
    )


def public_figures(kind: Kind, figures: Counted, hidden: Iterable[Cell] | None = None) -> Counted:
    """The figures with HIDDEN in place of `hidden`, or of what this paper alone may not tell; the frozen
    ones stay as they are."""
    shown = copy.deepcopy(figures)
    cells = hidden_cells(kind, figures) if hidden is None else hidden
    tables = tables_of(kind, shown)
    for code, row, var in cells:
        tables[code].put(var, row)
    return shown


def hidden_cells(kind: Kind, figures: Counted, forced: Iterable[Cell] = ()) -> set[Cell]:
    """What the paper hides so that it tells no small number by itself; `forced` are hidden in any case."""
    found: set[Cell] = set()
    for code, table in tables_of(kind, figures).items():
        table.hidden = {(var, row) for part, row, var in forced if part == code}
        table.hide()
        found |= {(code, row, var) for var, row in table.hidden}
    return found


def tables_of(kind: Kind, figures: Counted) -> "dict[str, PublicTable]":
    """The public tables by their codes, each with all of its columns."""
    parts = public_parts(kind)
    return {
        code: PublicTable(
            part_of(figures, code),
            [column for part in parts if part.code == code for column in part.columns],
            [relation for part in parts if part.code == code for relation in part.adds],
        )
        for code in dict.fromkeys(part.code for part in parts)
    }


@dataclass
class PublicTable:
    counted: Counted
    columns: list[Column]
    adds: list[tuple[str, ...]]
    hidden: set[tuple[Var, int]] = field(default_factory=set)

    def hide(self) -> None:
        counts = [var for column in self.columns if not column.guard for var in self._vars(column)]
        self._hide_small(dict.fromkeys(counts))
        before = -1
        while before != len(self.hidden):
            before = len(self.hidden)
            self._hide_addends()
            for var in dict.fromkeys(counts):
                self._protect(var)
            self._hide_alike(list(dict.fromkeys(counts)))
        self._hide_money()

    def _vars(self, column: Column) -> list[Var]:
        """What a cell tells: a rate tells both of its counts."""
        if not column.code or column.take in (Take.WORDS, Take.NOTHING):
            return []
        if column.take in _PAIR:
            return [(column.code, 0), (column.code, 1)]
        place = {Take.PART: 0, Take.WHOLE: 1}.get(column.take)
        return [(column.code, place)]

    def _figures(self, row: int) -> Counted:
        found: Counted = self.counted["together"] if row == TOTAL else self.counted["rows"][row]["figures"]
        return found

    def _get(self, var: Var, row: int) -> Any:
        found = self._figures(row).get(var[0])
        return found[var[1]] if isinstance(found, list) and var[1] is not None else found

    def _rest(self, var: Var, row: int) -> int | None:
        """What a part leaves of its whole; None for what is no part."""
        found = self._figures(row).get(var[0])
        return found[1] - found[0] if var[1] == 0 and isinstance(found, list) else None

    @property
    def variables(self) -> list[Var]:
        """Everything that the cells of a row tell."""
        return list(dict.fromkeys(var for column in self.columns for var in self._vars(column)))

    def numbers(self, row: int) -> dict[Var, Decimal]:
        """What a row tells, as numbers; what is not there is left out."""
        found = {var: self._get(var, row) for var in self.variables}
        return {var: Decimal(str(each)) for var, each in found.items() if each is not None}

    @property
    def _rows(self) -> range:
        return range(len(self.counted["rows"]))

    def _hide_small(self, variables: Iterable[Var]) -> None:
        for var in variables:
            for row in (*self._rows, TOTAL):
                value, rest = self._get(var, row), self._rest(var, row)
                if value is not None and (0 < value < SMALL or (rest is not None and 0 < rest < SMALL)):
                    self.hidden.add((var, row))

    def _protect(self, var: Var) -> None:
        """Hides further cells of a column until its total tells nothing of any, else the total itself."""
        if self._get(var, TOTAL) is None or (var, TOTAL) in self.hidden:
            return
        inside = [row for row in self._rows if (var, row) in self.hidden]
        open_ones = [row for row in self._rows if (var, row) not in self.hidden and self._get(var, row)]
        open_ones.sort(key=lambda row: self._get(var, row))
        while inside and not self._is_safe(var, inside):
            if not open_ones:
                self.hidden.add((var, TOTAL))
                return
            inside.append(open_ones.pop(0))
            self.hidden.add((var, inside[-1]))

    def _is_safe(self, var: Var, rows: list[int]) -> bool:
        """Whether the sum of the hidden cells leaves each of them five numbers or more."""
        told = [sum(self._get(var, row) for row in rows)]
        rests = [self._rest(var, row) for row in rows]
        if all(rest is not None for rest in rests) and any(rests):
            told.append(sum(rest for rest in rests if rest is not None))
        return len(rows) > 1 and all(each - len(rows) >= SMALL - 1 for each in told)

    def _hide_addends(self) -> None:
        """Where a number is the sum of others beside it, one hidden alone could be reckoned from the rest."""
        for relation in self.adds:
            for row in (*self._rows, TOTAL):
                variables = [self.named(code) for code in relation]
                hidden = [var for var in variables if (var, row) in self.hidden]
                others = [var for var in variables if var not in hidden and self._get(var, row)]
                others.sort(key=lambda var: self._get(var, row))
                is_small = max(self._get(var, row) for var in variables) < 2 * SMALL
                if hidden and (is_small or len(hidden) == 1):
                    self.hidden |= {(var, row) for var in (others if is_small else others[:1])}

    def named(self, code: str) -> Var:
        return (code, 0 if isinstance(self.counted["together"].get(code), list) else None)

    def _hide_alike(self, variables: list[Var]) -> None:
        """Columns that say the same hide the same."""
        alike: dict[tuple[Any, ...], list[Var]] = {}
        for var in variables:
            alike.setdefault(tuple(self._get(var, row) for row in (*self._rows, TOTAL)), []).append(var)
        for group in alike.values():
            rows = {row for var, row in self.hidden if var in group}
            self.hidden |= {(var, row) for var in group for row in rows}

    def _hide_money(self) -> None:
        columns = [column for column in self.columns if column.guard]
        guards = {code for column in columns for code in (column.guard,)}
        variables = list(dict.fromkeys(var for column in columns for var in self._vars(column)))
        rows = {row for var, row in self.hidden if var[0] in guards and row != TOTAL}
        is_told = any(self._get(var, TOTAL) is not None for var in variables)
        if len(rows) == 1 and is_told:
            others = sorted(set(self._rows) - rows, key=lambda row: self._money_of(variables, row))
            rows |= set(others[:1])
        if (len(rows) == 1 and is_told) or any(var[0] in guards and row == TOTAL for var, row in self.hidden):
            rows.add(TOTAL)
        self.hidden |= {(var, row) for var in variables for row in rows}

    def _money_of(self, variables: list[Var], row: int) -> tuple[bool, Decimal]:
        """Rows with little money first, those without any last: hiding nothing hides nothing."""
        amounts = [Decimal(str(self._get(var, row) or 0)) for var in variables]
        return (not any(amounts), sum(map(abs, amounts), Decimal(0)))

    def put(self, var: Var, row: int) -> None:
        figures = self._figures(row)
        found = figures.get(var[0])
        if isinstance(found, list) and var[1] is not None:
            found[var[1]] = HIDDEN
        elif found is not None:
            figures[var[0]] = HIDDEN
