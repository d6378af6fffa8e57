"""An assessment as people read it: one word with its shape, why, what to do, and when to come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.base.periods import add_months
from followups.presenters.values import in_language, short_date
from followups.protocols.assessment import Assessment
from followups.protocols.schema import Protocol


@dataclass(frozen=True)
class DateChip:
    value: str
    label: str
    days: int = 0
    months: int = 0


@dataclass(frozen=True)
class AssessmentView:
    tone: str
    word: str
    reasons: tuple[str, ...] = ()
    advice: str = ""
    referral: bool = False
    urgent: bool = False
    due: str = ""


def present_assessment(protocol: Protocol, assessment: Assessment | Mapping[str, Any]) -> AssessmentView:
    """This will word an assessment, fresh from the engine or as it was stored beside its visit."""
    stored = assessment.as_json() if isinstance(assessment, Assessment) else assessment
    language = "en" if (get_language() or "").startswith("en") else "zh"
    word, tone = _word(protocol, stored)
    return AssessmentView(
        tone=tone,
        word=word,
        reasons=tuple(reason.get(language, "") for reason in stored.get("reasons", ())),
        advice=(stored.get("advice") or {}).get(language, ""),
        referral=bool(stored.get("referral")),
        urgent=bool(stored.get("urgent")),
        due=_due(stored),
    )


def _word(protocol: Protocol, stored: Mapping[str, Any]) -> tuple[str, str]:
    outcome = next((c for c in protocol.assessment.classes if c.code == stored.get("cls")), None)
    if stored.get("urgent"):
        return _("Emergency: refer now"), "bad"
    if outcome is None:
        met_nobody = any(reason.get("code") == "absent" for reason in stored.get("reasons", ()))
        return _("Nobody was met") if met_nobody else _("Cannot be assessed yet"), "quiet"
    return in_language(outcome.word), outcome.tone


def _due(stored: Mapping[str, Any]) -> str:
    by = stored.get("next_due_by")
    return _("Next visit by %(day)s") % {"day": short_date(by)} if by else ""


def date_chips(on: date, *, yearly: bool = False) -> list[DateChip]:
    """The usual days for the next visit, counted from this one; another set for what is done once a year."""
    week, fortnight = on + timedelta(days=7), on + timedelta(days=14)
    sooner = DateChip(week.isoformat(), _("in 1 week"), days=7)
    later = DateChip(add_months(on, 12).isoformat(), _("in 1 year"), months=12)
    usual = [
        DateChip(fortnight.isoformat(), _("in 2 weeks"), days=14),
        DateChip(add_months(on, 1).isoformat(), _("in 1 month"), months=1),
        DateChip(add_months(on, 3).isoformat(), _("in 3 months"), months=3),
    ]
    return [*usual, later] if yearly else [sooner, *usual]
