"""The newest examination and the cover of the health record, as the person page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from followups.models import Visit
from followups.presenters.assessment import AssessmentView, present_assessment
from followups.presenters.values import in_language, value_text
from followups.protocols.conditions import missing
from followups.protocols.findings import abnormal
from followups.protocols.library import edition

EXAM, RECORD = "annual_exam", "health_record"
COVER = ("archive_number", "responsible_doctor", "archive_unit", "archive_date", "blood", "payment")
WATCHED = ("allergy", "allergy_text", "past_diseases", "disability")


@dataclass(frozen=True)
class Line:
    label: str
    value: str


@dataclass(frozen=True)
class PaperView:
    """`lines` are what stands out: the findings of an examination, the cover of a record."""

    url: str
    day: date
    by: str
    assessment: AssessmentView
    lines: tuple[Line, ...]
    watched: tuple[Line, ...] = ()


def newest(visits: Sequence[Visit], code: str) -> Visit | None:
    """The newest visit on a form among those given."""
    return max((v for v in visits if v.protocol == code), key=lambda visit: visit.visited_on, default=None)


def present_exam(visits: Sequence[Visit]) -> PaperView | None:
    """This will word the newest examination with everything it found."""
    visit = newest(visits, EXAM)
    if visit is None:
        return None
    form = edition(f"{visit.protocol}_{visit.edition}")
    found = abnormal(form, visit.answers)
    return _paper(visit, [Line(in_language(a.field.name), value_text(form, a.field, a.value)) for a in found])


def present_record(visits: Sequence[Visit]) -> PaperView | None:
    """This will word the cover of the health record, and beside it what every doctor has to know."""
    visit = newest(visits, RECORD)
    return _paper(visit, _lines(visit, COVER), _lines(visit, WATCHED)) if visit else None


def _lines(visit: Visit, codes: Sequence[str]) -> list[Line]:
    form = edition(f"{visit.protocol}_{visit.edition}")
    fields = [
        form.by_code[code] for code in codes if code in form.by_code and not missing(visit.answers, code)
    ]
    return [Line(in_language(f.name), value_text(form, f, visit.answers[f.code])) for f in fields]


def _paper(visit: Visit, lines: Sequence[Line], watched: Sequence[Line] = ()) -> PaperView:
    form = edition(f"{visit.protocol}_{visit.edition}")
    return PaperView(
        url=reverse("followups:visit", args=[visit.pk]),
        day=visit.visited_on,
        by=visit.by.get_full_name(),
        assessment=present_assessment(form, visit.assessment),
        lines=tuple(lines),
        watched=tuple(watched),
    )
