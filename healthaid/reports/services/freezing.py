"""The figures of a period, counted once and kept: what was reported stays what was reported."""

import hashlib
import json
from datetime import date
from typing import Any

from core.accounts.models import Area
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.queries.tables.sums import written


def frozen(
    *, kind: str, area: Area, since: date, until: date, on: date, sees_sensitive: bool = False
) -> Counted:
    """The kind's figures as JSON keeps them: `rows` and `together` of the areas or `tables` by code; counts
    as [part, whole] by indicator code, yuan and dates as text. Counted up to the day `on` at most."""
    last = min(until, on)
    found = KINDS[kind].count(Asked(area, since, last, on, sees_sensitive))
    counted: Counted = written(found) | {
        "since": since.isoformat(),
        "on": last.isoformat(),
        "is_whole_month": last == until,
    }
    return counted


def checksum(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
