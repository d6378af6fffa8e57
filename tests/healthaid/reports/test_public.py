"""The public version: small numbers hidden, and nothing left from which they could be reckoned."""

import copy
import random
from fractions import Fraction
from itertools import product

import pytest

from healthaid.reports.documents.cells import HIDDEN
from healthaid.reports.documents.model import Column, Kind, Part, Take
from healthaid.reports.documents.public import public_figures


def a_kind(*columns, adds=()) -> Kind:
    part = Part("t", tuple(columns), adds=adds)
    return Kind("t", "t", "t", frozenset(), (part,), lambda asked: {})


def figures_of(rows: list[dict], together: dict) -> dict:
    return {
        "rows": [{"code": str(n), "figures": row} for n, row in enumerate(rows)],
        "together": together,
    }


def counted(*values: int) -> dict:
    return figures_of([{"n": value} for value in values], {"n": sum(values)})


NUMBER = Column("g", "n", "persons", "n", Take.NUMBER)


def shown(kind: Kind, figures: dict, code: str = "n") -> list:
    found = public_figures(kind, figures)
    return [*(row["figures"][code] for row in found["rows"]), found["together"][code]]


def test_a_small_count_takes_the_next_smallest_with_it():
    assert shown(a_kind(NUMBER), counted(3, 40, 9, 0)) == [HIDDEN, 40, HIDDEN, 0, 52]


def test_large_counts_and_zeros_stay():
    assert shown(a_kind(NUMBER), counted(5, 0, 12)) == [5, 0, 12, 17]


def test_two_ones_could_be_reckoned_from_their_sum_and_take_a_third():
    assert shown(a_kind(NUMBER), counted(1, 1, 30, 60)) == [HIDDEN, HIDDEN, HIDDEN, 60, 92]


def test_where_nothing_else_hides_it_the_total_goes():
    assert shown(a_kind(NUMBER), counted(2, 0)) == [HIDDEN, 0, HIDDEN]


def test_who_is_left_of_all_is_as_small_as_who_is_counted():
    share = Column("g", "r", "%", "p", Take.SHARE)
    figures = figures_of([{"p": [98, 100]}, {"p": [60, 100]}], {"p": [158, 200]})
    found = public_figures(a_kind(share), figures)
    assert [row["figures"]["p"][0] for row in found["rows"]] == [HIDDEN, HIDDEN]


def test_money_goes_with_the_count_behind_it():
    money = Column("g", "m", "yuan", "m", Take.YUAN, guard="n")
    rows = [{"n": 3, "m": "10.00"}, {"n": 9, "m": "7.00"}, {"n": 20, "m": "90.00"}]
    found = public_figures(a_kind(NUMBER, money), figures_of(rows, {"n": 32, "m": "107.00"}))
    assert [row["figures"]["m"] for row in found["rows"]] == [HIDDEN, HIDDEN, "90.00"]


def test_the_frozen_figures_stay_as_they_are():
    figures = counted(3, 40, 9)
    before = copy.deepcopy(figures)
    public_figures(a_kind(NUMBER), figures)
    assert figures == before


def _possible(sum_of: int, cells: int, which: int) -> set[int]:
    """Every number that one of some hidden cells of at least 1 could be, by trying them all."""
    tried = product(range(1, sum_of + 1), repeat=cells)
    return {guess[which] for guess in tried if sum(guess) == sum_of}


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_of_a_column_can_be_told_from_the_others(seed):
    draw = random.Random(seed)
    values = [draw.choice([0, 1, 1, 2, 3, 4, 5, 6, 7, 9]) for _each in range(draw.randint(1, 6))]
    *cells, total = shown(a_kind(NUMBER), counted(*values))
    assert all(cell == HIDDEN for cell, value in zip(cells, values, strict=True) if 0 < value < 5)
    hidden = [value for cell, value in zip(cells, values, strict=True) if cell == HIDDEN]
    if total == HIDDEN or not hidden:
        return
    left = total - sum(cell for cell in cells if cell != HIDDEN)
    if len(hidden) <= 4:
        assert all(len(_possible(left, len(hidden), n)) >= 5 for n in range(len(hidden)))


@pytest.mark.parametrize("seed", range(30))
def test_columns_that_add_up_give_no_hidden_cell_away(seed):
    """All equations that a reader has (each column's total, each row's sum) leave every hidden cell open."""
    draw = random.Random(seed)
    rows = []
    for _each in range(draw.randint(2, 6)):
        men, women = draw.choice([0, 1, 3, 6, 12, 30]), draw.choice([0, 2, 4, 8, 25])
        rows.append({"all": men + women, "men": men, "women": women})
    codes = ("all", "men", "women")
    together = {code: sum(row[code] for row in rows) for code in codes}
    columns = [Column("g", code, "persons", code, Take.NUMBER) for code in codes]
    found = public_figures(a_kind(*columns, adds=(codes,)), figures_of(rows, together))
    lines = [row["figures"] for row in found["rows"]] + [found["together"]]
    unknown = [(n, code) for n, line in enumerate(lines) for code in codes if line[code] == HIDDEN]
    equations = [
        _equation(unknown, [(n, "all", 1), (n, "men", -1), (n, "women", -1)]) for n in range(len(lines))
    ]
    last = len(lines) - 1
    equations += [
        _equation(unknown, [(last, code, 1), *((n, code, -1) for n in range(last))]) for code in codes
    ]
    assert _determined(equations, len(unknown)) == []


def _equation(unknown: list, terms: list) -> list[Fraction]:
    line = [Fraction(0)] * len(unknown)
    for n, code, factor in terms:
        if (n, code) in unknown:
            line[unknown.index((n, code))] += factor
    return line


def _determined(equations: list[list[Fraction]], size: int) -> list[int]:
    """Which unknowns have one solution only: those alone in a row of the reduced form."""
    matrix, done = [line[:] for line in equations], 0
    for column in range(size):
        pivot = next((n for n in range(done, len(matrix)) if matrix[n][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        matrix[done] = [value / matrix[done][column] for value in matrix[done]]
        for n, line in enumerate(matrix):
            if n != done and line[column]:
                matrix[n] = [a - line[column] * b for a, b in zip(line, matrix[done], strict=True)]
        done += 1
    return [line.index(1) for line in matrix if sum(value != 0 for value in line) == 1]
