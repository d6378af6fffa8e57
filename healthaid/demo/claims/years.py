"""The sums of each person's and household's year, bill after bill, corrections included."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.facts import Facts, Used
from healthaid.demo.claims.costs import items_of
from healthaid.demo.claims.rules import Rules, Version
from healthaid.demo.claims.standing import Standings
from healthaid.demo.claims.stays import Stay

EMPTY = Used()


@dataclass(slots=True)
class Sums:
    """What was used up in one year, and the month that the monthly part of it belongs to."""

    used: Used = EMPTY
    month: tuple[int, int] = (0, 0)

    def before(self, on: date) -> Used:
        if self.month == (on.year, on.month):
            return self.used
        return replace(self.used, month_paid={}, month_base={})

    def after(self, on: date, used: Used) -> None:
        self.used, self.month = used, (on.year, on.month)


@dataclass(frozen=True, slots=True)
class Assessed:
    stay: Stay
    version: Version
    facts: Facts
    decision: Decision


@dataclass(slots=True)
class Years:
    """Decides bills one after the other; `seed` finds the items of a bill again when it is corrected."""

    rules: Rules
    standings: Standings
    seed: str
    _persons: dict[tuple[int, int], Sums] = field(default_factory=dict)
    _households: dict[tuple[int, int], Sums] = field(default_factory=dict)
    _settled: dict[tuple[int, int], list[Stay]] = field(default_factory=dict)

    def settle(self, stay: Stay) -> Assessed:
        """This will decide a bill on top of what its year holds."""
        year = self._year(stay)
        self._settled.setdefault((stay.patient.home.pk, year), []).append(stay)
        return self._next(stay)

    def correct(self, stay: Stay, on: date) -> list[tuple[Assessed, Assessed]]:
        """This will give the bills that a correction moves, as they were and as they are."""
        key = (stay.patient.home.pk, self._year(stay))
        listed = self._settled[key]
        before = self._again(key, listed)
        stay.corrected_on = on
        after = self._again(key, listed)
        return [
            (old, new)
            for old, new in zip(before, after, strict=True)
            if new.stay is stay or _amounts(old.decision) != _amounts(new.decision)
        ]

    def _again(self, key: tuple[int, int], listed: Iterable[Stay]) -> list[Assessed]:
        """The bills of a household's year from its beginning."""
        self._households.pop(key, None)
        for person in {stay.patient.member.pk for stay in listed}:
            self._persons.pop((person, key[1]), None)
        return [self._next(stay) for stay in listed]

    def _next(self, stay: Stay) -> Assessed:
        facts = self._facts(stay)
        version = self.rules.of(facts)
        on, year = version.policy.date_of(facts), version.policy.year_of(facts)
        person = self._persons.setdefault((stay.patient.member.pk, year), Sums())
        household = self._households.setdefault((stay.patient.home.pk, year), Sums())
        facts = replace(facts, used=person.before(on), household_used=household.before(on))
        decision = assess(version.policy, facts)
        person.after(on, decision.used_after)
        household.after(on, decision.household_used_after)
        return Assessed(stay, version, facts, decision)

    def _facts(self, stay: Stay) -> Facts:
        assert stay.discharged_on  # noqa: S101 - only who has left is settled
        items = items_of(stay, self.seed, corrected=stay.corrected_on is not None)
        member = stay.patient.member
        return Facts(
            care=stay.care,  # type: ignore[arg-type]
            level=str(stay.place.level),  # type: ignore[arg-type]
            admitted_on=stay.admitted_on,
            discharged_on=stay.discharged_on,
            birth_date=member.born,
            lines=tuple(item.line for item in items),
            diagnosis=stay.reason.icd10,
            diseases=frozenset(stay.patient.known(stay.admitted_on)),
            identities=self.standings.identities.get(member.pk, ()),
            causes=self.standings.causes.get(stay.patient.home.pk, ()),
            enrolments=self.standings.enrolments.get(member.pk, ()),
            in_county=stay.place.in_county,
            designated=stay.place.designated,
            referral=stay.referral,  # type: ignore[arg-type]
        )

    def _year(self, stay: Stay) -> int:
        facts = self._facts(stay)
        return self.rules.of(facts).policy.year_of(facts)


def _amounts(decision: Decision) -> list[object]:
    return [decision.patient, *((line.layer, line.amount) for line in decision.lines)]
