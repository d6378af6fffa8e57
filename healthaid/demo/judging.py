"""The product's own assessment of each invented visit; equal findings on equal grounds are judged once."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.base.periods import age_on
from followups.protocols.assessment import PastVisit, assess, facts_of, window
from followups.protocols.conditions import Truth, holds
from followups.protocols.library import protocol
from followups.protocols.rules import Due, conditions_in
from followups.protocols.schema import Protocol

Answers = Mapping[str, Any]


@dataclass(slots=True)
class Verdict:
    """What is stored beside the visit, and the days on which the next one is due."""

    stored: dict[str, Any]
    next_from: date
    next_by: date

    @property
    def days(self) -> int:
        return int(self.stored["next_due_days"])


@dataclass(slots=True)
class Memory:
    """Earlier visits of one person on one form, and what the last one that could be judged had found."""

    visits: list[PastVisit] = field(default_factory=list)
    found: dict[str, tuple[Truth, date]] = field(default_factory=dict)


class Judge:
    """One form. What counts for the verdict is read from the form's own rules."""

    def __init__(self, code: str, on: date) -> None:
        self.form: Protocol = protocol(code, on=on)
        rules = self.form.assessment
        leaves = [leaf for condition in rules.conditions for leaf in conditions_in(condition)]
        self._asked = sorted({leaf.subject for leaf in leaves if leaf.subject} | set(rules.needs))
        self._looked_back = sorted({leaf.previous for leaf in leaves if leaf.previous})
        self._ages = sorted({step.from_age for param in rules.params.values() for step in param.steps})
        self._dues: dict[str, Due] = {action.code: action.due for action in rules.actions}
        self._known: dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, date]]] = {}

    def verdict(self, answers: Answers, *, on: date, born: date | None, memory: Memory) -> Verdict:
        """This will judge a visit in the light of the earlier ones."""
        key = (
            bisect(self._ages, age_on(born, on)) if born else -1,
            *(_hashable(answers.get(code)) for code in self._asked),
            *(memory.found.get(name, (None,))[0] for name in self._looked_back),
        )
        days = {name: day for name, (_truth, day) in memory.found.items()}
        if key not in self._known:
            judged = assess(self.form, answers, memory.visits, on=on, birth_date=born).as_json()
            self._known[key] = judged, days
        stored, earlier = self._known[key]
        return self._dated(_retold(stored, earlier, days), on)

    def remember(self, memory: Memory, answers: Answers, *, on: date, born: date | None) -> None:
        """This will let the next verdict look back at a visit."""
        facts = facts_of(self.form, answers, on=on, birth_date=born)
        for name in self._looked_back:
            truth = holds(self.form.assessment.findings[name].when, facts)
            if truth is not None:
                memory.found[name] = truth, on
        memory.visits.append(PastVisit(on, answers))

    def _dated(self, stored: dict[str, Any], on: date) -> Verdict:
        due = self._dues.get(stored["action"], self.form.assessment.unassessable.due)
        start, end = window(due, on)
        dates = {"next_due_from": start.isoformat(), "next_due_by": end.isoformat()}
        return Verdict({**stored, **dates, "next_due_days": (end - on).days}, start, end)


def _retold(stored: dict[str, Any], then: Mapping[str, date], now: Mapping[str, date]) -> dict[str, Any]:
    """The same verdict for another person: only the day of the visit before is another one."""
    if then == now or not any(reason["code"].startswith("previous.") for reason in stored["reasons"]):
        return stored
    return {**stored, "reasons": [_redated(reason, then, now) for reason in stored["reasons"]]}


def _redated(reason: dict[str, str], then: Mapping[str, date], now: Mapping[str, date]) -> dict[str, str]:
    kind, _dot, finding = reason["code"].partition(".")
    if kind != "previous":
        return reason
    old, new = then[finding], now[finding]
    chinese = reason["zh"].replace(f"{old.month}月{old.day}日", f"{new.month}月{new.day}日")
    return {**reason, "zh": chinese, "en": reason["en"].replace(old.isoformat(), new.isoformat())}


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
