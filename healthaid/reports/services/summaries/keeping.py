"""Writing kept figures: the rows of villages, and of every area above them up to the county."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.accounts.models import Area, Level
from core.base.periods import month_start
from healthaid.reports.indicators import INDICATORS
from healthaid.reports.models import Summary
from healthaid.reports.queries.figures import Figures, together, total
from healthaid.reports.queries.summaries import figures_of, kept_form
from healthaid.reports.services.summaries.counting import Counted

_WRITTEN = ("on", "figures", "teams", "villages", "counted_at", "snapshot", "seal")


@dataclass(frozen=True)
class Stamp:
    """What the rows of one count share: the day, the moment, what it could see, what it counted by."""

    on: date
    at: datetime
    snapshot: str
    seal: str

    @property
    def fields(self) -> dict[str, Any]:
        shared = {"month": month_start(self.on), "on": self.on, "counted_at": self.at}
        return {**shared, "snapshot": self.snapshot, "seal": self.seal}


def keep(*, villages: Iterable[int], counted: Counted, stamp: Stamp) -> None:
    """This will write the rows of villages; one where nothing is counted gets an empty row."""
    _write(
        Summary(
            area_id=village,
            sees_sensitive=sees,
            figures=kept_form(together(found.get(village, {}).values())),
            teams={str(team or 0): kept_form(figures) for team, figures in found.get(village, {}).items()},
            villages=int(village in found),
            **stamp.fields,
        )
        for sees, found in counted.items()
        for village in villages
    )


def sum_up(*, county: Area, below: Iterable[int], stamp: Stamp) -> None:
    """This will sum the areas of the county that lie above the given villages, from the lowest up.

    An area one of whose children is not counted for the day yet keeps its old row: it would be half a sum.
    An area that has lost its last village loses its row."""
    areas = {area.pk: area for area in Area.objects.filter(county=county)}
    bearing = {
        pk for area in areas.values() if area.level == Level.VILLAGE for pk in area.ancestors if pk in areas
    }
    above = {pk for village in below for pk in areas[village].ancestors[:-1]} & bearing
    children = _children(areas[pk] for pk in bearing)
    for level in (Level.TOWNSHIP, Level.COUNTY):
        _sum_level([pk for pk in above if areas[pk].level == level], children, stamp)
    Summary.objects.filter(area__in=areas.keys() - bearing, month=month_start(stamp.on)).delete()


def _children(areas: Iterable[Area]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for area in areas:
        if area.parent_id:
            found[area.parent_id].append(area.pk)
    return found


def _sum_level(parents: list[int], children: Mapping[int, list[int]], stamp: Stamp) -> None:
    wanted = {child for parent in parents for child in children[parent]}
    rows = {
        (row.area_id, row.sees_sensitive): row
        for row in Summary.objects.filter(
            area__in=wanted, month=month_start(stamp.on), on=stamp.on, seal=stamp.seal
        )
    }
    _write(
        _sum(parent, sees, [rows[child, sees] for child in children[parent]], stamp)
        for parent in parents
        for sees in (True, False)
        if all((child, sees) in rows for child in children[parent])
    )


def _sum(parent: int, sees: bool, rows: list[Summary], stamp: Stamp) -> Summary:
    found: Figures = total((figures_of(row.figures) for row in rows), INDICATORS.values())
    villages = sum(row.villages for row in rows)
    kept = kept_form(found) if villages else {}
    return Summary(area_id=parent, sees_sensitive=sees, figures=kept, villages=villages, **stamp.fields)


def _write(rows: Iterable[Summary]) -> None:
    Summary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["area", "month", "sees_sensitive"],
        update_fields=_WRITTEN,
    )
