"""The board of households at risk and one case, in plain values."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import WarningState
from core.accounts.models import User
from core.accounts.permissions import may
from followups.choices import NeedState
from healthaid.pages.forms_monitoring import SOURCES
from healthaid.pages.presenters.household import rule_label
from healthaid.pages.queries.monitoring import Held, Home
from households.choices import Cause, Holder, MonitoredKind, MonitoringState
from households.models import MonitoringCase, MonitoringMeasure, MonitoringStep

TONES = {
    MonitoringState.FOUND: "warn",
    MonitoringState.VERIFIED: "bad",
    MonitoringState.HELPED: "info",
    MonitoringState.ASKED: "warn",
    MonitoringState.REMOVED: "good",
    MonitoringState.DISMISSED: "quiet",
    MonitoringState.LEFT: "quiet",
}
ICONS = {"case": "shield", "warning": "bell", "need": "yuan", "unmet": "yuan", "visit": "home-visit"}
_COSTS = ("need", "unmet")


def source_words(source: str) -> str:
    return str(dict(SOURCES)[source])


def holder_words(holder: str) -> str:
    return str(dict(Holder.choices).get(holder, ""))


def waiting_words(since: date, on: date) -> str:
    days = max((on - since).days, 0)
    if not days:
        return _("since today")
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}


def kind_words(kind: str) -> str:
    return str(dict(MonitoredKind.choices).get(kind, ""))


def risk_words(risk: str) -> str:
    return str(dict(Cause.choices).get(risk, ""))


def present_home(home: Home, user: User, on: date) -> dict[str, Any]:
    return {
        "url": reverse("households:household", args=[home.uuid]),
        "head": home.head,
        "register_no": home.register_no,
        "place": home.village,
        "kind": kind_words(home.kind),
        "risk": risk_words(home.risk),
        "is_late": home.is_late,
        "items": [present_item(item, home, user, on) for item in home.items],
    }


def present_item(item: Held, home: Any, user: User, on: date) -> dict[str, Any]:
    return {
        "source": source_words(item.source),
        "icon": ICONS.get(item.source, "list"),
        "text": item_words(item),
        "url": _url(item, home.uuid, user),
        "take_in": _take_in(item, home.uuid, user),
        "holder": holder_words(item.holder),
        "since": item.since,
        "waiting": waiting_words(item.since, on),
        "due_on": item.due_on,
        "is_late": item.is_late,
        "tone": "bad" if item.is_late else "info",
    }


def item_words(item: Held) -> str:
    """What there is to do, in one line. Of an illness it says nothing."""
    if item.source == "case":
        return str(dict(MonitoringState.choices)[MonitoringState(item.state)])
    if item.source == "warning":
        return f"{rule_label(item.what)} · {WarningState(item.state).label}"
    if item.source in _COSTS:
        put_off = f" · {_('treatment put off')}" if item.what == "put_off" else ""
        return f"{NeedState(item.state).label}{put_off}"
    if item.source == "visit":
        return ngettext("%(n)s visit", "%(n)s visits", item.how_many) % {"n": item.how_many}
    return _("Open a case, so that somebody has to act.")


def _url(item: Held, household: Any, user: User) -> str:
    """Where it is worked on; the household's page where the user may not go there."""
    if item.source == "case":
        return reverse("households:monitoring_case", args=[item.key])
    if item.source == "warning" and may(user, "see_warnings"):
        return reverse("claims:warning", args=[item.key])
    if item.source in _COSTS and may(user, "work_need"):
        return reverse("followups:need", args=[item.key])
    return reverse("households:household", args=[household])


def _take_in(item: Held, household: Any, user: User) -> str:
    """Where a case is opened from what there is; nothing for a case."""
    if item.source in ("case", "register", "warning") or not may(user, "work_monitoring"):
        return ""
    source, key = ("visit", "") if item.source == "visit" else ("need", item.key)
    return f"{reverse('households:monitoring_new', args=[household])}?source={source}&key={key}"


def present_case(case: MonitoringCase, head: str, on: date) -> dict[str, Any]:
    late = bool(case.due_on and case.due_on < on)
    return {
        "url": reverse("households:monitoring_case", args=[case.uuid]),
        "title": head,
        "place": case.household.village.name,
        "register_no": case.household.register_no,
        "kind": case.get_kind_display(),
        "risk": case.get_risk_display(),
        "source": case.get_source_display(),
        "state": case.get_state_display(),
        "tone": TONES[MonitoringState(case.state)],
        "holder": case.get_holder_display() if case.holder else "",
        "waiting": waiting_words(case.turn_since, on) if case.holder else "",
        "due_on": case.due_on,
        "is_late": late,
        "found_on": case.found_on,
        "ended_on": case.ended_on,
    }


def source_url(case: MonitoringCase, user: User) -> str:
    """The page of what gave rise to the case, for who may see it."""
    if case.source == "warning" and case.source_key.isdecimal() and may(user, "see_warnings"):
        return reverse("claims:warning", args=[int(case.source_key)])
    return ""


def present_measure(measure: MonitoringMeasure, on: date) -> dict[str, Any]:
    is_late = measure.done_on is None and measure.until is not None and measure.until < on
    return {
        "kind": measure.get_kind_display(),
        "what": measure.what,
        "who": measure.who,
        "since": measure.since,
        "until": measure.until,
        "done_on": measure.done_on,
        "outcome": measure.outcome,
        "status": _("ended") if measure.done_on else _("past its day") if is_late else _("at work"),
        "tone": "good" if measure.done_on else "bad" if is_late else "info",
        "url": reverse("households:monitoring_measure", args=[measure.case.uuid, measure.pk]),
    }


def present_step(step: MonitoringStep) -> dict[str, Any]:
    return {
        "day": step.done_on,
        "state": step.get_state_display(),
        "note": step.note,
        "by": step.done_by.get_full_name() if step.done_by else _("the register"),
        "tone": TONES[MonitoringState(step.state)],
        "turn": holder_words(step.holder),
    }
