"""Duties of the past, kept by the product's rules: which visit fulfilled which, in time, late or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from followups.choices import DutyState, NotFoundReason, Risk
from followups.models import Attempt, Duty
from followups.rules import all_rules, window_of
from healthaid.demo.copying import Row, Store
from healthaid.demo.numbers import midday, seeded_uuid
from healthaid.demo.people import Home, Village

QUARTERLY, FORTNIGHT, RETURN = "chronic_quarterly", "household_fortnight", "follow_14_days"
DUTY = (
    *("id", "household", "person", "village", "county", "team", "protocol", "rule", "starts_on", "due_on"),
    *("ends_on", "risk", "is_sensitive", "why", "state", "visit", "closed_on", "close_reason"),
)
ATTEMPT = ("uuid", "duty", "attempted_on", "reason", "note", "by")
_NOTES = {"1": "邻居说在长沙务工，春节回来", "2": "搬到女儿家住", "5": "住院未在家", "6": "敲门无人应"}
SPREAD = 7919


@dataclass(slots=True)
class Made:
    """As much of a visit as duties ask about."""

    uuid: UUID
    on: date
    mode: str


@dataclass(slots=True)
class Owed:
    """One duty before it is written."""

    rule: str
    protocol: str
    starts: date
    due: date
    ends: date
    person: int | None = None
    risk: int = int(Risk.ROUTINE)
    why: dict[str, Any] = field(default_factory=dict)
    visit: Made | None = None
    sensitive: bool = False


def match(duties: Sequence[Owed], visits: Iterable[Made]) -> None:
    """Each visit fulfils the earliest duty that it can, in time or late. Both in order of days."""
    if not duties:
        return
    rule = all_rules()[duties[0].rule]
    late = timedelta(days=rule.late_days)
    waiting = list(duties)
    for visit in visits:
        if visit.mode not in rule.modes:
            continue
        waiting = [duty for duty in waiting if duty.ends + late >= visit.on]
        found = next((duty for duty in waiting if duty.starts <= visit.on), None)
        if found:
            found.visit = visit
            waiting.remove(found)


def spread(start: date, end: date, household: int, *, first: int, kept: int) -> date:
    """The day on which a duty is best done, by household, so that doors of one day lie apart."""
    return start + timedelta(days=first + household * SPREAD % ((end - start).days - kept))


class Ledger:
    """Turns duties into rows: done, missed, still open, or closed because nobody was there three times."""

    def __init__(self, store: Store, on: date) -> None:
        self._store, self._on = store, on
        self.duties: list[Row] = []
        self.attempts: list[Row] = []

    def enter(self, village: Village, home: Home, duties: Iterable[Owed], by: int, random: Random) -> None:
        for duty in duties:
            if not self._is_tonights(duty):
                self._enter(village, home, duty, by, random)

    def _is_tonights(self, duty: Owed) -> bool:
        """Open duties of the present window are left to the product's own nightly generation."""
        rule = all_rules()[duty.rule]
        current = getattr(rule, "window", None)
        return bool(duty.visit is None and current and window_of(current, self._on)[0] == duty.starts)

    def _enter(self, village: Village, home: Home, duty: Owed, by: int, random: Random) -> None:
        pk = self._store.next(Duty)
        state, closed, reason = self._fate(duty, random)
        if state == DutyState.NOT_FOUND or (state == DutyState.OPEN and random.random() < 0.4):
            closed = self._try(pk, duty, state, by, random) or closed
        self.duties.append(
            (
                *(
                    pk,
                    home.pk,
                    duty.person,
                    village.area.pk,
                    village.area.county_id,
                    home.team,
                    duty.protocol,
                ),
                *(duty.rule, duty.starts, duty.due, duty.ends, duty.risk, duty.sensitive, duty.why),
                *(str(state), duty.visit.uuid if duty.visit else None, closed, reason),
            )
        )

    def _fate(self, duty: Owed, random: Random) -> tuple[str, date | None, str]:
        if duty.visit:
            return DutyState.DONE, duty.visit.on, ""
        given_up = duty.ends + timedelta(days=all_rules()[duty.rule].late_days + 1)
        if given_up > self._on:
            return DutyState.OPEN, None, ""
        if duty.rule == QUARTERLY and random.random() < 0.3:
            return DutyState.NOT_FOUND, duty.ends, "three_attempts"
        return DutyState.MISSED, given_up, "window_passed"

    def _try(self, pk: int, duty: Owed, state: str, by: int, random: Random) -> date | None:
        """Calls where nobody was there; the third one closes the duty."""
        gone = state == DutyState.NOT_FOUND
        day, last = duty.due, None
        for number in range(3 if gone else random.randint(1, 2)):
            day = min(day + timedelta(days=random.randint(1, 4)), self._on - timedelta(days=3 - number))
            if day < duty.starts or (last and day <= last):
                break
            reason = random.choice((NotFoundReason.AWAY_WORKING, NotFoundReason.NOT_AT_HOME)) if gone else "6"
            uuid = seeded_uuid(random, midday(day))
            self.attempts.append((uuid, pk, day, str(reason), _NOTES[str(reason)], by))
            last = day
        return last if gone else None


__all__ = ["ATTEMPT", "DUTY", "Attempt", "Ledger", "Made", "Owed", "match", "spread"]
