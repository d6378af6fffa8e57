"""What a report's figures would be today, beside what they were."""

from dataclasses import dataclass

from healthaid.reports.documents.cells import Value, value
from healthaid.reports.documents.model import Column, Counted, Kind, Part, Take, part_of

TOGETHER = ""


@dataclass(frozen=True)
class Difference:
    """One figure of one row; a row without a code is all of them together."""

    part: Part
    column: Column
    row: Counted
    was: Value
    now: Value


def differences(kind: Kind, was: Counted, now: Counted) -> list[Difference]:
    """Every figure that would be told otherwise today, in the order of the table. A rate whose counts have
    changed is not told once more."""
    return [found for part in kind.parts for found in _of_part(part, was, now)]


def _of_part(part: Part, was: Counted, now: Counted) -> list[Difference]:
    old, new = _rows(part_of(was, part.code)), _rows(part_of(now, part.code))
    return [
        found
        for key, row in (old | new).items()
        for found in _counts_first(_of_row(part, row, old.get(key), new.get(key)))
    ]


def _of_row(part: Part, row: Counted, old: Counted | None, new: Counted | None) -> list[Difference]:
    """A column that the table did not have then has not changed."""
    then, today = (each["figures"] if each else {} for each in (old, new))
    columns = [each for each in part.columns if not old or each.code in then]
    told = [Difference(part, each, row, value(each, then), value(each, today)) for each in columns]
    return [each for each in told if each.was != each.now]


def _counts_first(found: list[Difference]) -> list[Difference]:
    counted = {each.column.code for each in found if each.column.take != Take.SHARE}
    return [each for each in found if each.column.take != Take.SHARE or each.column.code not in counted]


def _rows(counted: Counted) -> dict[str, Counted]:
    """Areas are known by their code, teams of a village by name."""
    listed: dict[str, Counted] = {str(row["code"] or row.get("name", "")): row for row in counted["rows"]}
    return listed | {TOGETHER: {"code": TOGETHER, "figures": counted["together"]}}
