"""History of every row, written by the database itself: bulk updates and raw SQL are seen too."""

from typing import Any

import pghistory
import pgtrigger

STAMPS = ("updated_at", "changed_xid")


def tracked(*, exclude: tuple[str, ...] = ()) -> Any:
    """Class decorator: one event row for each insert, each update that changes something, each delete."""
    return pghistory.track(
        pghistory.InsertEvent(level=pgtrigger.Statement),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        exclude=[*STAMPS, *exclude],
        append_only=True,
    )


def tracked_from_second_version(*, exclude: tuple[str, ...] = ()) -> Any:
    """For rows made by the hundred thousand from rules: an earlier version is kept when it is replaced.

    The first version is the row itself until then, so inserting costs nothing and nothing is lost."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(row=pghistory.Old, level=pgtrigger.Statement),
        exclude=[*STAMPS, *exclude],
        append_only=True,
    )
