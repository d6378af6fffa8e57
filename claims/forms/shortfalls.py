"""Which bills below the target are shown."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import Care, WhoActs
from claims.queries.shortfalls import Narrowing
from claims.warnings.shortfalls import shortfalls
from core.accounts.models import Area, Level, User
from core.accounts.queries import areas_below
from core.clinics.models import Institution


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ShortfallFilter(forms.Form):
    """Settled between two days. A place, hospital or cause that cannot be read narrows nothing."""

    since = forms.DateField(label=_("Settled from"), required=False, widget=day_input())
    until = forms.DateField(label=_("to"), required=False, widget=day_input())
    care = forms.ChoiceField(label=_("Care"), required=False, choices=[("", _("all")), *Care.choices])
    area = forms.ModelChoiceField(
        label=_("Street or village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    hospital = forms.ModelChoiceField(
        label=_("Hospital"), queryset=Institution.objects.none(), required=False, empty_label=_("all")
    )
    who = forms.ChoiceField(
        label=_("Who must act"), required=False, choices=[("", _("all")), *WhoActs.choices]
    )
    cause = forms.CharField(required=False, widget=forms.HiddenInput)
    month = forms.RegexField(regex=r"^\d{4}-\d\d$", required=False, widget=forms.HiddenInput)
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User, on: date) -> None:
        self.first, self.on = date(on.year, 1, 1), on
        given = data.copy() if data else {}
        super().__init__({"since": self.first, "until": on, "care": Care.INPATIENT} | _plain(given))
        areas = areas_below(user).filter(level__in=[Level.TOWNSHIP, Level.VILLAGE])
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["hospital"].queryset = Institution.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("This day lies before the first one. Choose a later day."))
        return given

    def narrowing(self) -> Narrowing:
        """What was chosen; where a field is wrong, what it would be without it."""
        self.is_valid()
        given = self.cleaned_data
        cause = given.get("cause") or ""
        return Narrowing(
            from_on=given.get("since") or self.first,
            to_on=given.get("until") or self.on,
            care=given.get("care") or "",
            area=given.get("area"),
            hospital=given.get("hospital"),
            month=given.get("month") or "",
            cause=cause if cause in shortfalls().causes else "",
            who=given.get("who") or "",
        )


def _plain(given: Any) -> dict[str, str]:
    return {name: given.get(name) for name in given}
