"""A need as it is read: whose, what, who follows it up, until when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followups.choices import NeedState
from followups.models import Need, NeedStep
from followups.presenters.values import day_month

_TONES = {
    NeedState.OPEN: "warn",
    NeedState.IN_PROGRESS: "info",
    NeedState.MET: "good",
    NeedState.UNMET: "quiet",
}


@dataclass(frozen=True)
class NeedView:
    url: str
    title: str
    kind: str
    description: str
    place: str
    owner: str
    due: str
    state: str
    tone: str
    is_overdue: bool


def present_need(need: Need, on: date) -> NeedView:
    is_open = need.state in (NeedState.OPEN, NeedState.IN_PROGRESS)
    late = (on - need.due_on).days if is_open else 0
    return NeedView(
        url=reverse("followups:need", args=[need.uuid]),
        title=need.person.name,
        kind=need.get_kind_display(),
        description=need.description,
        place=" · ".join(filter(None, [need.household.village.name, need.household.group_name])),
        owner=need.owner.get_full_name(),
        due=_due(need, late, on),
        state=need.get_state_display(),
        tone="bad" if late > 0 else _TONES[NeedState(need.state)],
        is_overdue=late > 0,
    )


def _due(need: Need, late: int, on: date) -> str:
    if need.closed_on:
        return _("Closed on %(day)s") % {"day": day_month(need.closed_on, on)}
    if late > 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
    return _("By %(day)s") % {"day": day_month(need.due_on, on)}


def steps_of(need: Need) -> list[dict[str, object]]:
    """The log, newest first, as plain lines."""
    return [_step(step) for step in need.steps.all()]


def _step(step: NeedStep) -> dict[str, object]:
    return {
        "day": step.on,
        "state": step.get_state_display(),
        "tone": _TONES[NeedState(step.state)],
        "note": step.note,
        "by": step.by.get_full_name(),
    }
