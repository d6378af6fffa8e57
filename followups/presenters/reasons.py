"""Why a visit is owed, to which day it was put and who has been told, in one sentence each."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followups.models import Duty, Visit
from followups.presenters.assessment import present_assessment
from followups.presenters.values import day_and_hour, day_month, in_language
from followups.protocols.library import edition
from followups.rules import ChronicRule, DischargeRule, FirstVisitRule, HouseholdRule, VisitRule, all_rules


def why(duty: Duty, on: date, last: Visit | None) -> str:
    """Why it is owed, in one sentence."""
    rule = all_rules().get(duty.rule)
    words = _WORDS.get(type(rule))
    reason = words(duty, on, last) if words else in_language(rule.title) if rule else duty.rule
    again = duty.why.get("again")
    if not again:
        return reason
    since = day_month(date.fromisoformat(again), on)
    return _("%(reason)s (owed again since %(day)s)") % {"reason": reason, "day": since}


def told(duty: Duty, on: date) -> str:
    """Who has been told last, and whether they have seen it; needs the duty's steps read with it."""
    steps = sorted(duty.escalations.all(), key=lambda step: (step.told_on, step.pk))
    if not steps:
        return ""
    step = steps[-1]
    words = {"who": step.get_step_display(), "day": day_month(step.told_on, on)}
    return (_("%(who)s told on %(day)s, seen") if step.seen_at else _("%(who)s told on %(day)s")) % words


def moved(duty: Duty, on: date) -> str:
    """To which day the visit was put, and why; needs the duty's changes read with it."""
    changes = sorted(duty.changes.all(), key=lambda change: change.pk)
    if not changes:
        return ""
    words = {"was": day_month(changes[-1].was_on, on), "now": day_month(changes[-1].now_on, on)}
    words["reason"] = changes[-1].note or changes[-1].get_reason_display()
    return _("Moved from %(was)s to %(now)s: %(reason)s") % words


def _of_disease(duty: Duty, on: date, last: Visit | None) -> str:
    rule = all_rules()[duty.rule]
    window = rule.window if isinstance(rule, ChronicRule) else ""
    if window == "ten_days":
        parts = {1: _("the first ten days"), 11: _("the middle ten days"), 21: _("the last days")}
        return _("Visit of %(part)s of the month") % {"part": parts[duty.starts_on.day]}
    if window == "month":
        return _("Visit of month %(month)s") % {"month": duty.starts_on.month}
    quarter = (duty.starts_on.month + 2) // 3
    return _("Face-to-face visit of quarter %(quarter)s") % {"quarter": quarter}


def _first_visit(duty: Duty, on: date, last: Visit | None) -> str:
    found = day_month(duty.starts_on, on)
    until = last_hour(duty)
    if until is None:
        days = {"found": found, "by": day_month(duty.ends_on, on)}
        return _("Confirmed on %(found)s: first visit by %(by)s") % days
    words = {"found": found, "by": day_and_hour(until, on), "hours": _hours(duty)}
    return _("Confirmed on %(found)s: first visit by %(by)s, when the %(hours)s hours end") % words


def last_hour(duty: Duty) -> datetime | None:
    """The hour by which a visit is owed; most are owed by a day."""
    until = duty.why.get("until")
    return datetime.fromisoformat(until) if until else None


def _hours(duty: Duty) -> int:
    rule = all_rules().get(duty.rule)
    return rule.within_hours if isinstance(rule, FirstVisitRule) else 72


def _of_household(duty: Duty, on: date, last: Visit | None) -> str:
    first = duty.starts_on.day == 1
    return _("First home visit of the month") if first else _("Second home visit of the month")


def _after_visit(duty: Duty, on: date, last: Visit | None) -> str:
    if last is None or str(last.pk) != duty.why.get("visit"):
        rule = all_rules()[duty.rule]
        return _("Return visit within two weeks") if _is_two_weeks(rule) else in_language(rule.title)
    view = present_assessment(edition(f"{last.protocol}_{last.edition}"), last.assessment)
    reason = view.reasons[0] if view.reasons else view.word
    return _("Return visit: %(day)s, %(reason)s") % {"day": day_month(last.visited_on, on), "reason": reason}


def _is_two_weeks(rule: Any) -> bool:
    return bool(isinstance(rule, VisitRule) and rule.within_days == 14)


def _discharged(duty: Duty, on: date, last: Visit | None) -> str:
    day = duty.why.get("discharged_on")
    if not day:
        return pgettext("why a visit is owed", "Home care after a hospital stay")
    left = day_month(date.fromisoformat(day), on)
    return _("Left hospital on %(day)s: home care") % {"day": left}


_WORDS: dict[type, Callable[[Duty, date, Visit | None], str]] = {
    ChronicRule: _of_disease,
    FirstVisitRule: _first_visit,
    HouseholdRule: _of_household,
    VisitRule: _after_visit,
    DischargeRule: _discharged,
}
