"""Severe mental disorder and tuberculosis on their own forms, each visit judged by the product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection

from core.base.periods import add_months, quarter_end, quarter_start
from followups.protocols.assessment import PastVisit, assess
from followups.protocols.library import protocol
from followups.protocols.schema import Protocol
from followups.protocols.validation import Context, clean
from followups.rules import all_rules
from healthaid.demo.chronic import Case
from healthaid.demo.facts import COURSE_DAYS
from healthaid.demo.owed import QUARTERLY, Made, Owed, match, spread
from healthaid.demo.visiting import VisitBook

MENTAL, SUPPLEMENT = "severe_mental_disorder", "severe_mental_supplement"
FIRST, TUBERCULOSIS, CLOSING = "tuberculosis_first", "tuberculosis", "tuberculosis_closing"
DOSES = 180
REFUSED = "0"
_REFUSERS = """
UPDATE households_condition k SET is_managed = FALSE
  FROM households_disease e, households_person p,
       LATERAL (SELECT v.answers->>'consent' AS consent FROM followups_visit v
                 WHERE v.person_id = p.id AND v.protocol = %s AND v.is_current
                 ORDER BY v.visited_on DESC LIMIT 1) said
 WHERE e.id = k.disease_id AND e.code = %s AND p.id = k.person_id AND p.county_id = %s AND said.consent = %s
"""
_FUNCTIONS = ("self_care", "housework", "work", "learning", "social")
_TAUGHT = ("record", "medicine", "course", "harm", "reactions", "checks", "away", "living", "contacts")
Answers = dict[str, Any]


@dataclass
class Told:
    """One visit as made up so far: when, on which form, and what the product said to it."""

    made: Made
    stored: dict[str, Any]


@dataclass
class SpecialCare:
    """Follows those of a village who have one of the two diseases."""

    on: date
    forms: dict[str, Protocol] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in (MENTAL, SUPPLEMENT, FIRST, TUBERCULOSIS, CLOSING):
            self.forms[code] = protocol(code, on=self.on)

    def follow(
        self, case: Case, doctors: tuple[int, int], book: VisitBook, random: Random
    ) -> tuple[list[Made], list[Owed]]:
        """This will make up what was done for one person, and the quarter's duties it answers."""
        walk = {MENTAL: self._mental, TUBERCULOSIS: self._tuberculosis}[case.disease]
        told = list(walk(_Keeper(self, case, doctors, book, random)))
        made = [each.made for each in told]
        owed = list(self._quarters(case, made)) if case.disease == MENTAL else []
        match(owed, made)
        return made, owed

    def _mental(self, keep: "_Keeper") -> Iterator[Told]:
        random = keep.random
        trouble = random.choices((0.04, 0.3, 0.6), (70, 22, 8))[0]
        first = quarter_start(add_months(self.on, -24))
        day = max(keep.case.since + timedelta(days=random.randint(3, 14)), first + timedelta(days=20))
        consent = _supplement(random, keep.case, day)
        if consent["consent"] == REFUSED:
            self._ask_again(keep, consent, day)
            return
        if day < self.on:
            keep.visit(SUPPLEMENT, day, consent)
        while day < self.on:
            told = keep.visit(MENTAL, day, _mental(random, trouble, day))
            yield told
            trouble = max(0.03, trouble * (0.75 if told.stored["cls"] != "3" else 0.98))
            day = _next(told, day, random)

    def _ask_again(self, keep: "_Keeper", consent: Answers, day: date) -> None:
        """Registered and not followed; asked again about once a year."""
        while day < self.on:
            keep.visit(SUPPLEMENT, day, consent | {"consent_signed_on": day})
            day = add_months(day, 11) + timedelta(days=keep.random.randint(0, 45))

    def _tuberculosis(self, keep: "_Keeper") -> Iterator[Told]:
        random, since = keep.random, keep.case.since
        watched = random.choices("123", (34, 56, 10))[0]
        day = since + timedelta(days=random.randint(1, 3))
        if day < self.on:
            told = keep.visit(FIRST, day, _first(random, watched, day))
            yield told
            day = _next(told, day, random)
        while day < min(self.on, since + timedelta(days=COURSE_DAYS)):
            month = (day - since).days // 30 + 1
            told = keep.visit(TUBERCULOSIS, day, _doses(random, watched, month, day))
            yield told
            day = _next(told, day, random)
        closed = since + timedelta(days=COURSE_DAYS + 2)
        if closed < self.on:
            keep.visit(CLOSING, closed, _closing(random, watched, closed))

    def _quarters(self, case: Case, made: list[Made]) -> Iterator[Owed]:
        rule = all_rules()[QUARTERLY]
        if case.disease not in getattr(rule, "forms", {}):
            return
        start = quarter_start(add_months(self.on, -24))
        while start <= self.on:
            end = quarter_end(start)
            if case.since <= end - timedelta(days=14) and made:
                due = spread(start, end, case.home.pk, first=10, kept=25)
                why = {"disease": case.disease}
                yield Owed(QUARTERLY, MENTAL, start, due, end, case.member.pk, why=why, sensitive=True)
            start = end + timedelta(days=1)


