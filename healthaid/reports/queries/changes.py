"""Which villages have changed since their figures were counted. Writers pay nothing and wait for nobody.

Each kept figure names the snapshot it was counted in. A row written by a transaction that this snapshot could
not see is not in the figure, however late that transaction committed."""

import hashlib
from collections.abc import Iterable
from datetime import date

from core.base.epoch import epoch
from core.base.sql import bigints, rows
from followups.queries.answering import month_rules
from healthaid.reports.indicators import INDICATORS, STATEMENTS

_CHANGED = "SELECT reports_changed(%(counties)s::bigint[], %(on)s)"


def changed(*, counties: Iterable[int], on: date) -> set[int]:
    """Villages with a change that the figures kept for the day cannot hold: a few looks into indexes.

    Of a county without a horizon nothing is kept, so nothing can be stale: see `Summary.seal` and `on`."""
    return {village for (village,) in rows(_CHANGED, {"counties": bigints(counties), "on": on})}


def snapshot() -> tuple[str, int]:
    """What this statement can see, and the oldest transaction that it perhaps cannot."""
    [(text, oldest)] = rows("SELECT s::text, pg_snapshot_xmin(s)::text::bigint FROM pg_current_snapshot() s")
    return text, oldest


def seal() -> str:
    """Names what figures are counted by: every definition, and this very copy of the data.

    After a release with other definitions, or a restore from backup, all kept figures are counted anew."""
    return hashlib.blake2b(f"{_DEFINITIONS}{epoch()}".encode(), digest_size=8).hexdigest()


def _definitions() -> str:
    parts = ("code", "fact", "whole", "part", "whole_sum", "part_sum")
    each = [[getattr(indicator, part) for part in parts] for indicator in INDICATORS.values()]
    return hashlib.blake2b(repr([STATEMENTS, month_rules(), each]).encode()).hexdigest()


_DEFINITIONS = _definitions()
