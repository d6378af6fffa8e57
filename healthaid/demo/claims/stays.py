"""Who was in hospital, where, when and why: as many stays as the district published, over two years."""

from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from claims.choices import Care, HospitalLevel, NoCredit, ReferralStanding
from core.base.periods import add_months, age_on
from healthaid.demo.claims.places import Place, Places
from healthaid.demo.claims.reasons import Reason, chronic_reason, cold, reason_for, weight_of
from healthaid.demo.families import Member
from healthaid.demo.people import Home, Village

# 岳塘区, January 2019 to October 2020: 1,756 admissions of 3,584 persons to its designated hospitals.
PUBLISHED, PERSONS, MONTHS = 1756, 3584, 22
# For each of those: stays in other hospitals, and visits that were no stay.
_ABOVE, _PRIVATE, _WITHDRAWN, _CHRONIC, _COLDS = 0.088, 0.012, 0.006, 0.52, 0.26
# How people come to the county's hospitals: by themselves as the rules allow, sent by their town, or past it.
_CAME_BY = (ReferralStanding.NOT_NEEDED, ReferralStanding.FOLLOWED, ReferralStanding.NOT_FOLLOWED)
_SHARES = (0.66, 0.31, 0.03)
# The man of 73 with gallstones that the district told of; his bill is the published one.
_TOLD_ON, _TOLD_DAYS, _TOLD_AGE, _TOLD_TOWN = (6, 1), 8, 73, "东坪街道"
_TOLD = Reason("胆囊结石伴慢性胆囊炎", "K80.100", surgery=True)
_SEASON = (1.25, 1.1, 1.05, 1.0, 0.95, 0.88, 0.9, 0.92, 0.95, 0.98, 1.05, 1.2)


@dataclass(frozen=True, slots=True)
class Patient:
    member: Member
    home: Home
    village: Village
    ill: tuple[tuple[str, date, date | None], ...] = ()

    def known(self, on: date) -> list[str]:
        """The diseases that the person had on a day."""
        return [code for code, since, end in self.ill if since <= on and (end is None or on < end)]


@dataclass(slots=True)
class Stay:
    """`settled_on` is None while nothing is settled, `discharged_on` while the person is in hospital."""

    number: int
    patient: Patient
    place: Place
    care: str
    reason: Reason
    admitted_on: date
    discharged_on: date | None
    referral: str = ReferralStanding.NOT_NEEDED
    no_credit: str = ""
    cancelled: str = ""
    settled_on: date | None = None
    fixed: bool = False
    corrected_on: date | None = None
    pk: int = 0
    settlement: int = 0
    slip: str = ""
    revision: int = 0


@dataclass(slots=True)
class Calendar:
    """The beds that each person has lain in, so that nobody lies in two."""

    taken: dict[int, list[tuple[date, date]]] = field(default_factory=dict)

    def take(self, person: int, first: date, last: date) -> bool:
        spans = self.taken.setdefault(person, [])
        if any(first <= end and begin <= last for begin, end in spans):
            return False
        spans.append((first, last))
        return True


Maker = Callable[[Patient, date], Stay | None]


