"""Days and running text as the forms of this app ask for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.base.forms import DayField


def day_field(label: Any, **more: Any) -> forms.DateField:
    return DayField(label=label, **more)


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def not_ahead(on: date, today: date) -> date:
    """:raises ValidationError: for a day that is still to come."""
    if on > today:
        raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
    return on


class HeldForm(forms.Form):
    """Something held on a day for an area; whoever works in one township is not asked which."""

    def __init__(self, *args: Any, areas: QuerySet[Area], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.only = areas.first() if areas.count() == 1 else None
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        if self.only:
            del self.fields["area"]

    def clean_held_on(self) -> date:
        return not_ahead(self.cleaned_data["held_on"], self.today)

    def told(self, names: Iterable[str]) -> dict[str, Any]:
        """What was typed in these fields, the area with it."""
        typed = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return {"area": self.only} | typed
