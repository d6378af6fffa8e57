"""Needs as rows, with an owner, a day, a log and mostly a good end."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from followups.choices import NeedKind, NeedState, StepKind
from followups.models import Need
from healthaid.demo.copying import Row, Store
from healthaid.demo.households import Found
from healthaid.demo.numbers import midday, seeded_uuid
from healthaid.demo.people import Home, Village
from healthaid.demo.wants import KINDS, QUOTES, UNMET, WANTS, Want

NEED = (
    *(
        "id",
        "uuid",
        "household",
        "person",
        "village",
        "kind",
        "description",
        "state",
        "raised_on",
        "raised_by",
    ),
    *("visit", "owner", "due_on", "closed_on", "outcome", "satisfaction", "person_says", "word_missing"),
    *("quoted_amount", "is_put_off"),
)
STEP = ("need", "on", "state", "kind", "note", "by")
DUE_DAYS = 14
_SAYS = ("医生帮了大忙", "跑前跑后，感谢", "比以前方便多了", "")


@dataclass
class NeedBook:
    store: Store
    on: date
    needs: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)

    def enter(
        self, village: Village, home: Home, found: Found, doctors: tuple[int, int], random: Random
    ) -> None:
        """This will follow one need as far as it has come. It may be any member's."""
        want = next(want for want in WANTS[found.code] if want.words == found.words)
        pk, raised = self.store.next(Need), found.visit.on
        kind, due = KINDS.get(found.code, NeedKind.OTHER), raised + timedelta(days=DUE_DAYS)
        state, closed, outcome = self._end(found, want, random)
        person = random.choice([m for m in home.members if m.ill] or home.members)
        owner = random.choice((doctors[0], doctors[0], doctors[1]))
        ended = state in (NeedState.MET, NeedState.UNMET)
        rated = ended and random.random() < (0.9 if state == NeedState.MET else 0.6)
        marks = (5, 5, 4, 4, 3) if state == NeedState.MET else (3, 3, 2, 4)
        self.needs.append(
            (
                *(
                    pk,
                    seeded_uuid(random, midday(raised)),
                    home.pk,
                    person.pk,
                    village.area.pk,
                    str(kind),
                    want.words,
                ),
                *(str(state), raised, doctors[0], found.visit.uuid, owner, due, closed, outcome),
                random.choice(marks) if rated else None,
                random.choice(_SAYS) if rated and state == NeedState.MET else "",
                random.choice(("not_reached", "not_reached", "unable")) if ended and not rated else "",
                *_money(found.code, want.words, state),
            )
        )
        self._log(pk, raised, state, closed, outcome, want, owner, doctors[0], random)

    def _end(self, found: Found, want: Want, random: Random) -> tuple[str, date | None, str]:
        age = (self.on - found.visit.on).days
        chance = random.random()
        if age <= 4 or (age < 14 and chance < 0.6):
            return NeedState.OPEN, None, ""
        if (age < 22 and chance < 0.8) or chance < 0.05:
            return NeedState.IN_PROGRESS, None, ""
        closed = found.visit.on + timedelta(days=random.randint(2, min(age - 1, 26)))
        if found.code in UNMET and random.random() < 0.22:
            return NeedState.UNMET, closed, UNMET[found.code]
        return NeedState.MET, closed, want.met

    def _log(
        self,
        need: int,
        raised: date,
        state: str,
        closed: date | None,
        outcome: str,
        want: Want,
        owner: int,
        doctor: int,
        random: Random,
    ) -> None:
        self.steps.append((need, raised, str(NeedState.OPEN), str(StepKind.RAISED), "入户随访时提出", doctor))
        if state == NeedState.OPEN:
            return
        last = closed or self.on - timedelta(days=1)
        begun = min(raised + timedelta(days=random.randint(1, 3)), last)
        self.steps.append((need, begun, str(NeedState.IN_PROGRESS), str(StepKind.NOTE), want.step, owner))
        if closed:
            self.steps.append((need, closed, str(state), str(StepKind.CLOSED), outcome, owner))


def _money(code: str, words: str, state: str) -> tuple[Decimal | None, bool]:
    """What the hospital quoted, and whether the treatment waits because of it (DOMAIN A40)."""
    if code != "3":
        return None, False
    quoted = next((yuan for said, yuan in QUOTES.items() if said in words), None)
    return Decimal(quoted) if quoted else None, state != NeedState.MET


__all__ = ["NEED", "STEP", "NeedBook"]
