"""When each stay was settled and which were corrected: in each household one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from claims.choices import Care, HospitalLevel, NoCredit
from healthaid.demo.claims.standing import Standings
from healthaid.demo.claims.stays import Stay

# One bill in so many was corrected some weeks later; of costly illnesses with another stay after it, more.
_CORRECTED, _CORRECTED_COSTLY, _COSTLY = 90, 3, 1.4
# Of the bills of these last days one in so many is settled.
_LAST_DAYS, _AT_ONCE = 2, 3
# Bills that the demo's window has before it, of the last days.
_WAITING, _RECENT = 3, timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Event:
    """A bill settled, or corrected."""

    on: date
    stay: Stay
    is_correction: bool = False


def put_in_order(
    stays: Iterable[Stay], standings: Standings, on: date, random: Random, *, window: int
) -> None:
    """This will say of every stay whether the person was insured and when it was settled.

    At the hospital `window` the latest stays wait, so that its window has bills to settle.

    A household's bills are settled in the order of discharge, so that its year is counted in that order."""
    for stay in stays:
        _insured(stay, standings)
    for listed in _by_household(stays).values():
        last = date.min
        for stay in listed:
            assert stay.discharged_on  # noqa: S101 - those in hospital are not listed
            last = max(last, stay.discharged_on + timedelta(days=_days(stay, on, random)))
            stay.settled_on = last if last <= on else None
    for stay in _waiting(stays, on, window):
        stay.settled_on = None


def _waiting(stays: Iterable[Stay], on: date, window: int) -> list[Stay]:
    """The latest stays of a hospital after which its household had no other bill."""
    latest = [
        listed[-1]
        for listed in _by_household(stays).values()
        if listed[-1].care == Care.INPATIENT
        and listed[-1].place.institution == window
        and not listed[-1].cancelled
        and _left(listed[-1]) >= on - _RECENT
    ]
    return sorted(latest, key=lambda stay: (_left(stay), stay.number))[-_WAITING:]


def _left(stay: Stay) -> date:
    return stay.discharged_on or date.max


def events(stays: Iterable[Stay], on: date) -> list[Event]:
    """What happened at the window, day by day. A household's year has at most one correction in it."""
    found = [Event(stay.settled_on, stay) for stay in stays if stay.settled_on]
    later = _settled_later(found)
    corrected: set[tuple[int, int]] = set()
    for event in list(found):
        key = (event.stay.patient.home.pk, _year(event))
        day = _corrected_on(event, later.get(event.stay.number))
        if day and key not in corrected and day <= on and day.year == _year(event):
            corrected.add(key)
            found.append(Event(day, event.stay, is_correction=True))
    return sorted(
        found, key=lambda each: (each.on, each.is_correction, each.stay.discharged_on, *_came(each.stay))
    )


def _year(event: Event) -> int:
    """The year that a bill counts in: that of its discharge."""
    return (event.stay.discharged_on or event.on).year


def _corrected_on(event: Event, later: date | None) -> date | None:
    """When a bill's mistake was found; of a costly illness often after the next bill of that person."""
    stay = event.stay
    if stay.care != Care.INPATIENT or stay.fixed:
        return None
    if later and stay.reason.cost >= _COSTLY and stay.place.level != HospitalLevel.TOWNSHIP:
        return later + timedelta(days=4 + stay.number % 9) if stay.number % _CORRECTED_COSTLY == 1 else None
    return event.on + timedelta(days=12 + stay.number % 30) if stay.number % _CORRECTED == 17 else None


def _settled_later(found: Iterable[Event]) -> dict[int, date]:
    """Number of a stay → when the next stay of the same person in that year was settled."""
    last: dict[tuple[int, int], int] = {}
    later: dict[int, date] = {}
    inpatient = (each for each in found if each.stay.care == Care.INPATIENT)
    for event in sorted(inpatient, key=lambda each: (each.on, each.stay.number)):
        key = (event.stay.patient.member.pk, event.on.year)
        if key in last:
            later[last[key]] = event.on
        last[key] = event.stay.number
    return later


def _came(stay: Stay) -> tuple[date, int]:
    """The order in which stays are registered."""
    return stay.admitted_on, stay.number


def _insured(stay: Stay, standings: Standings) -> None:
    """Who is not insured in a year is not treated first."""
    held = standings.enrolments.get(stay.patient.member.pk, ())
    if not any(span.code in ("basic", "employee") and span.holds(stay.admitted_on) for span in held):
        stay.no_credit = str(NoCredit.UNINSURED)


def _days(stay: Stay, on: date, random: Random) -> int:
    """From discharge to settlement: at once at the window, weeks for papers from far away."""
    assert stay.discharged_on  # noqa: S101 - those in hospital are not listed
    fresh = (on - stay.discharged_on).days < _LAST_DAYS and stay.care == Care.INPATIENT
    if fresh and stay.number % _AT_ONCE:
        return _LAST_DAYS
    if not stay.place.in_county and random.random() < 0.45:
        return random.randint(12, 45)
    if stay.care == Care.INPATIENT and random.random() < 0.14:
        return random.randint(1, 4)
    return 0


def _by_household(stays: Iterable[Stay]) -> dict[int, list[Stay]]:
    found: dict[int, list[Stay]] = {}
    left = (stay for stay in stays if stay.discharged_on)
    for stay in sorted(left, key=lambda each: (each.discharged_on, *_came(each))):
        found.setdefault(stay.patient.home.pk, []).append(stay)
    return found
