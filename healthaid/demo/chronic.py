"""Two years of follow-up of hypertension and diabetes: as agreed, a little late, sometimes not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from core.base.periods import add_months, age_on, quarter_end, quarter_start
from followups.choices import Risk
from followups.protocols.assessment import PastVisit
from followups.rules import all_rules
from healthaid.demo import answers as forms
from healthaid.demo.courses import Body, Course
from healthaid.demo.families import Member
from healthaid.demo.judging import Judge, Verdict
from healthaid.demo.owed import QUARTERLY, RETURN, Made, Owed, match, spread
from healthaid.demo.people import Home, Village
from healthaid.demo.visiting import VisitBook

YEARS = 2
RETURN_DAYS = 14
_FORMS = {"hypertension": forms.hypertension, "type2_diabetes": forms.type2_diabetes}


@dataclass(slots=True)
class Care:
    """How well the followed people of a village are looked after: how often a visit is put off."""

    put_off: float
    returns: float


ORDINARY = Care(put_off=0.045, returns=0.9)
LAX = Care(put_off=0.3, returns=0.5)


class ChronicCare:
    """Follows one disease of one person after the other."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._judges = {code: Judge(code, on) for code in _FORMS}
        self._first = quarter_start(add_months(on, -12 * YEARS))

    def follow(
        self,
        village: Village,
        home: Home,
        member: Member,
        disease: str,
        since: date,
        doctors: tuple[int, int],
        book: VisitBook,
        care: Care,
        random: Random,
    ) -> tuple[list[Made], list[Owed]]:
        """This will make up the visits of one disease since it was found, and the duties they answer."""
        age = age_on(member.born, self._on)
        course = Course.of(random, disease, age)
        body = Body.of(random, male=member.male, age=age)
        made: list[Made] = []
        returns: list[Owed] = []
        agreed: list[date] = []
        past: list[PastVisit] = []
        day, verdict = self._start(since, random), None
        while day < self._on:
            verdict = self._visit(
                village, home, member, course, body, day, verdict, past, doctors, book, made, random
            )
            agreed.append(past[-1].answers["next_date"])
            if verdict.days <= RETURN_DAYS:
                returns.append(_return_duty(made[-1], verdict, member, disease))
            day = self._next_day(day, agreed[-1], verdict, care, random)
        owed = [*self._quarters(home, member, disease, since, made, agreed)]
        match(owed, made)
        match(returns, made)
        return made, owed + returns

    def _start(self, since: date, random: Random) -> date:
        first = max(
            since + timedelta(days=random.randint(3, 14)), self._first + timedelta(days=random.randint(2, 80))
        )
        return first

    def _visit(
        self,
        village: Village,
        home: Home,
        member: Member,
        course: Course,
        body: Body,
        day: date,
        before: Verdict | None,
        past: list[PastVisit],
        doctors: tuple[int, int],
        book: VisitBook,
        made: list[Made],
        random: Random,
    ) -> Verdict:
        disease = course.disease
        mode = random.choices("213", (60, 37.5, 2.5))[0]
        given = _FORMS[disease](random, course, body, day, mode)
        judge = self._judges[disease]
        troubled = any(_is_troubled(each) for each in past[-3:])
        verdict = judge.verdict(given, on=day, born=member.born, history=past[-3:], troubled=troubled)
        forms.closed(random, disease, given, _agreed(verdict, day, random), verdict.stored)
        by = doctors[0] if mode == "2" or random.random() < 0.4 else doctors[1]
        edition = (judge.form.code, judge.form.edition)
        made.append(
            book.add(village, home, given, verdict, edition=edition, person=member.pk, by=by, random=random)
        )
        past.append(PastVisit(day, given))
        body.changed(random)
        if verdict.stored["controlled"] is False:
            course.step_up()
        return verdict

    def _next_day(self, day: date, agreed: date, verdict: Verdict, care: Care, random: Random) -> date:
        """Mostly the day agreed; a return visit may be dropped until the quarter's own one, any visit put off."""
        if verdict.days <= RETURN_DAYS and random.random() > care.returns:
            agreed = day + timedelta(days=random.randint(45, 80))
        if random.random() < care.put_off:
            longest = 220 if random.random() < 0.3 else 70
            return agreed + timedelta(days=random.randint(15, longest))
        return max(agreed + timedelta(days=round(random.gauss(0, 2.5))), day + timedelta(days=3))

    def _quarters(
        self, home: Home, member: Member, disease: str, since: date, made: list[Made], agreed: list[date]
    ) -> Iterator[Owed]:
        least = timedelta(days=getattr(all_rules()[QUARTERLY], "least_days", 14))
        start = self._first
        while start <= self._on:
            end = quarter_end(start)
            if since <= end - least:
                due = _due(start, end, home.pk, since, made, agreed)
                risk = Risk.RAISED if member.health_class == "major" else Risk.ROUTINE
                why = {"disease": disease}
                yield Owed(QUARTERLY, disease, start, due, end, member.pk, int(risk), why)
            start = end + timedelta(days=1)


def _agreed(verdict: Verdict, day: date, random: Random) -> date:
    """The next visit is put on a day inside the window, nearer to its end."""
    room = (verdict.next_by - verdict.next_from).days
    return max(verdict.next_by - timedelta(days=random.randint(0, min(room, 9))), day + timedelta(days=1))


def _is_troubled(past: PastVisit) -> bool:
    """Whether the visit says something that the next verdict looks back at."""
    given = past.answers
    high = given.get("sbp", 0) >= 140 or given.get("dbp", 0) >= 90 or given.get("fpg", 0) >= 7
    return bool(high or given["adr"] == "2")


def _return_duty(visit: Made, verdict: Verdict, member: Member, disease: str) -> Owed:
    stored = verdict.stored
    risk = Risk.URGENT if stored["urgent"] else Risk.HIGH if stored["assessable"] else Risk.RAISED
    starts = visit.on + timedelta(days=1)
    why = {"visit": str(visit.uuid)}
    return Owed(RETURN, disease, starts, verdict.next_by, verdict.next_by, member.pk, int(risk), why)


def _due(start: date, end: date, household: int, since: date, made: list[Made], agreed: list[date]) -> date:
    """The day agreed at the last visit before the quarter; else two weeks after the finding; else spread."""
    before = [day for visit, day in zip(made, agreed, strict=True) if visit.on < start]
    if before and start <= before[-1] <= end:
        return before[-1]
    if since >= start:
        return min(since + timedelta(days=14), end)
    return spread(start, end, household, first=10, kept=25)
