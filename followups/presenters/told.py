"""A visit that climbed the ladder, ready to be drawn: whom it concerns, how late, who knows since when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from followups.choices import DutyState, EscalationCause
from followups.models import Duty, Escalation
from followups.presenters.duties import DutyLine, present_duty
from followups.presenters.values import day_month


@dataclass(frozen=True)
class ToldLine:
    line: DutyLine
    place: str
    team: str
    state: str
    tone: str
    steps: list[str]
    household_uuid: str


def present_told(duty: Duty, on: date) -> ToldLine:
    """This will word one visit and the steps taken for it. Needs the steps read with the duty."""
    line = present_duty(duty, on)
    lost = duty.state == DutyState.NOT_FOUND
    home = duty.household
    return ToldLine(
        line=line,
        place=" · ".join(filter(None, [home.village.name, home.group_name])),
        team=duty.team.name if duty.team else _("no team"),
        state=_("Not found") if lost else line.when,
        tone="warn" if lost else line.tone,
        steps=[_step(step, on) for step in duty.escalations.all()],
        household_uuid=str(home.uuid),
    )


def _step(step: Escalation, on: date) -> str:
    words = {
        "day": day_month(step.told_on, on),
        "rung": step.get_step_display(),
        "who": step.told.get_full_name(),
        "cause": EscalationCause(step.cause).label,
    }
    told = _("%(day)s: %(rung)s %(who)s told (%(cause)s)") % words
    if not step.seen_at:
        return _("%(told)s, not seen yet") % {"told": told}
    return _("%(told)s, seen on %(day)s") % {"told": told, "day": day_month(step.seen_at.date(), on)}
