"""One raw answer per field of a form: read as it was typed, judged by the protocol and not by the widget."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from followups.protocols.schema import Field


class RawAnswer(forms.Field):
    """Takes what was typed and keeps it, right or wrong."""

    def clean(self, value: Any) -> Any:
        return value


class Typed(forms.TextInput):
    """One line, one choice, or one date."""


class Chosen(forms.CheckboxSelectMultiple):
    """Several choices of one field."""


class Lines(forms.Widget):
    """Lines of several inputs, sent as medicines-0-name, medicines-0-times and so on."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.places, self.parts = range(field.max_lines), [column.code for column in field.line]

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any] | None, name: str
    ) -> list[dict[str, str]]:
        return [
            {part: data.get(f"{name}-{place}-{part}") or "" for part in self.parts} for place in self.places
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-{self.parts[0]}" not in data


def raw_answer(field: Field) -> RawAnswer:
    """This will make the form's field for one field of the protocol."""
    if field.type == "multi":
        widget: forms.Widget = Chosen()
    elif field.is_list:
        widget = Lines(field)
    else:
        widget = Typed()
    return RawAnswer(required=False, widget=widget)
