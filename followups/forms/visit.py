"""The form of one visit, built from its protocol."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.base.ids import uuid7
from followups.forms.answers import raw_answer
from followups.protocols.assessment import Assessment, PastVisit, assess
from followups.protocols.conditions import missing
from followups.protocols.problems import Problem, problem
from followups.protocols.schema import Field
from followups.protocols.schema import Protocol as FollowUpForm
from followups.protocols.validation import Cleaned, Context, clean, to_json

HIDDEN = ("client_id", "device_id", "device_seq", "captured_at")
AT_HOME = "2"


class Somebody(Protocol):
    """As much of a person as the form needs to know."""

    @property
    def birth_date(self) -> date: ...
    @property
    def sex(self) -> str: ...


class VisitForm(forms.Form):
    """One visit to one person, or to a household where `person` is None, on one edition of a form.

    After is_valid(): `answers` (as stored), `assessment`, `warnings`, and the hidden fields in cleaned_data
    (client_id, device_id, device_seq, captured_at). `cleaned` has the answers in their true types.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    device_id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    device_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    captured_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        protocol: FollowUpForm,
        data: Any = None,
        *,
        person: Somebody | None,
        on: date,
        history: Iterable[PastVisit] = (),
        mode: str = AT_HOME,
        register: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.protocol, self.person, self.on = protocol, person, on
        self.register = register or {}
        self.history = sorted(history, key=lambda past: past.on, reverse=True)
        self.initial = self._as_registered() | first_answers(protocol, self.history, on=on, mode=mode)
        self.cleaned: Cleaned | None = None
        self.warnings: dict[str, list[Problem]] = {}
        for field in protocol.fields:
            if not field.filled_by:
                self.fields[field.code] = raw_answer(field)

    @property
    def birth_date(self) -> date | None:
        return self.person.birth_date if self.person else None

    @property
    def sex(self) -> str:
        return self.person.sex if self.person else ""

    def _as_registered(self) -> dict[str, str]:
        """A fresh form starts with what the register knows."""
        held = {field.code: self.register.get(field.held_as, "") for field in self.protocol.fields}
        return {code: value for code, value in held.items() if value}

    @property
    def language(self) -> str:
        return get_language() or "zh-hans"

    @property
    def wants_preview(self) -> bool:
        """Without script the assessment is asked for with a button of its own."""
        return "preview" in self.data

    @property
    def raw_answers(self) -> dict[str, Any]:
        """What is in the fields now: what was typed, or what a fresh form starts with."""
        return {
            field.code: self[field.code].value()
            for field in self.protocol.fields
            if field.code in self.fields
        }

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as they are stored: numbers, ISO dates, lists of codes."""
        return self.cleaned.as_json() if self.cleaned else {}

    @property
    def assessment(self) -> Assessment:
        """The assessment of what has been understood so far; in a fresh form nothing can be said yet."""
        values = self.cleaned.answers if self.cleaned else {}
        on = values.get("visit_date")
        when = on if isinstance(on, date) else self.on
        return assess(self.protocol, values, self.history, on=when, birth_date=self.birth_date, sex=self.sex)

    def clean(self) -> dict[str, Any]:
        given = {code: value for code, value in self.raw_answers.items() if value not in (None, "", [])}
        given = {code: value for code, value in given.items() if not self.protocol.by_code[code].adds}
        self.cleaned = self._checked(given)
        open_date = "next_date" in self.protocol.by_code and "next_date" not in given
        if open_date and (suggested := self.assessment.next_due_by):
            self.cleaned = self._checked(given | {"next_date": suggested})
        for code, problems in self.cleaned.errors.items():
            for found in problems:
                self.add_error(code if code in self.fields else None, self._words(found))
        self._look_again()
        return self.cleaned_data

    def _checked(self, given: Mapping[str, Any]) -> Cleaned:
        context = Context(on=self.on, birth_date=self.birth_date, sex=self.sex, register=self.register)
        return clean(self.protocol, given, context=context)

    def _look_again(self) -> None:
        """Warnings stay beside their field; an extreme reading is saved only once it has been confirmed."""
        if self.cleaned is None:
            return
        self.warnings = dict(self.cleaned.warnings)
        self._check_next_date(self.cleaned)
        for code, problems in self.warnings.items():
            if any(found.code == "unusual" for found in problems) and not self.is_confirmed(code):
                self.add_error(code, self._words(problems[0]))

    def is_confirmed(self, code: str) -> bool:
        """Whether this very reading was confirmed; another number has to be confirmed anew."""
        value = self.cleaned.answers.get(code) if self.cleaned else None
        return value is not None and str(self.data.get(f"confirm_{code}", "")) == str(to_json(value))

    def _check_next_date(self, cleaned: Cleaned) -> None:
        limit, chosen = self.assessment.next_due_by, cleaned.answers.get("next_date")
        if limit and isinstance(chosen, date) and chosen > limit:
            later = problem("later_than_due", given=chosen.isoformat(), limit=limit.isoformat())
            self.warnings.setdefault("next_date", []).append(later)

    def _words(self, found: Problem) -> ValidationError:
        sentence = _("%(fault)s. %(remedy)s.") % {
            "fault": found.message.get(self.language),
            "remedy": found.remedy.get(self.language),
        }
        return ValidationError(sentence, code=found.code)


def first_answers(
    protocol: FollowUpForm, history: Iterable[PastVisit], *, on: date, mode: str
) -> dict[str, Any]:
    """What a fresh form starts with: today, the usual answers, what stays the same; never a measurement."""
    visits = list(history)
    start: dict[str, Any] = {"visit_date": on.isoformat(), "visit_mode": mode}
    for field in protocol.fields:
        if field.default:
            start[field.code] = list(field.default) if field.type == "multi" else field.default
        elif field.prefill == "unchanged" and (kept := latest(field, visits)) is not None:
            start[field.code] = kept
    return start


def latest(field: Field, history: Iterable[PastVisit]) -> Any:
    """The value of a field at the newest visit that has one."""
    return next((past.answers[field.code] for past in history if not missing(past.answers, field.code)), None)
