"""A screening round goes on as work: what it left suspected is examined, and the result closes the task."""

from datetime import date, timedelta

from followups.services.suspicions import look_into_suspicions

# Between two nights only what was written down of late is looked for; each night everything.
LATE_DAYS = 7


def follow_suspicions(*, on: date) -> dict[str, int]:
    """This will give each suspected result its task, and end those whose result is there; counts of both."""
    return look_into_suspicions(on=on)


def follow_late_suspicions(*, on: date) -> dict[str, int]:
    """The same for results of the last days: rung every minute, so that a doctor has the task at once."""
    return look_into_suspicions(on=on, since=on - timedelta(days=LATE_DAYS))
