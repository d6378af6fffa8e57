"""The sheet of one visit: sections and fields, assessment, errors, and the data its script needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.base.periods import age_on
from followups.presenters.assessment import AssessmentView, DateChip, date_chips, present_assessment
from followups.presenters.fields import FieldView, Sheet
from followups.presenters.rows import Row, rows_of
from followups.presenters.saving import saving_texts
from followups.presenters.values import in_language
from followups.protocols.assessment import Assessment, PastVisit
from followups.protocols.parts import Section
from followups.protocols.problems import Problem
from followups.protocols.rules import conditions_in
from followups.protocols.schema import Protocol as FollowUpForm
from followups.protocols.twin import browser_rules
from followups.protocols.validation import Cleaned, to_json

HISTORY_FOR_SCRIPT = 6
SEVERAL = 3


class FilledForm(Protocol):
    """As much of a VisitForm as the sheet is drawn from."""

    protocol: FollowUpForm
    on: date
    history: list[PastVisit]
    cleaned: Cleaned | None
    warnings: dict[str, list[Problem]]
    is_bound: bool
    data: Any

    @property
    def errors(self) -> Any: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def sex(self) -> str: ...
    @property
    def raw_answers(self) -> dict[str, Any]: ...
    @property
    def assessment(self) -> Assessment: ...
    @property
    def wants_preview(self) -> bool: ...
    def is_confirmed(self, code: str) -> bool: ...
    def hidden_fields(self) -> Any: ...
    def non_field_errors(self) -> Any: ...


@dataclass(frozen=True)
class SectionView:
    code: str
    title: str
    hint: str
    rows: tuple[Row, ...]
    always_open: bool
    has_errors: bool
    note: str
    shown: bool
    progress: "Progress"
    has_normal: bool
    """Several questions of this section can be answered by one word: the rest is normal."""


@dataclass(frozen=True)
class Progress:
    """How many of the questions that are asked of everybody have an answer."""

    filled: int
    asked: int

    @property
    def words(self) -> str:
        return _("%(filled)s of %(asked)s") % {"filled": self.filled, "asked": self.asked}


@dataclass(frozen=True)
class ErrorLine:
    text: str
    target: str = ""


def build_form_context(
    form: FilledForm,
    *,
    draft_key: str = "",
    action: str = "",
    cancel_url: str = "",
    entry: dict[str, str] | None = None,
) -> dict[str, Any]:
    """This will give what followups/form/_sheet.html is drawn from.

    `draft_key` names the draft kept on the phone: user, person and form, as opaque ids; empty keeps none.
    `entry` is what the phone sends beside the answers; without it the form is only posted.
    """
    views = _views(form)
    sections = [_section(form, section, views) for section in form.protocol.sections]
    return {
        "form": form,
        "sheet_title": in_language(form.protocol.title),
        "sections": sections,
        "progress": _together(sections) if form.protocol.is_long else None,
        "errors": _error_lines(form, views),
        "strip": _strip(form),
        "chips": date_chips(_visit_day(form), yearly=form.protocol.minimum.visits_per_year == 1),
        "hidden_fields": [form_field for form_field in form.hidden_fields()],
        "script_data": script_data(form, draft_key) | {"entry": entry},
        "action": action,
        "cancel_url": cancel_url,
    }


def script_data(form: FilledForm, draft_key: str) -> dict[str, Any]:
    """The same rules and the same past as the server has, and the words the script says."""
    return about_data(form, draft_key) | {
        "rules": browser_rules(form.protocol.key),
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "texts": {
            "urgent": _("Emergency: refer now"),
            "unknown": _("Cannot be assessed yet"),
            "absent": _("Nobody was met"),
            "start": _("The assessment appears here as the form is filled in"),
            "rare": _("%(value)s is rare. Please check once more."),
            "range": _("Can be %(low)s to %(high)s"),
            "due": _("Next visit by %(day)s"),
            "refer": _("Refer"),
            "filled": _("%(count)s filled"),
            "progress": _("%(filled)s of %(asked)s"),
        }
        | saving_texts(),
    }


def about_data(form: FilledForm, draft_key: str) -> dict[str, Any]:
    """What of the script's data is about this person and this day."""
    asked = _asked(form.protocol)
    past = [
        {
            "on": visit.on.isoformat(),
            "answers": {c: to_json(v) for c, v in visit.answers.items() if c in asked},
        }
        for visit in form.history[:HISTORY_FOR_SCRIPT]
    ]
    return {
        "history": past,
        "birthDate": form.birth_date.isoformat() if form.birth_date else None,
        "sex": form.sex,
        "on": form.on.isoformat(),
        "draft": draft_key,
    }


