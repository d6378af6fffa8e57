"""The work of one village: follow-ups, home visits, what was owed, what was needed."""

from datetime import date
from random import Random

from followups.models import Attempt, Duty, Need, NeedStep, Visit
from healthaid.demo.chronic import LAX, ORDINARY, Case, ChronicCare
from healthaid.demo.copying import Store
from healthaid.demo.facts import FOLLOWED, Facts
from healthaid.demo.households import HomeVisits
from healthaid.demo.needs import NEED, STEP, NeedBook
from healthaid.demo.owed import ATTEMPT, DUTY, Ledger, Made, Owed
from healthaid.demo.papers import write_papers
from healthaid.demo.people import Home, Village
from healthaid.demo.shapes import BEHIND
from healthaid.demo.specials import MENTAL, TUBERCULOSIS, SpecialCare
from healthaid.demo.visiting import VISIT, VisitBook

SKIPPED, SKIPPED_BEHIND = 0.05, 0.3
# In the villages that fall behind, one home in so many is signed up and never visited.
FORGOTTEN = 11


class Work:
    def __init__(self, store: Store, on: date, months: int) -> None:
        self._store, self._on = store, on
        self._chronic, self._home_visits = ChronicCare(on), HomeVisits(on, months)
        self._special = SpecialCare(on)

    def write(self, village: Village, facts: Facts, leaders: dict[int, int], random: Random) -> None:
        """This will make up and write everything that was done in a village; `leaders`: team → user."""
        book, ledger, needs = (
            VisitBook(self._on),
            Ledger(self._store, self._on),
            NeedBook(self._store, self._on),
        )
        for home in village.homes:
            doctors = (village.doctor, leaders[home.team])
            forgotten = village.name in BEHIND and home.number % FORGOTTEN == 4
            made, owed = (
                ([], []) if forgotten else self._follow_ups(village, home, facts, doctors, book, random)
            )
            skip = 1.0 if forgotten else SKIPPED_BEHIND if village.name in BEHIND else SKIPPED
            more, found = self._home_visits.call(village, home, made, doctors[0], book, skip, random)
            ledger.enter(village, home, owed + more, doctors[0], random)
            for each in found:
                needs.enter(village, home, each, doctors, random)
        write_papers(village, facts.papers, book)
        self._store.copy(Visit, VISIT, book.rows)
        self._store.copy(Duty, DUTY, ledger.duties)
        self._store.copy(Attempt, ATTEMPT, ledger.attempts)
        self._store.copy(Need, NEED, needs.needs)
        self._store.copy(NeedStep, STEP, needs.steps)

    def _follow_ups(
        self,
        village: Village,
        home: Home,
        facts: Facts,
        doctors: tuple[int, int],
        book: VisitBook,
        random: Random,
    ) -> tuple[list[Made], list[Owed]]:
        care = LAX if village.name in BEHIND else ORDINARY
        made: list[Made] = []
        owed: list[Owed] = []
        for member in home.members:
            for disease in (code for code in FOLLOWED if code in member.ill):
                since = facts.since[member.pk, disease]
                case = Case(village, home, member, disease, since)
                visits, duties = self._chronic.follow(case, doctors, book, care, random)
                made += visits
                owed += duties
            for disease in (code for code in (MENTAL, TUBERCULOSIS) if code in member.ill):
                case = Case(village, home, member, disease, facts.since[member.pk, disease])
                own = Random(f"{disease}{member.pk}")  # noqa: S311
                visits, duties = self._special.follow(case, doctors, book, own)
                made += visits
                owed += duties
        return made, owed
