"""The product's own assessment of each visit; those on the same side of every limit are judged once."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.base.periods import age_on
from followups.protocols.assessment import PastVisit, assess, facts_of, window
from followups.protocols.conditions import COMPARE, Facts, Truth, holds, limit_of
from followups.protocols.library import protocol
from followups.protocols.reasons import day_in_words
from followups.protocols.rules import Condition, Due, conditions_in
from followups.protocols.schema import Protocol
from followups.protocols.values import number_text

Answers = Mapping[str, Any]
Key = tuple[Any, ...]
Reason = dict[str, str]


@dataclass(slots=True)
class Verdict:
    """What is stored beside the visit, and the days on which the next one is due."""

    stored: dict[str, Any]
    next_from: date
    next_by: date
    truths: dict[str, Truth]

    @property
    def days(self) -> int:
        return int(self.stored["next_due_days"])


@dataclass(slots=True)
class Memory:
    """Earlier visits of one person on one form, and what the last one that could be judged had found."""

    visits: list[PastVisit] = field(default_factory=list)
    found: dict[str, tuple[Truth, date]] = field(default_factory=dict)

    def add(self, answers: Answers, verdict: Verdict, on: date) -> None:
        self.visits.append(PastVisit(on, answers))
        for name, truth in verdict.truths.items():
            if truth is not None:
                self.found[name] = truth, on

    @property
    def days(self) -> dict[str, date]:
        return {name: day for name, (_truth, day) in self.found.items()}


@dataclass(frozen=True, slots=True)
class Model:
    """A judged visit that others like it take over."""

    stored: dict[str, Any]
    answers: Answers
    days: dict[str, date]
    truths: dict[str, Truth]


class Judge:
    """One form. What counts for the verdict is read from the form's own rules."""

    def __init__(self, code: str, on: date) -> None:
        self.form: Protocol = protocol(code, on=on)
        rules = self.form.assessment
        leaves = [leaf for condition in rules.conditions for leaf in conditions_in(condition)]
        asked = {leaf.subject for leaf in leaves if leaf.subject} | set(rules.needs)
        self._compared = [leaf for leaf in leaves if leaf.field and leaf.op in COMPARE and _is_number(leaf)]
        self._plain = sorted(asked - {leaf.field for leaf in self._compared})
        self._looked_back = sorted({leaf.previous for leaf in leaves if leaf.previous})
        self._ages = sorted({step.from_age for param in rules.params.values() for step in param.steps})
        self._dues: dict[str, Due] = {action.code: action.due for action in rules.actions if action.due}
        self._limits: dict[int, dict[str, list[Decimal]]] = {}
        self._models: dict[Key, Model] = {}

    def verdict(self, answers: Answers, *, on: date, born: date | None, memory: Memory) -> Verdict:
        """This will judge a visit in the light of the earlier ones."""
        key = self._key(answers, age_on(born, on) if born else -1, memory)
        if key not in self._models:
            self._models[key] = self._judged(answers, on, born, memory)
        model = self._models[key]
        return self._dated(self._retold(model, answers, memory.days), model.truths, on)

    def _key(self, answers: Answers, age: int, memory: Memory) -> Key:
        bracket = bisect_right(self._ages, age)
        if bracket not in self._limits:
            self._limits[bracket] = self._limits_at(age)
        return (
            bracket,
            *(_side(answers.get(code), limits) for code, limits in self._limits[bracket].items()),
            *(_hashable(answers.get(code)) for code in self._plain),
            *(memory.found.get(name, (None,))[0] for name in self._looked_back),
        )

    def _limits_at(self, age: int) -> dict[str, list[Decimal]]:
        """For each number the form asks for: the limits that matter at an age."""
        facts = Facts({}, None if age < 0 else age, self.form.assessment.params)
        found: dict[str, list[Decimal]] = {leaf.field: [] for leaf in self._compared}
        for leaf in self._compared:
            limit = limit_of(leaf, facts)
            found[leaf.field] += [limit] if limit is not None else []
        return found

    def _judged(self, answers: Answers, on: date, born: date | None, memory: Memory) -> Model:
        facts = facts_of(self.form, answers, on=on, birth_date=born)
        findings = self.form.assessment.findings
        truths = {name: holds(findings[name].when, facts) for name in self._looked_back}
        stored = assess(self.form, answers, memory.visits, on=on, birth_date=born).as_json()
        return Model(stored, dict(answers), memory.days, truths)

    def _dated(self, stored: dict[str, Any], truths: dict[str, Truth], on: date) -> Verdict:
        due = self._dues.get(stored["action"], self.form.assessment.unassessable.due)
        if due is None:
            raise ValueError(f"{self.form.key} asks for no next visit")
        start, end = window(due, on)
        dates = {"next_due_from": start.isoformat(), "next_due_by": end.isoformat()}
        return Verdict({**stored, **dates, "next_due_days": (end - on).days}, start, end, truths)

    def _retold(self, model: Model, answers: Answers, days: Mapping[str, date]) -> dict[str, Any]:
        """The model's verdict with this visit's own numbers and days in its reasons."""
        reasons = [self._reworded(reason, model, answers, days) for reason in model.stored["reasons"]]
        return {**model.stored, "reasons": reasons}

    def _reworded(self, reason: Reason, model: Model, answers: Answers, days: Mapping[str, date]) -> Reason:
        finding, _dot, code = reason["code"].partition(".")
        if finding == "previous":
            return _redated(reason, model.days[code], days[code])
        old, new = model.answers.get(code), answers.get(code)
        if old == new or not (isinstance(old, int | Decimal) and isinstance(new, int | Decimal)):
            return reason
        item = self.form.by_code[code]
        before, after = number_text(item, old), number_text(item, new)
        chinese = reason["zh"].replace(f"{item.label.zh} {before}", f"{item.label.zh} {after}")
        english = reason["en"].replace(f"{item.label.en} {before}", f"{item.label.en} {after}")
        return {**reason, "zh": chinese, "en": english}


def _is_number(leaf: Condition) -> bool:
    return bool(leaf.param) or isinstance(leaf.value, Decimal)


def _side(value: Any, limits: Sequence[Decimal]) -> Any:
    """Below, at or above each limit."""
    return value if value is None else tuple((value > limit) - (value < limit) for limit in limits)


def _redated(reason: Reason, old: date, new: date) -> Reason:
    before, after = day_in_words(old), day_in_words(new)
    chinese = reason["zh"].replace(before.zh, after.zh)
    return {**reason, "zh": chinese, "en": reason["en"].replace(before.en, after.en)}


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
