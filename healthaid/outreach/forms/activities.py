"""What is typed about an activity, and what each unit scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.base.forms import ChosenField
from core.clinics.models import Institution
from healthaid.outreach.forms.fields import HeldForm, day_field, words
from healthaid.outreach.kinds import ActivityKind, activity_kinds
from healthaid.outreach.models import ActivityEntry
from healthaid.outreach.queries.activities import areas_that_hold
from healthaid.outreach.services.activities import ActivityWanted, Result


def kind_choices() -> list[tuple[str, str]]:
    language = get_language() or "zh-hans"
    return [(code, kind.label.get(language)) for code, kind in activity_kinds().items()]


class ActivityForm(HeldForm):
    area = ChosenField(label=_("Held for"), queryset=Area.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Activity"))
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = day_field(_("Held on"))
    organiser = forms.CharField(label=_("Organised by"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=words(3))

    def __init__(self, *args: Any, user: User, today: date, **more: Any) -> None:
        first = {"initial": {"held_on": today}, **more}
        super().__init__(*args, areas=areas_that_hold(user), today=today, **first)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    @property
    def wanted(self) -> ActivityWanted:
        return ActivityWanted(**self.told(self.cleaned_data))


@dataclass(frozen=True)
class Row:
    """The fields of one unit."""

    unit: Institution
    score: forms.BoundField
    contestant: forms.BoundField
    plaque_on: forms.BoundField | None


class ResultsForm(forms.Form):
    """A row for each unit that may take part; a unit without a score has not taken part."""

    def __init__(
        self,
        *args: Any,
        kind: ActivityKind,
        units: Iterable[Institution],
        entries: Iterable[ActivityEntry],
        **more: Any,
    ) -> None:
        self.units, self.graded, self.full = list(units), bool(kind.grades), kind.full
        first = {
            f"{name}_{entry.institution_id}": getattr(entry, name)
            for entry in entries
            for name in ("score", "contestant", "plaque_on")
        }
        super().__init__(*args, **{"initial": first, **more})
        for unit in self.units:
            self._add_row(unit)

    def _add_row(self, unit: Institution) -> None:
        self.fields[f"score_{unit.pk}"] = forms.DecimalField(
            label=_("Score of %(unit)s") % {"unit": unit.name},
            min_value=Decimal(0),
            max_value=self.full,
            max_digits=5,
            decimal_places=1,
            required=False,
            widget=forms.NumberInput(attrs={"class": "input-short", "step": "0.1", "inputmode": "decimal"}),
        )
        self.fields[f"contestant_{unit.pk}"] = forms.CharField(
            label=_("Contestant of %(unit)s") % {"unit": unit.name}, max_length=60, required=False
        )
        if self.graded:
            label = _("Plaque of %(unit)s put up on") % {"unit": unit.name}
            self.fields[f"plaque_on_{unit.pk}"] = day_field(label, required=False)

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                unit,
                self[f"score_{unit.pk}"],
                self[f"contestant_{unit.pk}"],
                self[f"plaque_on_{unit.pk}"] if self.graded else None,
            )
            for unit in self.units
        ]

    @property
    def results(self) -> list[Result]:
        told = self.cleaned_data
        return [
            Result(unit, score, told[f"contestant_{unit.pk}"], told.get(f"plaque_on_{unit.pk}"))
            for unit in self.units
            if (score := told[f"score_{unit.pk}"]) is not None
        ]
