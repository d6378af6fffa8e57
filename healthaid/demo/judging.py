"""The product's own assessment of each invented visit; equal findings on equal grounds are judged once."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.base.periods import age_on
from followups.protocols.assessment import PastVisit, assess, window
from followups.protocols.library import protocol
from followups.protocols.rules import Due, conditions_in
from followups.protocols.schema import Protocol


@dataclass(slots=True)
class Verdict:
    """What is stored beside the visit, and the days on which the next one is due."""

    stored: dict[str, Any]
    next_from: date
    next_by: date

    @property
    def good(self) -> bool:
        return bool(self.stored["cls"] == "1")

    @property
    def days(self) -> int:
        return int(self.stored["next_due_days"])


class Judge:
    """One form. What counts for the verdict is read from the form's own rules."""

    def __init__(self, code: str, on: date) -> None:
        self.form: Protocol = protocol(code, on=on)
        rules = self.form.assessment
        leaves = [leaf for condition in rules.conditions for leaf in conditions_in(condition)]
        self._asked = sorted({leaf.subject for leaf in leaves if leaf.subject} | set(rules.needs))
        self._ages = sorted({step.from_age for param in rules.params.values() for step in param.steps})
        self._dues: dict[str, Due] = {action.code: action.due for action in rules.actions}
        self._known: dict[tuple[Any, ...], dict[str, Any]] = {}

    def verdict(
        self,
        answers: Mapping[str, Any],
        *,
        on: date,
        born: date | None,
        history: Sequence[PastVisit] = (),
        troubled: bool = False,
    ) -> Verdict:
        """`troubled`: the visit before was not good, so that the history has its say and nothing is reused."""
        if troubled:
            return self._verdict(assess(self.form, answers, history, on=on, birth_date=born).as_json(), on)
        key = (bisect(self._ages, age_on(born, on)) if born else -1, *map(answers.get, self._asked))
        stored = self._known.get(_hashable(key))
        if stored is None:
            stored = assess(self.form, answers, history, on=on, birth_date=born).as_json()
            self._known[_hashable(key)] = stored
        return self._verdict(stored, on)

    def _verdict(self, stored: dict[str, Any], on: date) -> Verdict:
        due = self._dues.get(stored["action"], self.form.assessment.unassessable.due)
        start, end = window(due, on)
        dates = {
            "next_due_from": start.isoformat(),
            "next_due_by": end.isoformat(),
            "next_due_days": (end - on).days,
        }
        return Verdict({**stored, **dates}, start, end)


def _hashable(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(tuple(part) if isinstance(part, list) else part for part in key)
