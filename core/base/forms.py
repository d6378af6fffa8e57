"""Fields that several apps ask with."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
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
