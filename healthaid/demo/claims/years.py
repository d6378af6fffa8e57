"""Bills decided one after the other, each on top of the bills of its person's and household's year."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.facts import Facts
from claims.queries.facts.bills import Bill, Outcome
from claims.queries.facts.policies import InForce
from claims.queries.facts.situation import with_year
from healthaid.demo.claims.costs import items_of
from healthaid.demo.claims.rules import Rules
from healthaid.demo.claims.standing import Standings
from healthaid.demo.claims.stays import Stay

# Papers from far away come weeks later; by April nothing of the year before is open any more.
_OPEN_UNTIL = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """A bill as it stands."""

    stay: Stay
    bill: Bill
    in_force: InForce


@dataclass(frozen=True, slots=True)
class Assessed(Standing):
    facts: Facts
    decision: Decision


@dataclass(slots=True)
class Years:
    """`seed` finds the items of a bill again when it is corrected."""

    rules: Rules
    standings: Standings
    seed: str
    _standing: dict[tuple[int, int], dict[int, Standing]] = field(default_factory=dict)
    _closed: int = 0

    def settle(self, stay: Stay, on: date) -> Assessed:
        """This will decide a bill on top of what its year holds."""
        self._close(on)
        return self._decided(stay)

    def correct(self, stay: Stay, on: date) -> list[tuple[Standing, Assessed]]:
        """This will give the bills that a correction moves, as they were and as they are, that bill first."""
        stay.corrected_on = on
        return list(self._moved(stay))

    def _moved(self, stay: Stay) -> Iterator[tuple[Standing, Assessed]]:
        bare, in_force = self._facts(stay)
        year = self._standing[stay.patient.home.pk, in_force.policy.year_of(bare)]
        before = year.pop(stay.pk)
        yield before, self._decided(stay)
        later = (each for each in year.values() if each.bill.key > before.bill.key)
        for each in sorted(later, key=lambda standing: standing.bill.key):
            again = self._decided(each.stay)
            if again.bill.outcome == each.bill.outcome:
                year[each.stay.pk] = each
            else:
                yield each, again

    def _decided(self, stay: Stay) -> Assessed:
        bare, in_force = self._facts(stay)
        year = self._standing.setdefault((stay.patient.home.pk, in_force.policy.year_of(bare)), {})
        member, home = stay.patient.member.pk, stay.patient.home.pk
        others = tuple(each.bill for key, each in year.items() if key != stay.pk)
        key = (bare.discharged_on, stay.pk)
        facts = with_year(bare, in_force, others, key=key, person=member, household=home)
        decision = assess(in_force.policy, facts)
        bill = Bill(
            admission=stay.pk,
            person=member,
            household=home,
            year=decision.year,
            last_day=facts.discharged_on,
            on=decision.on,
            level=facts.level,
            outcome=Outcome.of(decision),
            is_stay=facts.care == "inpatient",
        )
        year[stay.pk] = Standing(stay, bill, in_force)
        return Assessed(stay, bill, in_force, facts, decision)

    def _facts(self, stay: Stay) -> tuple[Facts, InForce]:
        """All but the year."""
        assert stay.discharged_on  # noqa: S101 - only who has left is settled
        items = items_of(stay, self.seed, corrected=stay.corrected_on is not None)
        member = stay.patient.member
        facts = Facts(
            care=stay.care,  # type: ignore[arg-type]
            level=str(stay.place.level),  # type: ignore[arg-type]
            admitted_on=stay.admitted_on,
            discharged_on=stay.discharged_on,
            birth_date=member.born,
            lines=tuple(item.line for item in items),
            diagnosis=stay.reason.icd10,
            diseases=self.standings.diseases(stay),
            identities=self.standings.identities.get(member.pk, ()),
            causes=self.standings.causes.get(stay.patient.home.pk, ()),
            enrolments=self.standings.insured(stay),
            in_county=stay.place.in_county,
            designated=stay.place.designated,
            referral=stay.referral,  # type: ignore[arg-type]
        )
        return facts, self.rules.of(facts)

    def _close(self, on: date) -> None:
        """Years that can no longer move are forgotten, so that no county is held longer than a year."""
        past = on.year - 1 if on.month >= _OPEN_UNTIL else on.year - 2
        if past > self._closed:
            self._closed = past
            self._standing = {key: held for key, held in self._standing.items() if key[1] > past}
