"""What is typed about a case: its doctors, the plan, the treatment, the closing."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.base.forms import ChosenField
from core.clinics.models import Institution, Practitioner
from followups.case_choices import CareLevel, CloseReason, Stage, TreatmentStatus, WhyNot
from followups.forms.papers import WithPaper
from followups.forms.teams import PractitionerChoice
from followups.models import CarePlan, MajorCase
from followups.queries.cases.coverage import towns_of
from followups.queries.cases.doctors import Doctors, hospitals_for, possible_doctors
from households.models import Condition

TWO_LINES = {"rows": 2}
THREE_LINES = {"rows": 3}


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class CaseFilter(forms.Form):
    """Beside the tabs: which town, which published list."""

    LISTS: ClassVar[list[tuple[str, Any]]] = [
        ("", pgettext_lazy("lists", "all")),
        ("11", _("11 diseases")),
        ("30", _("30 diseases")),
    ]

    town = ChosenField(
        label=_("Town"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=pgettext_lazy("towns", "all"),
    )
    listed = forms.ChoiceField(
        label=_("List"),
        required=False,
        choices=LISTS,
    )
    show = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["town"].queryset = towns_of(user)  # type: ignore[attr-defined]


class OpenForm(WithPaper):
    condition = ChosenField(
        label=_("Which disease?"),
        queryset=Condition.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        widget=forms.Textarea(attrs=THREE_LINES),
        help_text=_("Discharge note, pathology report, certificate of the disease: which, of what day."),
    )

    def __init__(self, *args: Any, conditions: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["condition"]
        field.queryset = conditions
        field.label_from_instance = lambda condition: str(condition.disease)


class OpenAllForm(forms.Form):
    catalogue = forms.CharField(widget=forms.HiddenInput, required=False)
    evidence = forms.CharField(
        label=_("Where the diagnoses come from"),
        max_length=300,
        widget=forms.Textarea(attrs=TWO_LINES),
        help_text=_("For example: the county's survey of 12 March, checked against discharge notes."),
    )


class DoctorsForm(WithPaper):
    """The three of one case; who is named already stands there."""

    county = PractitionerChoice(label=capfirst(CareLevel.COUNTY.label), queryset=None, required=False)
    township = PractitionerChoice(label=capfirst(CareLevel.TOWNSHIP.label), queryset=None, required=False)
    village = PractitionerChoice(label=capfirst(CareLevel.VILLAGE.label), queryset=None, required=False)
    on = day_field(_("From"))

    def __init__(self, *args: Any, case: MajorCase, doctors: Doctors, on: date, **more: Any) -> None:
        named = {level: charge.practitioner_id for level, charge in doctors.items()}
        super().__init__(*args, **{"initial": {**named, "on": on}, **more})
        for level in CareLevel.values:
            field: Any = self.fields[level]
            field.queryset = possible_doctors(case, level, on) | Practitioner.objects.filter(
                pk=named.get(level, 0)
            ).select_related("institution")
            field.empty_label = _("nobody yet")

    def chosen(self) -> dict[str, Practitioner]:
        """The levels somebody is chosen for."""
        given = {level: self.cleaned_data.get(level) for level in CareLevel.values}
        return {level: doctor for level, doctor in given.items() if doctor}


class PlanForm(WithPaper):
    goals = forms.CharField(
        label=_("What is to be reached"), max_length=300, widget=forms.Textarea(attrs=TWO_LINES)
    )
    treatment = forms.CharField(
        label=_("Treatment"), max_length=300, widget=forms.Textarea(attrs=THREE_LINES)
    )
    hospital = ChosenField(label=_("At which hospital"), queryset=Institution.objects.none())
    visits = forms.CharField(
        label=_("Visits: who comes how often"), max_length=200, widget=forms.Textarea(attrs=TWO_LINES)
    )
    medicines = forms.CharField(
        label=_("Medicines"), max_length=300, required=False, widget=forms.Textarea(attrs=TWO_LINES)
    )
    cost = forms.DecimalField(
        label=_("Expected cost (yuan)"),
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
    payers = forms.CharField(
        label=_("Who pays what"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs=TWO_LINES),
        help_text=_("In words the family understands: insurance, aid, and what is left to pay."),
    )
    change_reason = forms.CharField(
        label=_("What is changed, and why"), max_length=200, widget=forms.Textarea(attrs=TWO_LINES)
    )

    def __init__(self, *args: Any, case: MajorCase, newest: CarePlan | None, on: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": _as_typed(newest) if newest else {}, **more})
        planned = Institution.objects.filter(pk=newest.hospital_id if newest else 0)
        self.fields["hospital"].queryset = hospitals_for(case.county_id, on) | planned.distinct()  # type: ignore[attr-defined]
        if newest is None:
            del self.fields["change_reason"]


def _as_typed(plan: CarePlan) -> dict[str, Any]:
    names = ("goals", "treatment", "hospital", "visits", "medicines", "cost", "payers")
    return {name: getattr(plan, name) for name in names}


class TreatmentForm(WithPaper):
    status = forms.ChoiceField(
        label=_("How does the treatment stand?"), choices=TreatmentStatus.choices, widget=forms.RadioSelect
    )
    happened_on = day_field(_("Since or on"))
    hospital = ChosenField(
        label=_("At which hospital"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("another one, or none"),
    )
    place = forms.CharField(label=_("Name of another hospital"), max_length=80, required=False)
    why_not = forms.ChoiceField(
        label=_("If not treated: why?"), choices=WhyNot.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, case: MajorCase, on: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"happened_on": on}, **more})
        self.fields["hospital"].queryset = hospitals_for(case.county_id, on)  # type: ignore[attr-defined]


class ClosingForm(WithPaper):
    reason = forms.ChoiceField(
        label=_("Why is it closed?"), choices=CloseReason.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        widget=forms.Textarea(attrs=THREE_LINES),
        help_text=_("Re-examination, discharge note, the person's signed statement: which, of what day."),
    )

    def __init__(self, *args: Any, case: MajorCase, **more: Any) -> None:
        super().__init__(*args, **more)
        if case.stage != Stage.TREATING:
            gone = (CloseReason.DIED, CloseReason.MOVED)
            self.fields["reason"].choices = [(each.value, each.label) for each in gone]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Is it closed?"),
        choices=[("approve", _("Yes, the evidence is enough")), ("return", _("No, it goes back"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("If it goes back: why, and what is missing"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("decision") == "return" and not given.get("note"):
            self.add_error("note", ValidationError(_("Write down why the closing is returned.")))
        return given


class RelapseForm(WithPaper):
    evidence = forms.CharField(
        label=_("What shows the relapse"), max_length=300, widget=forms.Textarea(attrs=TWO_LINES)
    )


class TownForm(forms.Form):
    """划片包干: which hospital answers for which town."""

    township = ChosenField(label=_("Town"), queryset=Area.objects.none())
    hospital = ChosenField(label=_("Hospital"), queryset=Institution.objects.none())

    def __init__(self, *args: Any, user: User, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        county = user.area.county_id or 0
        self.fields["township"].queryset = towns_of(user)  # type: ignore[attr-defined]
        self.fields["hospital"].queryset = hospitals_for(county, on)  # type: ignore[attr-defined]
