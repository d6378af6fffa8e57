"""What stands behind a column of a table: a statement with one row for each thing counted."""

from dataclasses import dataclass
from enum import StrEnum


class Shows(StrEnum):
    """What one row is, and so where it leads."""

    BILL = "bill"
    STAY = "stay"
    PERSON = "person"
    HOUSEHOLD = "household"
    ENTRY = "entry"
    CLAIM = "claim"
    DIFFERENCE = "difference"
    CLINIC = "clinic"
    WORKER = "worker"


@dataclass(frozen=True)
class Source:
    """`statement` gives key, place (the code of the table's row), person_id, household_id, village_id,
    institution_id, admission_id, day, page (key of a page), note, and what its columns add up.

    `act` is what one must be allowed to do to read it. `holds_sensitive`: the figures take in what only
    health staff may see, the list gives it to them alone."""

    statement: str
    shows: Shows
    act: str
    holds_sensitive: bool = False


@dataclass(frozen=True)
class Behind:
    """`part` is what a row adds to the number, `whole` what it adds to the whole of a pair; both are
    expressions over the rows `f` of the source.

    `is_mean`: the number is part over whole. `of_all`: the whole is that of all rows of the table."""

    source: Source
    part: str
    whole: str = ""
    is_mean: bool = False
    of_all: bool = False
