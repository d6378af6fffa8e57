"""From rows to households: who belongs together, what the household says, and what does not hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from households.registerfile.headers import ColumnMatch
from households.registerfile.problems import Problem
from households.registerfile.schema import fields
from households.registerfile.values import Column

HEAD = "02"
DITTO_LEVEL = ("county", "township", "village", "hamlet")


@dataclass(slots=True)
class Members:
    """The body by household. positions count body rows from zero; numbers are the file's line numbers."""

    columns: dict[str, Column]
    numbers: Sequence[int]
    places: Mapping[str, ColumnMatch]
    groups: dict[str, list[int]] = field(default_factory=dict)

    def problem(self, code: str, position: int, name: str, *, scope: str = "row", **values: Any) -> Problem:
        place = self.places.get(name)
        column, header = (place.column, place.header) if place else (None, "")
        return Problem(code, self.numbers[position], column, header, name, scope, values)

    def lines(self, positions: Iterable[int]) -> str:
        return "、".join(str(self.numbers[p]) for p in positions)

    def column(self, name: str) -> Column:
        return self.columns.get(name) or [None] * len(self.numbers)


def fill_down(members: Members) -> Iterator[Problem]:
    """Household numbers and places written only on the first row of their block go down to the rows below.

    A column that most rows fill is not written that way: there a gap is a gap."""
    relations = members.column("relation")
    numbers = members.columns.get("household_number", [])
    later = [i for i, relation in enumerate(relations) if relation != HEAD]
    sparse = sum(numbers[i] is not None for i in later) * 2 <= len(later)
    for i, number in enumerate(numbers):
        if number is None and sparse and i and relations[i] != HEAD:
            numbers[i] = numbers[i - 1]
        if numbers[i] is None:
            yield members.problem("number_missing", i, "household_number")
    for name in DITTO_LEVEL:
        _fill_place(members.columns.get(name, []))


def _fill_place(values: Column) -> None:
    if sum(value is not None for value in values) * 2 > len(values):
        return
    for i in range(1, len(values)):
        if values[i] is None:
            values[i] = values[i - 1]


def group(members: Members) -> None:
    groups: dict[str, list[int]] = defaultdict(list)
    for position, number in enumerate(members.columns.get("household_number", [])):
        if number is not None:
            groups[number].append(position)
    members.groups = dict(groups)


def household_problems(members: Members) -> Iterator[Problem]:
    """Exactly one head in each household, and as many rows as its number of members says."""
    relations, sizes = members.column("relation"), members.column("household_size")
    for positions in members.groups.values():
        heads = [p for p in positions if relations[p] == HEAD]
        first, lines = positions[0], members.lines(positions)
        if not heads:
            yield members.problem("head_missing", first, "relation", scope="household", rows=lines)
        elif len(heads) > 1:
            values = {"rows": members.lines(heads), "count": len(heads)}
            yield members.problem("head_repeated", heads[1], "relation", scope="household", **values)
        yield from _size_problem(members, positions, sizes)


def _size_problem(members: Members, positions: list[int], sizes: Column) -> Iterator[Problem]:
    for position in positions:
        if sizes[position] is not None and sizes[position] != len(positions):
            values = {"stated": sizes[position], "found": len(positions)}
            yield members.problem("size_differs", position, "household_size", scope="household", **values)
            return


def repeated_people(members: Members) -> Iterator[Problem]:
    """One ID number, one row: twice in a household or in two households takes out all its rows."""
    households = members.column("household_number")
    for positions in _repeats(number and number.number for number in members.column("id_number")):
        same = len({households[p] for p in positions}) == 1
        code = "id_repeated" if same else "id_in_two_households"
        for position in positions:
            yield members.problem(code, position, "id_number", rows=members.lines(positions))
    for positions in _repeats(members.column("person_number")):
        for position in positions:
            rows = members.lines(positions)
            yield members.problem("person_number_repeated", position, "person_number", rows=rows)


def _repeats(values: Iterable[str | None]) -> list[list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for position, value in enumerate(values):
        if value:
            places[value].append(position)
    return [positions for positions in places.values() if len(positions) > 1]


def settle_sex_and_birth(members: Members, on: date | None) -> Iterator[Problem]:
    """The ID number outranks the columns beside it."""
    size = len(members.numbers)
    ids, sexes, births = (list(members.column(name)) for name in ("id_number", "sex", "birth_date"))
    for i in range(size):
        number = ids[i]
        if on and (number.birth_date if number else births[i] or on) > on:
            yield members.problem("birth_in_future", i, "id_number" if number else "birth_date")
        if number is None:
            continue
        if sexes[i] is not None and sexes[i] != number.sex:
            yield members.problem("sex_differs", i, "sex")
        if births[i] is not None and _differs(births[i], number.birth_date):
            yield members.problem("birth_differs", i, "birth_date")
        sexes[i], births[i] = number.sex, number.birth_date
    members.columns["sex"], members.columns["birth_date"] = sexes, births


def _differs(stated: Any, known: Any) -> bool:
    """A stated month (read as its first day) agrees with every day of that month."""
    return bool(stated != known and not (stated.day == 1 and stated == known.replace(day=1)))


def unknown_people(members: Members, without_id: Iterable[int]) -> Iterator[Problem]:
    """Rows without an ID number need a birth date and a sex."""
    births, sexes = members.columns["birth_date"], members.columns["sex"]
    for position in without_id:
        if births[position] is None:
            yield members.problem("id_and_birth_missing", position, "id_number")
        elif sexes[position] is None:
            yield members.problem("sex_missing", position, "sex")


def household_values(members: Members) -> tuple[dict[str, Column], list[Problem]]:
    """One value for each household and household column: the head's, else the first one written."""
    relations = members.column("relation")
    ordered = [sorted(positions, key=lambda p: relations[p] != HEAD) for positions in members.groups.values()]
    settled: dict[str, Column] = {"household_number": list(members.groups)}
    problems: list[Problem] = []
    for name, values in members.columns.items():
        if fields()[name].level == "household" and name != "household_number":
            settled[name] = [
                next((values[p] for p in group if values[p] is not None), None) for group in ordered
            ]
            problems.extend(_disagreements(members, name, values, settled[name]))
    return settled, problems


def _disagreements(members: Members, name: str, values: Column, settled: Column) -> Iterator[Problem]:
    if name in ("household_phone", "household_size"):
        return
    for positions, agreed in zip(members.groups.values(), settled, strict=True):
        others = [p for p in positions if values[p] is not None and values[p] != agreed]
        if others:
            rows = members.lines(positions)
            yield members.problem("household_values_differ", others[0], name, rows=rows)
