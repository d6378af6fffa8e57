"""What is typed from a signed pledge: its head, and a row for each target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.base.forms import ChosenField, PaperField
from core.clinics.models import Institution
from healthaid.reports.forms.figures import DayInput
from healthaid.reports.indicators import INDICATORS, Shows
from healthaid.reports.models import Pledge
from healthaid.reports.queries.pledges import areas_that_pledge, institutions_that_pledge
from healthaid.reports.services.pledges import PledgeWanted, TargetWanted

ROWS, SPARE, POINTS = 8, 2, 10
MOST_SHARE = Decimal(100)


@dataclass(frozen=True)
class Row:
    """The three fields of one target."""

    number: int
    indicator: forms.BoundField
    value: forms.BoundField
    weight: forms.BoundField


class PledgeForm(forms.Form):
    """Either an area or an institution; rows left empty are no targets."""

    area = ChosenField(
        label=pgettext_lazy("pledge", "Area"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("an institution, see below"),
    )
    institution = ChosenField(
        label=_("Institution"), queryset=Institution.objects.none(), required=False, empty_label=_("none")
    )
    year = forms.IntegerField(label=_("Year"), min_value=2015, max_value=2100)
    signer = forms.CharField(label=_("Signed by"), max_length=40)
    signed_with = forms.CharField(
        label=_("Signed to"),
        max_length=80,
        help_text=_("Who holds the unit to it, for example the county government."),
    )
    signed_on = forms.DateField(label=_("Signed on"), input_formats=["%Y-%m-%d"], widget=DayInput)
    file = PaperField(label=_("The signed pledge"), required=False)

    def __init__(
        self, *args: Any, user: User, today: date, pledge: Pledge | None = None, **more: Any
    ) -> None:
        first = _of(pledge) if pledge else _suggested(today)
        super().__init__(*args, **{"initial": first, **more})
        self.today = today
        self.fields["area"].queryset = areas_that_pledge(user)  # type: ignore[attr-defined]
        self.fields["institution"].queryset = institutions_that_pledge(user)  # type: ignore[attr-defined]
        given = sum(1 for name in first if name.startswith("indicator_"))
        self.numbers = range(1, max(ROWS, given + SPARE) + 1)
        for number in self.numbers:
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        self.fields[f"indicator_{number}"] = forms.ChoiceField(
            label=_("Indicator %(number)s") % {"number": number},
            choices=[("", "—"), *_choices()],
            required=False,
        )
        self.fields[f"value_{number}"] = forms.DecimalField(
            label=_("Target"), min_value=0, max_digits=10, decimal_places=2, required=False
        )
        self.fields[f"weight_{number}"] = forms.IntegerField(
            label=_("Points"), min_value=1, max_value=100, required=False
        )

    @property
    def head(self) -> list[forms.BoundField]:
        return [
            self[name]
            for name in ("area", "institution", "year", "signer", "signed_with", "signed_on", "file")
        ]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(number, self[f"indicator_{number}"], self[f"value_{number}"], self[f"weight_{number}"])
            for number in self.numbers
        ]

    def clean_signed_on(self) -> date:
        on: date = self.cleaned_data["signed_on"]
        if on > self.today:
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("area")) == bool(cleaned.get("institution")) and not (
            self.has_error("area") or self.has_error("institution")
        ):
            self.add_error("area", _("Choose an area or an institution, one of the two."))
        seen: set[str] = set()
        for number in self.numbers:
            self._clean_row(number, cleaned, seen)
        return cleaned

    def _clean_row(self, number: int, cleaned: dict[str, Any], seen: set[str]) -> None:
        code, value = cleaned.get(f"indicator_{number}"), cleaned.get(f"value_{number}")
        if not code and value is not None:
            self.add_error(f"indicator_{number}", _("Choose what the target is about, or empty the row."))
        if not code or self.has_error(f"value_{number}"):
            return
        if value is None:
            self.add_error(f"value_{number}", _("Write the target, or empty the row."))
        elif INDICATORS[code].shows == Shows.SHARE and value > MOST_SHARE:
            self.add_error(f"value_{number}", _("A share is 100 % at most."))
        if code in seen:
            self.add_error(f"indicator_{number}", _("This indicator stands in a row above already."))
        seen.add(code)

    @property
    def wanted(self) -> PledgeWanted:
        told = self.cleaned_data
        institution = told["institution"]
        head = {name: told[name] for name in ("year", "signer", "signed_with", "signed_on")}
        return PledgeWanted(
            area=institution.area if institution else told["area"], institution=institution, **head
        )

    @property
    def targets(self) -> list[TargetWanted]:
        told = self.cleaned_data
        return [
            TargetWanted(code, told[f"value_{number}"], told.get(f"weight_{number}") or POINTS)
            for number in self.numbers
            if (code := told.get(f"indicator_{number}"))
        ]


def _choices() -> Iterable[tuple[str, Any]]:
    """Figures that only health staff see are no matter of a pledge that everybody reads."""
    open_to_all = [one for one in INDICATORS.values() if not one.health_only]
    return [(one.code, one.name) for one in open_to_all]


def _suggested(today: date) -> dict[str, Any]:
    """The targets that the documents themselves name."""
    named = [one for one in INDICATORS.values() if one.target is not None and not one.health_only]
    rows = [(one.code, Decimal(one.target or 0), POINTS) for one in named]
    return {"year": today.year, "signed_on": today, **_in_rows(rows[:ROWS])}


def _of(pledge: Pledge) -> dict[str, Any]:
    head = {name: getattr(pledge, name) for name in ("year", "signer", "signed_with", "signed_on")}
    unit = {"institution": pledge.institution} if pledge.institution else {"area": pledge.area}
    rows = [(one.indicator, one.value.normalize(), one.weight) for one in pledge.targets.order_by("pk")]
    return {**head, **unit, **_in_rows(rows)}


def _in_rows(rows: list[tuple[str, Decimal, int]]) -> dict[str, Any]:
    return {
        f"{name}_{number}": value
        for number, (code, target, points) in enumerate(rows, start=1)
        for name, value in (("indicator", code), ("value", f"{target:f}"), ("weight", points))
    }
