"""Two years of follow-up of hypertension and diabetes: as agreed, a little late, sometimes not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from core.base.periods import add_months, age_on, quarter_end, quarter_start
from followups.choices import Risk
from followups.rules import all_rules
from healthaid.demo import answers as forms
from healthaid.demo.courses import Body, Course
from healthaid.demo.families import Member
from healthaid.demo.judging import Judge, Memory, Verdict
from healthaid.demo.owed import QUARTERLY, RETURN, Made, Owed, match, spread
from healthaid.demo.people import Home, Village
from healthaid.demo.visiting import VisitBook
from households.choices import HealthClass

YEARS = 2
RETURN_DAYS = 14
_FORMS = {"hypertension": forms.hypertension, "type2_diabetes": forms.type2_diabetes}


@dataclass(slots=True)
class Case:
    """One person's disease, and since when it is known."""

    village: Village
    home: Home
    member: Member
    disease: str
    since: date


@dataclass(slots=True)
class Care:
    """How well the followed people of a village are looked after: how often a visit is put off."""

    put_off: float
    returns: float


ORDINARY = Care(put_off=0.1, returns=0.78)
LAX = Care(put_off=0.42, returns=0.4)


class ChronicCare:
    """Follows one disease of one person after the other."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._judges = {code: Judge(code, on) for code in _FORMS}
        self._first = quarter_start(add_months(on, -12 * YEARS))

    def follow(
        self, case: Case, doctors: tuple[int, int], book: VisitBook, care: Care, random: Random
    ) -> tuple[list[Made], list[Owed]]:
        """This will make up the visits of one disease since it was found, and the duties they answer."""
        course = Course.of(random, case.disease, age_on(case.member.born, self._on))
        body = Body.of(random, male=case.member.male, age=course.age)
        made: list[Made] = []
        agreed: list[date] = []
        returns: list[Owed] = []
        memory = Memory()
        day = self._start(case, random)
        while day < self._on:
            given, verdict = self._visit(case, course, body, day, memory, random)
            made.append(self._kept(case, given, verdict, doctors, book, random))
            agreed.append(given["next_date"])
            returns += [_return_duty(made[-1], verdict, case)] if verdict.days <= RETURN_DAYS else []
            day = _next_day(day, agreed[-1], verdict, course, care, random)
        owed = [*self._quarters(case, made, agreed)]
        match(owed, made)
        match(returns, made)
        return made, owed + returns

    def _start(self, case: Case, random: Random) -> date:
        known = self._first + timedelta(days=random.randint(2, 80))
        return max(case.since + timedelta(days=random.randint(3, 14)), known)

    def _visit(
        self, case: Case, course: Course, body: Body, day: date, memory: Memory, random: Random
    ) -> tuple[dict[str, Any], Verdict]:
        judge, born = self._judges[case.disease], case.member.born
        mode = random.choices("213", (60, 38, 2))[0]
        given = _FORMS[case.disease](random, course, body, day, mode)
        verdict = judge.verdict(given, on=day, born=born, memory=memory)
        memory.add(given, verdict, day)
        forms.closed(random, case.disease, given, _agreed(verdict, day, random), verdict.stored)
        body.changed(random)
        course.answer(verdict.stored["controlled"])
        return given, verdict

    def _kept(
        self,
        case: Case,
        given: dict[str, Any],
        verdict: Verdict,
        doctors: tuple[int, int],
        book: VisitBook,
        random: Random,
    ) -> Made:
        form = self._judges[case.disease].form
        by = doctors[0] if given["visit_mode"] == "2" or random.random() < 0.4 else doctors[1]
        return book.add(
            case.village,
            case.home,
            given,
            verdict,
            edition=(form.code, form.edition),
            person=case.member.pk,
            by=by,
            random=random,
        )

    def _quarters(self, case: Case, made: list[Made], agreed: list[date]) -> Iterator[Owed]:
        least = timedelta(days=getattr(all_rules()[QUARTERLY], "least_days", 14))
        start = self._first
        while start <= self._on:
            end = quarter_end(start)
            if case.since <= end - least:
                due = _due(start, end, case, made, agreed)
                risk = Risk.RAISED if case.member.health_class == HealthClass.MAJOR else Risk.ROUTINE
                why = {"disease": case.disease}
                yield Owed(QUARTERLY, case.disease, start, due, end, case.member.pk, int(risk), why)
            start = end + timedelta(days=1)


def _agreed(verdict: Verdict, day: date, random: Random) -> date:
    """The next visit is put on a day inside the window, nearer to its end."""
    room = (verdict.next_by - verdict.next_from).days
    soon = verdict.days <= RETURN_DAYS
    earlier = random.randint(2, 5) if soon else random.randint(0, 9)
    return max(verdict.next_by - timedelta(days=min(earlier, room)), day + timedelta(days=1))


def _next_day(day: date, agreed: date, verdict: Verdict, course: Course, care: Care, random: Random) -> date:
    """Mostly the day agreed, give or take. Of those asked to return within two weeks some come late and some
    only when the quarter's visit is due, the more of them the longer it goes on."""
    jitter = timedelta(days=round(random.gauss(-0.5, 2)))
    if verdict.days <= RETURN_DAYS:
        in_time = care.returns if course.troubles < 2 else care.returns * 0.72
        fate = random.choices(
            (agreed + jitter, _late(day, random), _dropped(day, random)), (in_time, 0.16, 0.9 - in_time)
        )
        return max(fate[0], day + timedelta(days=3))
    if random.random() < care.put_off:
        longest = 220 if random.random() < 0.3 else 70
        return agreed + timedelta(days=random.randint(15, longest))
    return max(agreed + jitter, day + timedelta(days=3))


def _late(day: date, random: Random) -> date:
    return day + timedelta(days=random.randint(16, 42))


def _dropped(day: date, random: Random) -> date:
    return day + timedelta(days=random.randint(55, 88))


def _return_duty(visit: Made, verdict: Verdict, case: Case) -> Owed:
    stored = verdict.stored
    risk = Risk.URGENT if stored["urgent"] else Risk.HIGH if stored["assessable"] else Risk.RAISED
    starts = visit.on + timedelta(days=1)
    why = {"visit": str(visit.uuid)}
    by = verdict.next_by
    return Owed(RETURN, case.disease, starts, by, by, case.member.pk, int(risk), why)


def _due(start: date, end: date, case: Case, made: list[Made], agreed: list[date]) -> date:
    """The day agreed at the last visit before the quarter; else two weeks after the finding; else spread."""
    before = [day for visit, day in zip(made, agreed, strict=True) if visit.on < start]
    if before and start <= before[-1] <= end:
        return before[-1]
    if case.since >= start:
        return min(case.since + timedelta(days=14), end)
    return spread(start, end, case.home.pk, first=10, kept=25)
