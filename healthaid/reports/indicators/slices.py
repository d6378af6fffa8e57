"""Which part of the county, up to which day, seen by whom: what every figure is cut by."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core.base.periods import quarter_start
from followups.queries.answering import month_rules


@dataclass(frozen=True)
class Slice:
    """`since` opens the period for what happens within one (visits due, needs closed); `on` is its last day.

    `past` is true when `on` lies before the day of asking: what was closed since then counts as open."""

    villages: tuple[int, ...]
    on: date
    since: date
    past: bool = False
    sees_sensitive: bool = False
    team: int | None = None

    def of_team(self, team: int | None) -> "Slice":
        return replace(self, team=team)

    def seen_by(self, *, sees_sensitive: bool) -> "Slice":
        return replace(self, sees_sensitive=sees_sensitive)

    def within(self, villages: tuple[int, ...]) -> "Slice":
        return replace(self, villages=villages)

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "villages": list(self.villages),
            "on": self.on,
            "since": self.since,
            "year": self.on.year,
            "year_start": date(self.on.year, 1, 1),
            "quarters_ended": quarters_ended(self.on),
            "past": self.past,
            "sensitive": self.sees_sensitive,
            "team": self.team,
            **month_rules(),
        }


def quarters_ended(on: date) -> int:
    """How many quarters of its year are over at the end of a day."""
    tomorrow = on + timedelta(days=1)
    return 4 if tomorrow.year > on.year else (tomorrow.month - 1) // 3


def quarter_so_far(
    villages: tuple[int, ...], *, on: date, today: date, sees_sensitive: bool, team: int | None = None
) -> Slice:
    """The running quarter up to and including the day: what the dashboard shows."""
    return Slice(villages, on, quarter_start(on), on < today, sees_sensitive, team)
