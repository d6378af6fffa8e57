"""What is known of each member: insurance, contract, conditions, yearly exams."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.base.periods import add_months, age_on, month_start
from followups.choices import SignedBy, SignerRelation
from followups.models import Contract
from followups.packages import all_packages
from followups.queries.signers import OF_AGE
from healthaid.demo.copying import Row, Store
from healthaid.demo.families import Member
from healthaid.demo.papers import Papers
from healthaid.demo.people import Home, Village
from healthaid.demo.register import period
from healthaid.demo.shapes import BEHIND
from households.choices import HealthClass, Scheme
from households.models import Condition, Disease, Enrolment, Exam

_ENROLMENT = ("person", "village", "scheme", "year", "is_enrolled", "paid_by", "amount", "paid_on", "why_not")
_CONTRACT = (
    *("person", "village", "team", "period", "package", "promised", "signed_on", "signed_by", "signer_name"),
    *("signer_relation", "recorded_by"),
)
_CONDITION = (
    *("person", "village", "disease", "icd10", "confirmed_on", "confirmed_at", "is_managed", "ended_on"),
)
_EXAM = ("person", "village", "year", "examined_on", "institution", "is_normal", "findings", "advice")
_PREMIUM = {2024: 380, 2025: 400, 2026: 400}
_NOT_ENROLLED = ("参加职工医保", "在外地参保", "参军", "服刑", "暂未缴费")
# One home in so many has a contract that ends within a month.
ENDING = 14
_GUARDIANS = {"20": SignerRelation.PARENT, "30": SignerRelation.PARENT, "40": SignerRelation.GRANDPARENT}
FOLLOWED = ("hypertension", "type2_diabetes")
TUBERCULOSIS, COURSE_DAYS = "tuberculosis", 183


@dataclass
class Facts:
    store: Store
    on: date
    doctors: dict[int, int]
    months: int
    unenrolled: float = 0.0022
    diseases: dict[str, Disease] = field(default_factory=dict)
    since: dict[tuple[int, str], date] = field(default_factory=dict)
    papers: Papers = field(init=False)

    def __post_init__(self) -> None:
        self.papers = Papers(self.on)
        self.diseases = {disease.code: disease for disease in Disease.objects.all()}

    def write(self, village: Village, random: Random) -> None:
        """This will write a village's conditions, insurance, contracts and exams."""
        self.since, self.papers = {}, Papers(self.on)
        members = [(home, member) for home in village.homes for member in home.members]
        for model, columns, made in (
            (Condition, _CONDITION, lambda home, member: self._conditions(village, member, random)),
            (Enrolment, _ENROLMENT, lambda home, member: self._insurance(village, member, random)),
            (Contract, _CONTRACT, lambda home, member: self._contracts(village, home, member)),
            (Exam, _EXAM, lambda home, member: self._exams(village, member, random)),
        ):
            self.store.copy(model, columns, [row for pair in members for row in made(*pair)])

    def _conditions(self, village: Village, member: Member, random: Random) -> Iterator[Row]:
        for code in member.ill:
            disease = self.diseases[code]
            since = self._onset(member, code, random)
            self.since[member.pk, code] = since
            place = f"{village.township.name}社区卫生服务中心" if code in FOLLOWED else "区人民医院"
            icd10 = (
                random.choice(disease.icd10_prefixes) if code not in FOLLOWED else disease.icd10_prefixes[0]
            )
            ended = _cured(code, since, self.on)
            yield member.pk, village.area.pk, disease.pk, icd10, since, place, True, ended

    def _onset(self, member: Member, code: str, random: Random) -> date:
        """Chronic diseases begin at 35 or later; about one in eight was found during the last two years."""
        recent = random.random() < 0.12
        days = random.randint(20, 700) if recent else int(random.triangular(731, 365 * 16, 365 * 5))
        if code == TUBERCULOSIS:
            # Who has nothing else is still being treated: the district's 1,620 ill are all ill today.
            days = 15 + days % (330 if len(member.ill) > 1 else COURSE_DAYS - 20)
        first = member.born + timedelta(days=36 * 366 if code in FOLLOWED else 30)
        return min(max(self.on - timedelta(days=days), first), self.on - timedelta(days=15))

    def _insurance(self, village: Village, member: Member, random: Random) -> Iterator[Row]:
        out = random.random() < self.unenrolled and age_on(member.born, self.on) >= 18
        reason = random.choice(_NOT_ENROLLED) if out else ""
        for year in (self.on.year - 1, self.on.year):
            if member.born.year > year:
                continue
            paid = max(date(year - 1, random.randint(9, 12), random.randint(1, 28)), member.born)
            absent = out and year == self.on.year
            yield from self._schemes(village, member, year, paid, reason if absent else "")

    def _schemes(self, village: Village, member: Member, year: int, paid: date, reason: str) -> Iterator[Row]:
        head = (member.pk, village.area.pk)
        premium = Decimal(_PREMIUM.get(year, 400))
        if reason:
            yield *head, Scheme.BASIC, year, False, "", None, None, reason
            if reason == _NOT_ENROLLED[0]:
                yield *head, Scheme.EMPLOYEE, year, True, "self", None, paid, ""
            return
        yield *head, Scheme.BASIC, year, True, "shared", premium, paid, ""
        yield *head, Scheme.CRITICAL, year, True, "government", None, paid, ""
        yield *head, Scheme.SUPPLEMENTARY, year, True, "government", Decimal(100), paid, ""

    def _contracts(self, village: Village, home: Home, member: Member) -> Iterator[Row]:
        package = package_of(member)
        age = age_on(member.born, self.on)
        minor = age < OF_AGE
        signed_by = SignedBy.GUARDIAN if minor else SignedBy.THUMBPRINT if age >= 82 else SignedBy.SELF
        signer = home.head.name if minor else ""
        relation = str(_GUARDIANS.get(member.relation, SignerRelation.RELATIVE)) if minor else ""
        promised = dict(all_packages()[package].promised)
        for first, end in self._contract_years(home):
            start = max(first, member.born)
            if start >= end:
                continue
            signed = start - timedelta(days=3 + home.number % 28) if start == first else start
            yield (
                *(member.pk, village.area.pk, home.team, period(start, end), package),
                *(promised, signed, str(signed_by), signer, relation, self.doctors[village.area.pk]),
            )

    def _contract_years(self, home: Home) -> list[tuple[date, date]]:
        """Two years for most, the second from when home visits are on record; some end within a month."""
        if home.number % ENDING == 5:
            end = self.on + timedelta(days=2 + home.number % 28)
            days = [add_months(end, -12 * back) for back in (2, 1, 0)]
            return [(days[0], days[1]), (days[1], days[2])]
        start = month_start(add_months(self.on, -self.months))
        return [(add_months(start, 12 * back), add_months(start, 12 * back + 12)) for back in (-1, 0)]

    def _exams(self, village: Village, member: Member, random: Random) -> Iterator[Row]:
        for year in (self.on.year - 1, self.on.year):
            day = date(year, 3, 1) + timedelta(days=random.randint(0, 280))
            rate = 0.71 if village.name in BEHIND else 0.94
            if day > self.on or day < member.born or random.random() > rate:
                continue
            findings = _findings(member, age_on(member.born, day), random)
            normal = not findings["abnormal"]
            findings = self.papers.note(member, day, findings)
            advice = "" if normal else "纳入慢病管理，按时随访" if member.ill else "三个月内复查"
            yield member.pk, village.area.pk, year, day, village.health_centre, normal, findings, advice


