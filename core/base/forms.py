"""Fields that several apps ask with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.base.papers import check_paper

ACCEPTED = "image/jpeg,image/png,application/pdf"


class PaperField(forms.FileField):
    """A JPEG, PNG or PDF of at most 8 MB, whatever its name says."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Photograph or PDF"))
        more.setdefault(
            "help_text", _("JPEG, PNG or PDF, at most 8 MB. Place and time are taken out of pictures.")
        )
        more.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        messages = {
            "required": _("Take or choose a photograph first."),
            "empty": _("The file is empty. Take the photograph again."),
        }
        super().__init__(error_messages=messages, **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file:
            check_paper(file)
        return file


FIRST_DAY, YEARS_AHEAD = date(2015, 1, 1), 5


class DayField(forms.DateField):
    """A day near enough to be meant: who types the year 0206 or 2062 has slipped."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        more.setdefault("error_messages", {"invalid": _("Write the day as 2026-08-15.")})
        super().__init__(input_formats=["%Y-%m-%d"], **more)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value < FIRST_DAY:
            raise ValidationError(_("There are no records before 2015. Choose a later day."))
        if value and value.year > timezone.localdate().year + YEARS_AHEAD:
            raise ValidationError(_("This day lies more than five years ahead. Check the year."))


class ReadAtOnce(ModelChoiceIterator):  # type: ignore[type-arg]
    """Django looks at the first choice and goes: rows that stream would leave their cursor open."""

    def __iter__(self) -> Iterator[Any]:
        rows = list(self.queryset.all())  # type: ignore[attr-defined]
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in rows:
            yield self.choice(row)


class ChosenField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of some rows, few enough to be listed."""

    iterator = ReadAtOnce
