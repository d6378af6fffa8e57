"""Putting what a file says into the staging table: one row for each household and each person, by COPY."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from django.db import connection

from core.accounts.models import User
from core.base.crypto import blind_index, encrypt
from core.base.idnumber import masked
from core.base.names import name_keys
from households.models import ImportRow, RegisterImport
from households.registerfile import Problem, RegisterFile
from households.services.imports.areas import VillageFinder
from households.services.imports.progress import Progress
from households.services.imports.values import household_data, person_data

COLUMNS = (
    *("register_import_id", "row", "kind", "verdict", "matched_by", "household_no", "person_no", "name"),
    *(
        "name_folded",
        "birth_date",
        "id_number",
        "id_index",
        "id_masked",
        "village_id",
        "data",
        "before",
        "changes",
    ),
    *("problems", "left_reason"),
)
_COPY = f"COPY households_importrow ({', '.join(COLUMNS)}) FROM STDIN"
REPORT_EVERY = 2000
EMPTY_OBJECT, EMPTY_LIST = "{}", "[]"


def stored(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept in a JSON column; the text is made when it is shown."""
    names = ("code", "row", "column", "header", "field", "scope")
    return {name: getattr(problem, name) for name in names} | {"values": dict(problem.values)}


def restored(kept: Mapping[str, Any]) -> Problem:
    return Problem(**kept)


class Staging:
    """Turns one read file into staging rows, village by village."""

    def __init__(self, register_import: RegisterImport, register: RegisterFile, by: User) -> None:
        self.import_id = register_import.pk
        self.register = register
        self.villages = VillageFinder(by)
        self.place = {match.field: match for match in register.mapping if match.field}
        self.by_line: dict[int, list[Problem]] = {}
        for problem in register.problems:
            self.by_line.setdefault(problem.row or 0, []).append(problem)

    def write(self, progress: Progress) -> None:
        ImportRow.objects.filter(register_import_id=self.import_id).delete()
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for done, line in enumerate(self._lines()):
                copy.write_row(line)
                if done % REPORT_EVERY == 0:
                    progress.report(done, len(self.register.line_numbers) + len(self.register.household_rows))

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        names = list(self.register.columns)
        people = list(zip(*self.register.columns.values(), strict=True))
        household_names = list(self.register.households)
        households = zip(*self.register.households.values(), strict=True)
        grouped: set[int] = set()
        for values, positions in zip(households, self.register.household_rows, strict=True):
            row = dict(zip(household_names, values, strict=True))
            village, code = self.villages.find(row.get("township"), row.get("village"))
            yield self._household(row, positions, village, code)
            for position in positions:
                grouped.add(position)
                yield self._person(position, dict(zip(names, people[position], strict=True)), village)
        for position in range(len(people)):
            if position not in grouped:
                yield self._person(position, dict(zip(names, people[position], strict=True)), None)

    def _household(
        self, row: dict[str, Any], positions: list[int], village: int | None, code: str
    ) -> tuple[Any, ...]:
        number = row["household_number"]
        refused = number in self.register.refused_households
        partial = any(p in self.register.refused_positions for p in positions)
        lines = [self.register.line_numbers[p] for p in positions]
        problems = [p for line in lines for p in self.by_line.get(line, []) if p.scope == "household"]
        if code and code != "area_missing":
            refused = True
            problems.append(self._area_problem(code, lines[0], row.get("village")))
        data = household_data(row, number=number, village=village, partial=partial)
        return (
            *(self.import_id, lines[0], "household", "refused" if refused else "", ""),
            *(number, "", "", "", None),
            *(None, None, "", village, orjson.dumps(data).decode(), EMPTY_OBJECT, EMPTY_LIST),
            *(orjson.dumps([stored(p) for p in problems]).decode(), ""),
        )

    def _area_problem(self, code: str, line: int, written: str | None) -> Problem:
        place = self.place.get("village")
        column, header = (place.column, place.header) if place else (None, "")
        return Problem(code, line, column, header, "village", "household", {"value": written or ""})

    def _person(self, position: int, row: dict[str, Any], village: int | None) -> tuple[Any, ...]:
        line = self.register.line_numbers[position]
        problems = [stored(p) for p in self.by_line.get(line, []) if p.scope == "row"]
        refused = position in self.register.refused_positions
        number, name = row.get("id_number"), row.get("name") or ""
        keys = name_keys(name)
        complete = bool(name and row.get("birth_date") and row.get("sex") and row.get("relation"))
        index = blind_index(number.number) if number else None
        data = person_data(row, keys=keys, index=index) if complete else {}
        return (
            *(self.import_id, line, "person", "refused" if refused or not complete else "", ""),
            *(row.get("household_number") or "", row.get("person_number") or "", name, keys.folded[:40]),
            *(row.get("birth_date"), encrypt(number.number) if number else None),
            *(index, masked(number.number) if number else "", village),
            *(orjson.dumps(data).decode(), EMPTY_OBJECT, EMPTY_LIST, orjson.dumps(problems).decode(), ""),
        )
