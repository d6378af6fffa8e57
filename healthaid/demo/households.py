"""Home visits to every household twice a month, and the needs they bring to light."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from core.base.periods import add_months, month_start
from followups.choices import Risk
from followups.rules import window_of
from healthaid.demo.answers import satisfaction
from healthaid.demo.judging import Judge, Memory, Verdict
from healthaid.demo.owed import FORTNIGHT, RETURN, Made, Owed, match, spread
from healthaid.demo.people import Home, Village
from healthaid.demo.visiting import VisitBook
from healthaid.demo.wants import NEED_CODES, WANTS
from households.choices import Standing

FORM = "home_visit"
_PURPOSES = (("1", "2", "6"), ("1", "2"), ("2", "3", "5"), ("1", "4", "7"), ("2", "6"), ("1", "2", "3"))
_COMPLAINTS = ("近几天睡眠差", "膝关节酸痛，上下楼吃力", "受凉后咳嗽三天", "腰痛，弯腰不便", "牙痛，食欲不好")
_SEEK = ("胸闷气短，活动后加重", "发热两天，咳黄痰", "右下腹痛，建议就诊", "头晕走路不稳")
# What a look round the house brings to light now and then.
_SEEN: tuple[dict[str, Any], ...] = (
    {"events": ["8"], "events_text": "儿子外出打工，年底回来"},
    {"events": ["3"], "events_text": "老人下台阶扭伤脚"},
    {"events": ["5"], "events_text": "咳嗽气喘比上月重"},
    {"living": ["2"], "living_text": "厢房漏雨，村里已报修"},
    {"living": ["3", "4"], "living_text": "挑井水，旱厕"},
    {"income": ["2"], "income_text": "今年橘子价低", "cost_burden": "2"},
    {"cards": "3", "knows_doctor": "1"},
    {"cost_burden": "3", "paid_self": 4600, "income": ["4"], "income_text": "住院借了亲戚的钱"},
)


@dataclass(slots=True)
class Found:
    """A need that a home visit brought to light."""

    visit: Made
    code: str
    words: str


class HomeVisits:
    """`months`: how far back the home visits go."""

    def __init__(self, on: date, months: int) -> None:
        self._on = on
        self._judge = Judge(FORM, on)
        self._windows = list(_windows(month_start(add_months(on, -months)), on))

    def call(
        self,
        village: Village,
        home: Home,
        others: list[Made],
        doctor: int,
        book: VisitBook,
        skip: float,
        random: Random,
    ) -> tuple[list[Owed], list[Found]]:
        """This will make up the home visits of one household; `others` are visits that were there anyway."""
        made: list[Made] = []
        returns: list[Owed] = []
        found: list[Found] = []
        at_home = [visit for visit in others if visit.mode == "2"]
        for start, end in self._windows:
            visit = self._visit(village, home, start, end, at_home, doctor, book, skip, random, found)
            if visit:
                made.append(visit[0])
                returns += [_return(visit[0], visit[1])] if visit[1].days <= 14 else []
        owed = [self._duty(home, start, end) for start, end in self._windows]
        match(owed, sorted([*made, *at_home], key=lambda each: each.on))
        match(returns, sorted([*made, *others], key=lambda each: each.on))
        return owed + returns, found

    def _visit(
        self,
        village: Village,
        home: Home,
        start: date,
        end: date,
        at_home: list[Made],
        doctor: int,
        book: VisitBook,
        skip: float,
        random: Random,
        found: list[Found],
    ) -> tuple[Made, Verdict] | None:
        there_anyway = any(start <= visit.on <= end for visit in at_home)
        if random.random() < (0.75 if there_anyway else skip):
            return None
        best = spread(start, end, home.pk, first=5, kept=5)
        day = min(max(best + timedelta(days=round(random.gauss(-1, 2.2))), start), end)
        if day >= self._on:
            return None
        given = _answers(random, day)
        verdict = self._judge.verdict(given, on=day, born=None, memory=Memory())
        given["next_date"] = max(
            verdict.next_by - timedelta(days=random.randint(0, 3)), day + timedelta(days=1)
        )
        edition = (FORM, self._judge.form.edition)
        made = book.add(village, home, given, verdict, edition=edition, person=None, by=doctor, random=random)
        if given["needs"] != ["1"]:
            found.append(Found(made, given["needs"][0], given["needs_text"]))
        return made, verdict

    def _duty(self, home: Home, start: date, end: date) -> Owed:
        risk = Risk.RAISED if home.standing == Standing.MONITORED else Risk.ROUTINE
        due = spread(start, end, home.pk, first=5, kept=5)
        return Owed(FORTNIGHT, FORM, start, due, end, None, int(risk))


def _windows(first: date, on: date) -> list[tuple[date, date]]:
    found, day = [], first
    while day <= on:
        start, end = window_of("half_month", day)
        found.append((start, end))
        day = end + timedelta(days=1)
    return found


def _answers(random: Random, day: date) -> dict[str, Any]:
    given: dict[str, Any] = {"visit_date": day, "visit_mode": "2", "purposes": list(random.choice(_PURPOSES))}
    if "5" in given["purposes"]:
        given["kit"] = random.choice("1112")
        given |= {"expired_removed": random.randint(1, 3)} if given["kit"] == "2" else {}
    if "6" in given["purposes"]:
        given["understanding"] = random.choice("1112")
        given["policies_told"] = sorted(random.sample("1234567", random.randint(1, 3)))
    given["condition"] = random.choices("1234", (79, 19.4, 1.5, 0.1))[0]
    if given["condition"] != "1":
        given["condition_text"] = random.choice(_COMPLAINTS if given["condition"] == "2" else _SEEK)
    given["needs"] = ["1"]
    if random.random() < 0.018:
        code = random.choice(NEED_CODES)
        given |= {"needs": [code], "needs_text": random.choice(WANTS[code]).words}
    given["hygiene"] = random.choice("11122")
    given["events"] = ["1"]
    if random.random() < 0.06:
        given |= random.choice(_SEEN)
    elif random.random() < 0.2:
        given |= {"living": ["1"], "income": ["1"], "cost_burden": random.choice("1122"), "knows_doctor": "1"}
    given["signed_by"] = random.choice("1112")
    if random.random() < 0.5:
        given["satisfaction"] = satisfaction(random)
    return given


def _return(visit: Made, verdict: Verdict) -> Owed:
    risk = Risk.URGENT if verdict.stored["urgent"] else Risk.HIGH
    starts, why = visit.on + timedelta(days=1), {"visit": str(visit.uuid)}
    return Owed(RETURN, FORM, starts, verdict.next_by, verdict.next_by, None, int(risk), why)