class Drawing:
    """Draws the stays of one county, all from one stream of chance."""

    def __init__(self, patients: list[Patient], places: Places, on: date, random: Random) -> None:
        self._patients, self._places, self._on, self._random = patients, places, on, random
        self._first = date(on.year - 1, 1, 1)
        self._weights = [*accumulate(weight_of(p.member, age_on(p.member.born, on)) for p in patients)]
        self._calendar, self._number = Calendar(), 0

    def stays(self) -> list[Stay]:
        """Everything that happened, in no order; the published number lies in the first 22 months."""
        end = min(add_months(self._first, MONTHS), self._on)
        whole = (end.year - self._first.year) * 12 + end.month - self._first.month
        published = round(PUBLISHED * len(self._patients) / PERSONS * whole / MONTHS)
        since = round(PUBLISHED * len(self._patients) / PERSONS / MONTHS * (self._on - end).days / 30.4)
        told = self._told()
        inside = [
            *told,
            *self._drawn(published - len(told), self._first, end, self._inpatient),
            *self._drawn(since, end, self._on + timedelta(days=1), self._inpatient),
        ]
        last = self._on + timedelta(days=1)
        return [
            *inside,
            *self._drawn(round(len(inside) * _ABOVE), self._first, last, self._above),
            *self._drawn(round(len(inside) * _PRIVATE), self._first, last, self._private),
            *self._drawn(round(len(inside) * _WITHDRAWN), self._first, last, self._withdrawn),
            *self._drawn(round(len(inside) * _CHRONIC), self._first, last, self._chronic),
            *self._drawn(round(len(inside) * _COLDS), self._first, last, self._cold),
        ]

    def _drawn(self, count: int, first: date, end: date, make: Maker) -> Iterator[Stay]:
        """`count` stays that begin from `first` up to the day before `end`."""
        days = [first + timedelta(days=place) for place in range((end - first).days)]
        seasons = [*accumulate(_SEASON[day.month - 1] for day in days)]
        while count:
            day = days[bisect(seasons, self._random.random() * seasons[-1])]
            patient = self._patients[bisect(self._weights, self._random.random() * self._weights[-1])]
            made = make(patient, day) if day >= patient.member.born else None
            if made:
                count -= 1
                yield made

    def _told(self) -> list[Stay]:
        """The published bill, of last year; it lies among the published stays."""
        day = date(self._first.year, *_TOLD_ON)
        old = [p for p in self._patients if p.member.male and "gallstones" in p.known(day)] or [
            p for p in self._patients if p.member.male
        ]
        nearest = sorted(
            old,
            key=lambda p: (
                p.village.township.name != _TOLD_TOWN,
                abs(age_on(p.member.born, day) - _TOLD_AGE),
            ),
        )
        stay = self._lying(nearest[0], self._places.hospitals[0], _TOLD, day, _TOLD_DAYS)
        if stay:
            stay.fixed = True
        return [stay] if stay else []

    def _inpatient(self, patient: Patient, day: date) -> Stay | None:
        reason = self._reason(patient, day)
        higher = self._random.random() < reason.higher
        place = self._places.county(self._random) if higher else self._places.near(patient.village)
        stay = self._stay(patient, place, reason, day)
        if stay and higher:
            stay.referral = self._random.choices(_CAME_BY, _SHARES)[0]
        return stay

    def _above(self, patient: Patient, day: date) -> Stay | None:
        reason = self._reason(patient, day)
        if reason.higher < 0.6:
            return None
        stay = self._stay(patient, self._places.above(self._random), reason, day)
        if stay:
            followed = self._random.random() < 0.74
            stay.referral = ReferralStanding.FOLLOWED if followed else ReferralStanding.NOT_FOLLOWED
            stay.no_credit = "" if followed else NoCredit.NO_REFERRAL
        return stay

    def _private(self, patient: Patient, day: date) -> Stay | None:
        return self._stay(patient, self._places.private, self._reason(patient, day), day)

    def _withdrawn(self, patient: Patient, day: date) -> Stay | None:
        """Registered and cancelled on the same day."""
        stay = self._visit(patient, self._places.near(patient.village), self._reason(patient, day), day)
        if stay:
            stay.cancelled, stay.discharged_on = "家属要求转往上级医院，当日撤销", None
        return stay

    def _chronic(self, patient: Patient, day: date) -> Stay | None:
        reason = chronic_reason(patient.known(day), self._random)
        place = self._places.near(patient.village)
        if self._random.random() < 0.3:
            place = self._places.county(self._random)
        return self._visit(patient, place, reason, day, Care.CHRONIC_OUTPATIENT) if reason else None

    def _cold(self, patient: Patient, day: date) -> Stay | None:
        at_home = self._random.random() < 0.7
        place = (
            self._places.clinics[patient.village.area.pk] if at_home else self._places.near(patient.village)
        )
        return self._visit(patient, place, cold(self._random), day, Care.OUTPATIENT)

    def _reason(self, patient: Patient, day: date) -> Reason:
        return reason_for(patient.member, patient.known(day), age_on(patient.member.born, day), self._random)

    def _stay(self, patient: Patient, place: Place, reason: Reason, day: date) -> Stay | None:
        shortest, longest = reason.days
        days = self._random.randint(shortest, longest)
        if place.level in (HospitalLevel.CITY, HospitalLevel.PROVINCE):
            days += self._random.randint(1, 5)
        return self._lying(patient, place, reason, day, days)

    def _lying(self, patient: Patient, place: Place, reason: Reason, day: date, days: int) -> Stay | None:
        leaves = day + timedelta(days=days)
        if not self._calendar.take(patient.member.pk, day, leaves):
            return None
        return self._made(patient, place, Care.INPATIENT, reason, day, leaves if leaves <= self._on else None)

    def _visit(
        self, patient: Patient, place: Place, reason: Reason, day: date, care: Care = Care.INPATIENT
    ) -> Stay | None:
        if not self._calendar.take(patient.member.pk, day, day):
            return None
        return self._made(patient, place, care, reason, day, day)

    def _made(
        self, patient: Patient, place: Place, care: Care, reason: Reason, day: date, leaves: date | None
    ) -> Stay:
        self._number += 1
        return Stay(self._number, patient, place, str(care), reason, day, leaves)
