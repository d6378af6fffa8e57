"""Keeping today's figures up to date: only what has changed is counted again, one county at a time."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from core.accounts.models import Area, Level
from core.base.periods import month_start
from core.base.sql import prepared
from healthaid.reports.models import Summary, SummaryHorizon
from healthaid.reports.queries.changes import changed, seal, snapshot
from healthaid.reports.services.summaries.counting import count, portions
from healthaid.reports.services.summaries.keeping import Stamp, keep, sum_up

_FORGET = """
    DELETE FROM reports_touched t
     WHERE NOT EXISTS (SELECT FROM reports_summaryhorizon s
                        WHERE NOT pg_visible_in_snapshot(t.changed_xid::text::xid8, s.snapshot::pg_snapshot))
"""


def refresh_all(*, on: date, at: datetime) -> int:
    """This will bring today's figures of every county up to date; how many villages were counted again."""
    return sum(refresh(county=county, on=on, at=at) for county in counties())


def counties() -> list[Area]:
    return list(Area.objects.filter(level=Level.COUNTY).order_by("code", "pk"))


def refresh(*, county: Area, on: date, at: datetime) -> int:
    """This will count again what has changed in a county, lot by lot. 0 where another is at it."""
    recounted = found = 0
    is_done = False
    while not is_done:
        found, is_done = _refresh_some(county=county, on=on, at=at)
        recounted += found
    return recounted


def recount(*, county: Area, on: date, at: datetime) -> int:
    """This will count every village of a county again, whether it has changed or not.

    Lot by lot: pages read the old figures of a village until its new ones are there."""
    villages = _villages(county)
    for lot in portions(villages):
        _recount_some(county, lot, on, at)
    refresh(county=county, on=on, at=at)
    return len(villages)


@transaction.atomic
def _recount_some(county: Area, lot: list[int], on: date, at: datetime) -> None:
    seen, oldest = snapshot()
    _made(county, seen, oldest, at).select_for_update().get()
    _keep(county, lot, Stamp(on, at, seen, seal()))


@transaction.atomic
def _refresh_some(*, county: Area, on: date, at: datetime) -> tuple[int, bool]:
    """One lot, and whether it was the last. The horizon moves only when nothing is left: until then each
    village's own row says it."""
    seen, oldest = snapshot()
    horizon = _made(county, seen, oldest, at).select_for_update(skip_locked=True).first()
    if horizon is None:
        return 0, True
    stamp = Stamp(on, at, seen, seal())
    stale = _uncounted(county, stamp) | (changed(counties=[county.pk], on=on) & _villages(county))
    lot = next(portions(stale), [])
    if lot:
        _keep(county, lot, stamp)
    if is_done := len(lot) == len(stale):
        _advance(horizon, seen, oldest, at)
    return len(lot), is_done


def _keep(county: Area, villages: list[int], stamp: Stamp) -> None:
    keep(villages=villages, counted=count(villages, on=stamp.on, today=stamp.on), stamp=stamp)
    sum_up(county=county, below=villages, stamp=stamp)


def _made(county: Area, seen: str, oldest: int, at: datetime) -> QuerySet[SummaryHorizon]:
    """The county's horizon, there from its first count on."""
    SummaryHorizon.objects.bulk_create(
        [SummaryHorizon(county=county, snapshot=seen, oldest_xid=oldest, at=at)], ignore_conflicts=True
    )
    return SummaryHorizon.objects.filter(county=county)


def _uncounted(county: Area, stamp: Stamp) -> set[int]:
    """Villages without a row for the day, or counted by other definitions or in another copy of the data."""
    rows = Summary.objects.filter(area__county=county, month=month_start(stamp.on), sees_sensitive=True)
    return _villages(county) - set(rows.filter(on=stamp.on, seal=stamp.seal).values_list("area", flat=True))


def _villages(county: Area) -> set[int]:
    return set(Area.objects.filter(county=county, level=Level.VILLAGE).values_list("pk", flat=True))


def _advance(horizon: SummaryHorizon, seen: str, oldest: int, at: datetime) -> None:
    horizon.snapshot, horizon.oldest_xid, horizon.at = seen, oldest, at
    horizon.save()


@transaction.atomic
def forget_touches() -> int:
    """This will take away the marks that every county has counted; how many there were."""
    return prepared(_FORGET).rowcount
