"""What the import pages ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from households.choices import LeftReason
from households.registerfile import IGNORED, fields, header_key


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Register file"),
        help_text=_("Excel (.xlsx) or CSV, one row per person, up to 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose the file to import."),
            "empty": _("The file is empty. Choose a sheet with one row per person."),
        },
    )


class ApplyForm(forms.Form):
    effective_on = forms.DateField(
        label=_("Effective date"),
        help_text=_("The changes hold from this day: usually the date of the data."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the date from which the changes hold."),
            "invalid": _("Write the date as 2020-11-30."),
        },
    )


class ColumnsForm(forms.Form):
    """One choice for each column of the file, those not recognised first."""

    def __init__(self, *args: Any, mapping: Sequence[dict[str, Any]], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = [column for column in mapping if column["header"]]
        known = [(f.name, f.label(language)) for f in fields().values() if not f.ignored]
        choices = [("", _("not recognised")), (IGNORED, _("leave out")), *known]
        for column in sorted(self.columns, key=lambda c: c["how"] != "none"):
            initial = column["field"] or (IGNORED if column["how"] in ("ignored", "repeated") else "")
            self.fields[self._name(column)] = forms.ChoiceField(
                label=column["header"], choices=choices, initial=initial, required=False
            )

    @staticmethod
    def _name(column: dict[str, Any]) -> str:
        return f"column_{column['column']}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [cleaned.get(self._name(column)) for column in self.columns]
        single = {name for name, field in fields().items() if not field.many}
        for column, name in zip(self.columns, chosen, strict=True):
            if name in single and chosen.count(name) > 1:
                self.add_error(self._name(column), _("Two columns have the same field: keep one of them."))
        return cleaned

    def choices(self) -> dict[str, str]:
        """Header key → field name, for the columns a person decided."""
        found = {header_key(c["header"]): self.cleaned_data.get(self._name(c), "") for c in self.columns}
        return {key: name for key, name in found.items() if name}


class LeaveForm(forms.Form):
    """Why each gone row is gone; `rest` stands for all that have no reason yet."""

    rest = forms.ChoiceField(
        label=_("Reason for all the others"),
        choices=[("", _("none yet")), *LeftReason.choices],
        required=False,
    )

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("stays on the register")), *LeftReason.choices]
        for row in rows:
            self.fields[f"reason_{row.pk}"] = forms.ChoiceField(
                label=_("Reason for leaving"), choices=choices, required=False, initial=row.left_reason
            )

    def reasons(self) -> dict[int, str]:
        named = {name: value for name, value in self.cleaned_data.items() if name.startswith("reason_")}
        return {int(name.removeprefix("reason_")): value for name, value in named.items()}


class DecideForm(forms.Form):
    """Whether a doubtful row is the registered person it resembles."""

    ANSWERS = (("same", _("the same person")), ("new", _("another person")))

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"answer_{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=self.ANSWERS, required=False, widget=forms.RadioSelect
            )

    def answers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("answer_")): value for name, value in self.cleaned_data.items() if value
        }
