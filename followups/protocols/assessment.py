"""What the answers mean: class, reasons, referral, when to come back. The rules are the form's own data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from core.base.periods import add_months, age_on
from core.base.texts import Text
from followups.protocols.conditions import Facts, Truth, holds
from followups.protocols.reasons import (
    Reason,
    not_visited,
    reasons_for,
    reasons_missing,
    reasons_of_action,
    secondary,
)
from followups.protocols.rules import Action, Assessing, Due, Outcome
from followups.protocols.schema import Protocol

NO_ADVICE = Text(zh="", en="")


@dataclass(frozen=True)
class PastVisit:
    """An earlier visit to the same person on the same form."""

    on: date
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    """`cls` is the class written on the form, empty where a missing answer leaves it open.

    `controlled` is the reading alone, for the control rate: None is unknown and counts as not controlled.
    The next visit is due between `next_due_from` and `next_due_by`, both days included.
    """

    cls: str
    assessable: bool
    reasons: tuple[Reason, ...]
    referral: bool = False
    urgent: bool = False
    controlled: bool | None = None
    secondary: bool = False
    action: str = ""
    advice: Text = NO_ADVICE
    next_due_from: date | None = None
    next_due_by: date | None = None
    next_due_days: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As stored beside the visit; reasons keep both languages."""
        days = {"next_due_from": self.next_due_from, "next_due_by": self.next_due_by}
        return vars(self) | {
            "reasons": [{"code": why.code, "zh": why.text.zh, "en": why.text.en} for why in self.reasons],
            "advice": {"zh": self.advice.zh, "en": self.advice.en},
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }


def assess(
    protocol: Protocol,
    answers: Mapping[str, Any],
    history: Iterable[PastVisit] = (),
    *,
    on: date,
    birth_date: date | None,
    sex: str = "",
) -> Assessment:
    """This will assess one visit made on a day, in the light of the earlier ones.

    Only visits before that day count, and for "twice in a row" only those whose answers could be judged.
    An emergency is looked for first, whatever happened before.
    """
    facts = facts_of(protocol, answers, history, on=on, birth_date=birth_date, sex=sex)
    if protocol.absent_when and holds(protocol.absent_when, Facts(answers)) is True:
        return _absent(protocol, facts, on)
    rules = protocol.assessment
    outcome = _first(rules.classes, facts)
    action = _first(rules.actions, facts) if outcome else None
    if outcome is None or action is None:
        return _unassessable(protocol, facts, on)
    return Assessment(
        cls=outcome.code,
        assessable=True,
        reasons=(
            *reasons_for(protocol, outcome, action, facts),
            *([secondary()] if action.secondary else []),
        ),
        referral=action.referral,
        urgent=action.urgent,
        controlled=_controlled(rules, facts),
        secondary=action.secondary,
        action=action.code,
        advice=action.advice,
        **_next(action.due, on),
    )


def facts_of(
    protocol: Protocol,
    answers: Mapping[str, Any],
    history: Iterable[PastVisit] = (),
    *,
    on: date,
    birth_date: date | None,
    sex: str = "",
) -> Facts:
    """This will gather what the rules may ask about one visit, with the age on that day."""
    age = age_on(birth_date, on) if birth_date else None
    rules = protocol.assessment
    earlier = sorted((past for past in history if past.on < on), key=lambda past: past.on, reverse=True)
    back = _looking_back(protocol, earlier, birth_date, sex)
    return Facts(answers, age, rules.params, rules.asked, back, sex)


def window(due: Due, on: date) -> tuple[date, date]:
    """First and last day of the next visit; 30 November + 3 months is the last of February."""
    end = on + timedelta(days=due.days) if due.days else add_months(on, due.months or 0)
    if due.from_days is not None:
        return on + timedelta(days=due.from_days), end
    return add_months(on, due.from_months or 0), end


def _looking_back(
    protocol: Protocol, earlier: Sequence[PastVisit], birth_date: date | None, sex: str
) -> Callable[[str], tuple[Truth, date | None]]:
    @cache
    def previous(finding: str) -> tuple[Truth, date | None]:
        condition = protocol.assessment.findings[finding].when
        for past in earlier:
            facts = facts_of(protocol, past.answers, on=past.on, birth_date=birth_date, sex=sex)
            truth = holds(condition, facts)
            if truth is not None:
                return truth, past.on
        return None, None

    return previous


def _first(listed: Sequence[Any], facts: Facts) -> Any:
    return next((item for item in listed if holds(item.when, facts) is True), None)


def _controlled(rules: Assessing, facts: Facts) -> bool | None:
    return holds(rules.controlled, facts) if rules.controlled else None


def _next(due: Due | None, on: date) -> dict[str, Any]:
    if due is None:
        return {}
    start, end = window(due, on)
    return {"next_due_from": start, "next_due_by": end, "next_due_days": (end - on).days}


def _absent(protocol: Protocol, facts: Facts, on: date) -> Assessment:
    """Nobody was met, so there is no class; the form may say what is to be done about it."""
    action = _first(protocol.assessment.absences, facts)
    if action is None:
        return Assessment("", False, (not_visited(),))
    return Assessment(
        cls="",
        assessable=False,
        reasons=(not_visited(), *reasons_of_action(protocol, action, facts)),
        action=action.code,
        advice=action.advice,
        **_next(action.due, on),
    )


def _unassessable(protocol: Protocol, facts: Facts, on: date) -> Assessment:
    rules = protocol.assessment
    return Assessment(
        cls="",
        assessable=False,
        reasons=tuple(reasons_missing(protocol, facts)),
        controlled=_controlled(rules, facts),
        advice=rules.unassessable.advice,
        **_next(rules.unassessable.due, on),
    )


__all__ = ["Action", "Assessment", "Outcome", "PastVisit", "Reason", "assess", "facts_of", "window"]
