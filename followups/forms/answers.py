"""One raw answer per field of a form: read as it was typed, judged by the protocol and not by the widget."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from followups.protocols.schema import Field

MEDICINE_PARTS = ("name", "times", "amount", "unit")


class RawAnswer(forms.Field):
    """Takes what was typed and keeps it, right or wrong."""

    def clean(self, value: Any) -> Any:
        return value


class Typed(forms.TextInput):
    """One line, one choice, or one date."""


class Chosen(forms.CheckboxSelectMultiple):
    """Several choices of one field."""


class MedicineLines(forms.Widget):
    """Lines of name, times a day, amount and unit, sent as medicines-0-name, medicines-0-times and so on."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any] | None, name: str
    ) -> list[dict[str, str]]:
        places = range(self.lines)
        return [
            {part: data.get(f"{name}-{place}-{part}") or "" for part in MEDICINE_PARTS} for place in places
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-name" not in data


def raw_answer(field: Field) -> RawAnswer:
    """This will make the form's field for one field of the protocol."""
    if field.type == "multi":
        widget: forms.Widget = Chosen()
    elif field.type == "medicines":
        widget = MedicineLines(field.max_lines)
    else:
        widget = Typed()
    return RawAnswer(required=False, widget=widget)
