"""Who gains and who loses, by place, hospital and disease; few persons together are never shown alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from claims.presenters.policies.numbers import level_name
from core.accounts.models import Area

FEWEST = 5
FEN = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """Amounts in fen. `change` below nothing: patients pay less."""

    name: str
    bills: int
    persons: int
    before: int
    after: int
    better: int
    worse: int
    more: str = ""

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def before_yuan(self) -> Decimal:
        return self.before * FEN

    @property
    def after_yuan(self) -> Decimal:
        return self.after * FEN

    @property
    def change_yuan(self) -> Decimal:
        return self.change * FEN


def by_level(cells: list[dict[str, Any]], *, all_shown: bool) -> list[Row]:
    return _shown([_row(cell, level_name(cell["key"])) for cell in cells], all_shown)


def by_disease(cells: list[dict[str, Any]], *, all_shown: bool) -> list[Row]:
    """By the first three signs of the ICD-10 code, under the name that the bills use most."""
    rows = [_row(cell, cell["name"] or cell["key"], cell["key"]) for cell in cells]
    return _shown(rows, all_shown)


def by_village(cells: list[dict[str, Any]], villages: dict[int, Area]) -> list[Row]:
    """Only for those who may see everybody: towns and villages side by side would tell of few."""
    named = [(cell, villages[int(cell["key"])]) for cell in cells if int(cell["key"]) in villages]
    return [_row(cell, village.name, str(village.parent)) for cell, village in named]


def by_town(cells: list[dict[str, Any]], villages: dict[int, Area], *, all_shown: bool) -> list[Row]:
    """The villages of each town together. Persons are counted in the village they live in."""
    towns: dict[str, Row] = {}
    for cell in cells:
        village = villages.get(int(cell["key"]))
        if village:
            name = str(village.parent)
            mine = _row(cell, name)
            towns[name] = _added(towns[name], mine) if name in towns else mine
    return _shown(_ordered(towns.values()), all_shown)


def villages_of(cells: list[dict[str, Any]]) -> dict[int, Area]:
    keys = [int(cell["key"]) for cell in cells]
    return {area.pk: area for area in Area.objects.filter(pk__in=keys).select_related("parent")}


def _row(cell: dict[str, Any], name: str, more: str = "") -> Row:
    numbers = {key: cell[key] for key in ("bills", "persons", "before", "after", "better", "worse")}
    return Row(name=name, more=more, **numbers)


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-abs(row.change), row.name))


def _added(sum_so_far: Row, row: Row) -> Row:
    names = ("bills", "persons", "before", "after", "better", "worse")
    return replace(row, **{name: getattr(sum_so_far, name) + getattr(row, name) for name in names})


def _shown(rows: list[Row], all_shown: bool) -> list[Row]:
    """Cells of fewer than five persons go together, with the next smallest if they are few even so."""
    if all_shown:
        return rows
    small = [row for row in rows if row.persons < FEWEST]
    large = sorted((row for row in rows if row.persons >= FEWEST), key=attrgetter("persons"), reverse=True)
    while small and large and sum(row.persons for row in small) < FEWEST:
        small.append(large.pop())
    if not small:
        return rows
    rest = replace(
        reduce(_added, small), name=_("others together (each fewer than %(few)s)") % {"few": FEWEST}, more=""
    )
    return [*_ordered(large), rest]
