"""The long forms of a few in each village: examination, health record, major disease, after discharge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from core.base.periods import add_months, age_on
from followups.protocols.assessment import PastVisit, assess
from followups.protocols.computing import compute
from followups.protocols.findings import abnormal
from followups.protocols.library import protocol
from followups.protocols.schema import Protocol
from followups.protocols.validation import Context, clean
from healthaid.demo.constitutions import constitution_answers, guidance_given
from healthaid.demo.families import Member
from healthaid.demo.illness import SENSITIVE
from healthaid.demo.judging import Verdict
from healthaid.demo.numbers import midday, seeded_uuid
from healthaid.demo.paperwords import exam_answers, major_answers, record_answers, stay_answers
from healthaid.demo.people import Home, Village
from healthaid.demo.visiting import VisitBook
from households.choices import HealthClass

EXAM, RECORD, MAJOR, DISCHARGED = "annual_exam", "health_record", "major_disease", "discharge_care"
CONSTITUTION = "tcm_constitution"
# In each village at most so many people, so that the demo stays quick at any size.
EXAMINED, MAJORS, STAYS, MONTHS = 4, 2, 1, 3
OLD = 65


@dataclass
class Examined:
    """An examination of the register that also has its form: the numbers and the day are the same."""

    member: Member
    on: date
    answers: dict[str, Any]
    uuid: UUID


@dataclass
class Papers:
    """Which examinations of a village have a form; `note` is asked while the register is written."""

    on: date
    exams: list[Examined] = field(default_factory=list)
    people: set[int] = field(default_factory=set)

    def note(self, member: Member, day: date, findings: dict[str, Any]) -> dict[str, Any]:
        """What the register keeps of an examination; a few of the elderly and gravely ill have its form."""
        old = age_on(member.born, day) >= OLD or member.health_class == HealthClass.MAJOR
        room = member.pk in self.people or len(self.people) < EXAMINED
        if not (old and room and "sbp" in findings):
            return findings
        self.people.add(member.pk)
        dice = _dice(member, f"{EXAM} {day.year}")
        form = _form(EXAM, day)
        answers = _cleaned(form, exam_answers(dice, member, day, findings), member, day)
        exam = Examined(member, day, answers, seeded_uuid(dice, midday(day)))
        self.exams.append(exam)
        found = [each.field.code for each in abnormal(form, answers)]
        return findings | {"visit": str(exam.uuid), "abnormal": found}


def write_papers(village: Village, papers: Papers, book: VisitBook) -> None:
    """This will add the visits of a village on the long forms to the visits that are written."""
    homes = {member.pk: home for home in village.homes for member in home.members}
    for exam in papers.exams:
        _keep(village, homes[exam.member.pk], exam.member, EXAM, exam.answers, [], book, exam.uuid)
        if age_on(exam.member.born, exam.on) >= OLD:
            _ask(village, homes[exam.member.pk], exam.member, exam.on, book)
    for number, (member, day) in enumerate(_recorded(papers), start=1):
        answers = record_answers(_dice(member, RECORD), village, member, day, number)
        values = _cleaned(_form(RECORD, day), answers, member, day)
        _keep(village, homes[member.pk], member, RECORD, values, [], book)
    ill = [member for member in _grown(village, papers.on) if member.health_class == HealthClass.MAJOR]
    for member in ill[:MAJORS]:
        _follow(village, homes[member.pk], member, papers.on, book)
    for member in ill[:STAYS]:
        _came_home(village, homes[member.pk], member, papers.on, book)


def _recorded(papers: Papers) -> Iterator[tuple[Member, date]]:
    """The first examination of each; a record that would tell of a sensitive disease is not made up."""
    told: set[int] = set()
    for exam in sorted(papers.exams, key=lambda exam: exam.on):
        if exam.member.pk not in told and SENSITIVE.isdisjoint(exam.member.ill):
            told.add(exam.member.pk)
            yield exam.member, exam.on


def _grown(village: Village, on: date) -> list[Member]:
    return [m for home in village.homes for m in home.members if age_on(m.born, on) >= 18]


def _follow(village: Village, home: Home, member: Member, on: date, book: VisitBook) -> None:
    """A visit each month, the last one in this month."""
    dice = _dice(member, MAJOR)
    past: list[PastVisit] = []
    for months in range(MONTHS, -1, -1):
        day = add_months(on, -months) - timedelta(days=dice.randint(2, 9))
        values = _cleaned(_form(MAJOR, day), major_answers(dice, member, day), member, day)
        past.append(_keep(village, home, member, MAJOR, values, past, book))


def _came_home(village: Village, home: Home, member: Member, on: date, book: VisitBook) -> None:
    """Two visits after a stay in hospital: within a week, and again until the papers are settled."""
    dice = _dice(member, DISCHARGED)
    past: list[PastVisit] = []
    home_on = on - timedelta(days=dice.randint(22, 60))
    for number, days in enumerate((dice.randint(2, 6), dice.randint(12, 18))):
        day = home_on + timedelta(days=days)
        answers = stay_answers(dice, member, day, home_on, first=number == 0)
        values = _cleaned(_form(DISCHARGED, day), answers, member, day)
        past.append(_keep(village, home, member, DISCHARGED, values, past, book))


def _ask(village: Village, home: Home, member: Member, day: date, book: VisitBook) -> None:
    """The constitution in Chinese medicine, asked on the day of the examination."""
    dice, form = _dice(member, f"{CONSTITUTION} {day.year}"), _form(CONSTITUTION, day)
    answers = constitution_answers(dice, member, day)
    compute(form, answers)
    values = _cleaned(form, answers | guidance_given(form, answers, dice), member, day)
    _keep(village, home, member, CONSTITUTION, values, [], book)


def _keep(
    village: Village,
    home: Home,
    member: Member,
    code: str,
    values: dict[str, Any],
    past: list[PastVisit],
    book: VisitBook,
    uuid: UUID | None = None,
) -> PastVisit:
    """Judged by the product's own rules, like any visit."""
    day = values["visit_date"]
    form, dice = _form(code, day), _dice(member, f"{code} {day}")
    found = assess(form, values, past, on=day, birth_date=member.born, sex=member.sex)
    start, end = found.next_due_from or day, found.next_due_by or day
    verdict = Verdict(found.as_json(), start, end, {})
    book.add(
        village,
        home,
        values | {"next_date": end},
        verdict,
        edition=(code, form.edition),
        person=member.pk,
        by=village.doctor,
        random=dice,
    )
    if uuid:
        book.rows[-1] = (uuid, *book.rows[-1][1:])
    return PastVisit(day, values)


def _cleaned(form: Protocol, answers: Mapping[str, Any], member: Member, day: date) -> dict[str, Any]:
    """
    :raises ValueError: where the made-up answers are none that the product would take.
    """
    given = dict(answers) | {"next_date": day + timedelta(days=1)}
    cleaned = clean(form, given, context=Context(on=day, birth_date=member.born, sex=member.sex))
    if cleaned.errors:
        faults = {code: problems[0].message.en for code, problems in cleaned.errors.items()}
        raise ValueError(f"{form.key}: {faults}")
    return cleaned.answers


@cache
def _form(code: str, day: date) -> Protocol:
    return protocol(code, on=day)


def _dice(member: Member, salt: str) -> Random:
    """A stream of its own for each person, so that the rest of the demo stays as it is."""
    return Random(f"{member.pk}:{salt}:{member.born}")  # noqa: S311