def _cured(code: str, since: date, on: date) -> date | None:
    """Tuberculosis ends with its course of treatment."""
    end = since + timedelta(days=COURSE_DAYS)
    return end if code == TUBERCULOSIS and end + timedelta(days=2) < on else None


def package_of(member: Member) -> str:
    if "type2_diabetes" in member.ill:
        return "diabetes"
    if "hypertension" in member.ill:
        return "chronic"
    return "major" if member.health_class == HealthClass.MAJOR else "basic"


def _findings(member: Member, age: int, random: Random) -> dict[str, Any]:
    grown = min(age, 18) / 18
    height = round((78 + grown * (88 if member.male else 78)) + random.gauss(0, 4.5), 1)
    weight = round(21.8 * (height / 100) ** 2 * random.lognormvariate(0, 0.12), 1)
    found: dict[str, Any] = {
        "height": height,
        "weight": weight,
        "bmi": round(weight / (height / 100) ** 2, 1),
    }
    abnormal = []
    if age >= 18:
        found["sbp"] = round(random.gauss(138 if "hypertension" in member.ill else 118 + age * 0.12, 9))
        found["dbp"] = min(round(found["sbp"] * 0.48 + random.gauss(18, 5)), found["sbp"] - 20)
        found["fpg"] = round(random.gauss(7.4 if "type2_diabetes" in member.ill else 5.1, 0.6), 1)
        abnormal = [
            *(["blood_pressure"] if found["sbp"] >= 140 or found["dbp"] >= 90 else []),
            *(["glucose"] if found["fpg"] >= 7 else []),
            *(["weight"] if found["bmi"] >= 28 else []),
        ]
    return {**found, "abnormal": abnormal}