def settle_consents(county: int) -> None:
    """Who refused stays registered and is not managed, as the product would have written it."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSERS, [SUPPLEMENT, MENTAL, county, REFUSED])


@dataclass
class _Keeper:
    """Writes the visits of one person down, each judged in the light of those before on its form."""

    care: SpecialCare
    case: Case
    doctors: tuple[int, int]
    book: VisitBook
    random: Random
    past: dict[str, list[PastVisit]] = field(default_factory=dict)

    def visit(self, code: str, day: date, given: Answers) -> Told:
        form, born = self.care.forms[code], self.case.member.born
        mode = "2" if code == FIRST else self.random.choices("213", (70, 26, 4))[0]
        given = {"visit_date": day, "visit_mode": mode, **given}
        answers = clean(form, given, context=Context(on=day, birth_date=born)).answers
        judged = assess(form, answers, self.past.get(code, ()), on=day, birth_date=born)
        _close(self.random, form, answers, judged.next_due_by, day, referral=judged.referral)
        self.past.setdefault(code, []).append(PastVisit(day, answers))
        made = self.book.add(
            self.case.village, self.case.home, answers, judged.as_json(),
            edition=(form.code, form.edition), person=self.case.member.pk,
            by=self.doctors[0], random=self.random, sensitive=True,
        )  # fmt: skip
        return Told(made, judged.as_json())


def _close(
    random: Random, form: Protocol, answers: Answers, due: date | None, day: date, *, referral: bool
) -> None:
    if due:
        early = random.randint(0, 3 if (due - day).days <= 14 else 8)
        answers["next_date"] = max(due - timedelta(days=early), day + timedelta(days=1))
    if referral:
        answers |= {"referral_reason": "病情需要", "referral_place": "区定点医院专科"}
        answers |= {"referred": "2"} if "referred" in form.by_code else {}
    if "satisfaction" in form.by_code and random.random() < 0.6:
        answers["satisfaction"] = random.choices("543", (52, 38, 10))[0]


def _next(told: Told, day: date, random: Random) -> date:
    by = date.fromisoformat(told.stored["next_due_by"])
    late = random.randint(4, 40) if random.random() < 0.12 else random.randint(-3, 1)
    return max(by + timedelta(days=late), day + timedelta(days=3))


def _mental(random: Random, trouble: float, day: date) -> Answers:
    uneasy = random.random() < trouble
    grave = uneasy and random.random() < 0.22
    level = "3" if grave and random.random() < 0.5 else "2" if uneasy else "1"
    functions = {f"function_{name}": random.choice("11122" if not uneasy else "1223") for name in _FUNCTIONS}
    answers: Answers = {
        "informant": random.choice("1112"), "risk": random.choice("34") if grave else "1" if uneasy else "0",
        "symptom_level": level, "insight": random.choice("12") if uneasy else "1", "physical": "1",
        "adherence": "2" if uneasy else "1", "adr": "1", "dangerous_acts": ["7"], "locked_up": "1",
        "hospital_stay": "0", "sleep": "2" if uneasy else "1", "appetite": "1",
        "effect": "3" if uneasy else "2", "rehabilitation": ["1"],
        "medicines": [{"name": "奥氮平片", "times": 1, "amount": "10", "unit": "1"}], **functions,
    }  # fmt: skip
    return answers | ({"symptoms": ["3", "11"]} if level != "1" else {})


def _supplement(random: Random, case: Case, day: date) -> Answers:
    surname = case.member.name[:1]
    return {
        "consent": "1" if random.random() < 0.93 else "0", "consent_signed_by": f"{surname}家属",
        "consent_signed_on": day, "diagnosis": random.choices("123456", (62, 4, 3, 14, 9, 8))[0],
        "diagnosed_at": "市第五人民医院", "diagnosed_on": case.since, "guardian_name": f"{surname}家属",
        "guardian_relation": random.choice(("父亲", "母亲", "配偶", "兄弟")), "residence": "2",
        "employment": random.choice("344"), "means": "1", "past_symptoms": ["1", "3"], "outpatient": "3",
        "hospital_times": random.choice((0, 1, 1, 2)), "latest_effect": "2", "locked_up": "1",
        "dangerous_acts": ["7"],
    }  # fmt: skip


def _first(random: Random, watched: str, day: date) -> Answers:
    taught = {f"taught_{name}": "2" if random.random() < 0.06 else "1" for name in _TAUGHT}
    return {
        "patient_type": "1" if random.random() < 0.9 else "2", "sputum": random.choice("1122"),
        "resistance": "2", "symptoms": random.choice((["1"], ["1", "2"], ["1", "4"])),
        "supervisor": watched, "regimen": "2HRZE/4HR", "usage": "1", "drug_form": ["1"],
        "pickup_place": "区疾控中心结核门诊", "pickup_on": day + timedelta(days=27),
        "single_room": random.choice("112"), "ventilation": random.choice("112"),
        "smoking": 0, "drinking": 0, **taught,
    }  # fmt: skip


def _doses(random: Random, watched: str, month: int, day: date) -> Answers:
    missed = random.choices((0, 1, 2, 8), (84, 9, 5, 2) if watched != "3" else (62, 18, 14, 6))[0]
    reacts = month <= 3 and random.random() < 0.05
    coughs = month <= 2 and random.random() < 0.6
    answers: Answers = {
        "treatment_month": month, "supervisor": watched, "missed_doses": missed,
        "symptoms": ["1"] if coughs else ["0"], "adr": "2" if reacts else "1", "complications": "1",
        "regimen": "2HRZE/4HR", "usage": "1", "drug_form": ["1"], "smoking": 0, "drinking": 0,
    }  # fmt: skip
    return answers | ({"adr_text": random.choice(("恶心、食欲差", "皮肤瘙痒"))} if reacts else {})


def _closing(random: Random, watched: str, day: date) -> Answers:
    taken = DOSES - random.randint(0, 10 if watched != "3" else 30)
    due = 8 if watched == "1" else 11
    return {
        "stop_date": day - timedelta(days=2), "stop_reason": "1", "visits_due": due,
        "visits_done": due - random.choice((0, 0, 1)), "doses_due": DOSES, "doses_taken": taken,
    }  # fmt: skip