def notes_of(form: FilledForm) -> dict[str, str]:
    """What stood there last time and what the target is: first field of a row → the words below it."""
    views = _views(form)
    rows = [
        row
        for section in form.protocol.sections
        for row in rows_of(form.protocol, [views[code] for code in section.fields])
    ]
    told = {row.fields[0].code: " · ".join(filter(None, [row.last, row.fields[0].goal])) for row in rows}
    return {code: words for code, words in told.items() if words}


def _asked(protocol: FollowUpForm) -> set[str]:
    """The answers that rules look at; nothing else of an earlier visit is sent to the page."""
    conditions = [*protocol.assessment.conditions]
    return {leaf.subject for condition in conditions for leaf in conditions_in(condition) if leaf.subject}


def _views(form: FilledForm) -> dict[str, FieldView]:
    cleaned = form.cleaned.answers if form.cleaned else {}
    sheet = Sheet(
        protocol=form.protocol,
        raw=form.raw_answers,
        errors={code: [str(line) for line in lines] for code, lines in form.errors.items()}
        if form.is_bound
        else {},
        warnings=form.warnings,
        cleaned=cleaned,
        history=form.history,
        bound=form.is_bound,
        on=form.on,
        confirmed=frozenset(code for code in form.warnings if form.is_confirmed(code)),
        age=age_on(form.birth_date, _visit_day(form)) if form.birth_date else None,
        sex=form.sex,
    )
    return {code: sheet.view(code) for section in form.protocol.sections for code in section.fields}


def _section(form: FilledForm, section: Section, views: Mapping[str, FieldView]) -> SectionView:
    fields = [views[code] for code in section.fields]
    return SectionView(
        code=section.code,
        title=in_language(section.title),
        hint=in_language(section.hint),
        rows=tuple(rows_of(form.protocol, fields)),
        always_open=section.open,
        has_errors=any(field.errors or (field.target and field.target.errors) for field in fields),
        note=_note(fields),
        shown=any(field.shown for field in fields),
        progress=_progress(fields),
        has_normal=sum(field.has_one_normal for field in fields) >= SEVERAL,
    )


def _progress(fields: Sequence[FieldView]) -> Progress:
    asked = [field for field in fields if field.shown and not field.optional]
    return Progress(sum(field.is_filled for field in asked), len(asked))


def _together(sections: Sequence[SectionView]) -> Progress:
    parts = [section.progress for section in sections]
    return Progress(sum(part.filled for part in parts), sum(part.asked for part in parts))


def _note(fields: Sequence[FieldView]) -> str:
    """What a closed section holds, in a few words: its choices and dates, or how much is filled."""
    told = [option.label for field in fields for option in field.options if option.checked]
    told += [field.value for field in fields if field.kind in ("date",) and field.value]
    filled = sum(field.is_filled for field in fields)
    if told:
        return " · ".join(told[:3])
    return _("%(count)s filled") % {"count": filled} if filled else ""


def _error_lines(form: FilledForm, views: Mapping[str, FieldView]) -> list[ErrorLine]:
    if not form.is_bound:
        return []
    lines = [ErrorLine(str(text)) for text in form.non_field_errors()]
    shown = dict(each for view in views.values() for each in _with_target(view))
    for code in [*shown, *(name for name in form.errors if name not in shown and name != "__all__")]:
        target = shown[code].target_id if code in shown else ""
        lines += [ErrorLine(str(text), target) for text in form.errors.get(code, ())]
    return lines


def _with_target(view: FieldView) -> list[tuple[str, FieldView]]:
    return [(each.code, each) for each in (view, view.target) if each]


def _visit_day(form: FilledForm) -> date:
    day = form.cleaned.answers.get("visit_date") if form.cleaned else None
    return day if isinstance(day, date) else form.on


def _strip(form: FilledForm) -> AssessmentView | None:
    return present_assessment(form.protocol, form.assessment) if form.is_bound else None


__all__ = ["DateChip", "FilledForm", "about_data", "build_form_context", "notes_of", "script_data"]
