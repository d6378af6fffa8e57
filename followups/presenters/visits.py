"""A visit as it is read afterwards: who, when, what was found, what it means, what became of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from followups.models import Visit
from followups.presenters.assessment import AssessmentView, present_assessment
from followups.presenters.duties import reading
from followups.presenters.values import AnswerSection, in_language, present_answers
from followups.protocols.crosschecks import differences
from followups.protocols.library import edition
from followups.protocols.schema import Protocol
from followups.queries.register import registered


@dataclass(frozen=True)
class VisitView:
    visit: Visit
    title: str
    form: str
    day: date
    mode: str
    by: str
    reading: str
    assessment: AssessmentView
    sections: list[AnswerSection]
    next_on: date | None
    late_days: int
    counts: bool
    reason: str
    differs: tuple[str, ...] = ()
    """What it says otherwise than the register."""


def present_visit(visit: Visit) -> VisitView:
    """This will word one version of a visit."""
    form = edition(f"{visit.protocol}_{visit.edition}")
    return VisitView(
        visit=visit,
        title=visit.person.name if visit.person else _("The whole household"),
        form=in_language(form.title),
        day=visit.visited_on,
        mode=visit.get_mode_display(),
        by=visit.by.get_full_name(),
        reading=reading(visit),
        assessment=present_assessment(form, visit.assessment),
        sections=present_answers(form, visit.answers),
        next_on=visit.next_on,
        late_days=visit.assessment.get("entered_late_days", 0),
        counts=visit.assessment.get("counts", True),
        reason=visit.amend_reason,
        differs=_differs(form, visit),
    )


def _differs(form: Protocol, visit: Visit) -> tuple[str, ...]:
    if not any(field.held_as for field in form.fields):
        return ()
    found = differences(form, visit.answers, registered(visit.person))
    return tuple(in_language(problem.message) for _code, problem in found)
