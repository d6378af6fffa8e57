"""Official divisions: loaded from a list, never rewritten, ended with a successor when they merge."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import ORDER, Area, Level, User

DATA = Path(__file__).resolve().parents[1] / "data"
DISTRICT = DATA / "divisions_430304.json"
ZONES = DATA / "divisions_430304_zones.json"


class AreaListError(ValueError):
    """The list cannot be loaded; the text names the entry and the remedy."""


@dataclass(frozen=True)
class Division:
    """One line of the list. `valid_to` is the first day on which it no longer exists."""

    code: str
    name: str
    level: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> "Division":
        """This will read one entry of a division file. Raises AreaListError naming what is wrong."""
        try:
            read = cls(**entry)
        except TypeError as error:
            raise AreaListError(_("%(entry)s: %(problem)s") % {"entry": entry, "problem": error}) from None
        if read.level not in Level.values:
            known = ", ".join(Level.values)
            raise AreaListError(
                _("%(code)s: level must be one of %(known)s.") % {"code": read.code, "known": known}
            )
        return replace(read, valid_from=_day(read, "valid_from"), valid_to=_day(read, "valid_to"))


def read_divisions(path: Path) -> list[Division]:
    """This will read a division file. Raises AreaListError for what cannot be read."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AreaListError(f"{path}: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise AreaListError(
            _("%(file)s: write a list of entries with code, name, level and parent.") % {"file": path}
        )
    return [Division.from_entry(entry) for entry in entries]


@dataclass(frozen=True)
class Loaded:
    created: int
    kept: int
    ended: int


@transaction.atomic
def load_areas(*, divisions: Iterable[Division], valid_from: date, by: User | None = None) -> Loaded:
    """This will add the divisions that are not there yet, and end those that the list says are over.

    A code that is current stays as it is, whatever the list says of its name. `valid_from` serves entries
    that name none. Raises AreaListError for a parent or successor that is neither listed nor there."""
    listed = sorted(divisions, key=lambda each: (ORDER.index(Level(each.level)), each.code))
    known = dict(Area.objects.filter(valid_to=None).values_list("code", "pk"))
    created = 0
    for _level, group in groupby(listed, key=lambda each: each.level):
        fresh = [each for each in group if _is_new(each, known)]
        made = Area.objects.bulk_create(
            _area(each, place, known, valid_from) for place, each in enumerate(fresh)
        )
        known |= {area.code: area.pk for area in made}
        created += len(made)
    ended = _end(listed, known)
    return Loaded(created, len(listed) - created - ended, ended)


def _is_new(division: Division, known: Mapping[str, int]) -> bool:
    return division.code not in known and division.valid_to is None


def _area(division: Division, place: int, known: Mapping[str, int], valid_from: date) -> Area:
    if division.parent is not None and division.parent not in known:
        text = _("%(code)s: its parent %(parent)s is not known. List it too.")
        raise AreaListError(text % {"code": division.code, "parent": division.parent})
    return Area(
        code=division.code,
        name=division.name,
        level=division.level,
        parent_id=known[division.parent] if division.parent else None,
        valid_from=division.valid_from or valid_from,
        visit_order=place + 1,
    )


def _end(listed: Iterable[Division], known: Mapping[str, int]) -> int:
    """Areas that the list closes: their last day, and who took over."""
    ended = 0
    for each in listed:
        if each.valid_to is None:
            continue
        if each.successor is not None and each.successor not in known:
            text = _("%(code)s: its successor %(successor)s is not known. List it too.")
            raise AreaListError(text % {"code": each.code, "successor": each.successor})
        successor = known[each.successor] if each.successor else None
        current = Area.objects.filter(code=each.code, valid_to=None)
        ended += current.update(valid_to=each.valid_to, successor_id=successor)
    return ended


def _day(division: Division, name: str) -> date | None:
    given = getattr(division, name)
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        text = _("%(code)s: %(name)s must be a date such as 2020-12-31.")
        raise AreaListError(text % {"code": division.code, "name": name}) from None
