"""Days and running text as the forms of this app ask for them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **more)


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def not_ahead(on: date, today: date) -> date:
    """:raises ValidationError: for a day that is still to come."""
    if on > today:
        raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
    return on
