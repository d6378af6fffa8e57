"""A visit as it is read afterwards: who, when, what was found, what it means, what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from followups.models import Conflict, Visit
from followups.presenters.assessment import AssessmentView, present_assessment
from followups.presenters.duties import reading
from followups.presenters.values import AnswerSection, in_language, present_answers, value_text
from followups.protocols.library import UnknownProtocol, edition
from followups.protocols.schema import Protocol


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
    )


@dataclass(frozen=True)
class Difference:
    label: str
    kept: str
    offered: str

    @property
    def differs(self) -> bool:
        return self.kept != self.offered


def both_sides(conflict: Conflict) -> list[Difference]:
    """The two records field by field, in the order of the form."""
    kept, body = conflict.kept, conflict.offered.body
    offered = _offered_answers(body)
    try:
        form = edition(f"{kept.protocol}_{kept.edition}")
    except UnknownProtocol:
        return []
    codes = [code for section in form.sections for code in section.fields]
    rows = [_difference(form, code, kept.answers, offered) for code in codes]
    return [row for row in rows if row.kept or row.offered]


def _offered_answers(body: dict[str, Any]) -> dict[str, Any]:
    """The offered answers with the three fields that may stand beside them."""
    given = body.get("answers")
    answers = dict(given) if isinstance(given, dict) else {}
    for name, code in (("visited_on", "visit_date"), ("mode", "visit_mode"), ("next_on", "next_date")):
        if body.get(name):
            answers.setdefault(code, body[name])
    return answers


def _difference(form: Protocol, code: str, kept: dict[str, Any], offered: dict[str, Any]) -> Difference:
    field = form.by_code[code]
    return Difference(
        in_language(field.name), _worded(form, field, kept.get(code)), _worded(form, field, offered.get(code))
    )


def _worded(form: Protocol, field: Any, value: Any) -> str:
    """An offered value may be anything; what cannot be worded is shown as it came."""
    try:
        return value_text(form, field, value)
    except (ValueError, TypeError, AttributeError, KeyError):
        return str(value)[:200]
