"""What is typed about cases, rounds and letters."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, Level, User
from core.accounts.queries import areas_below
from core.base.forms import ChosenField
from households.identification_choices import How, Result, RoundKind
from households.models import Catalogue, CatalogueEntry, Disease
from households.queries.identification.cases import villages_of
from households.queries.identification.catalogues import catalogues_on, entries_on

YES, NO = "yes", "no"


def _words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CaseFilter(forms.Form):
    """A village that cannot be read narrows nothing."""

    village = ChosenField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages_of(user)  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        return self.cleaned_data.get("village") if self.is_bound and self.is_valid() else None


class OpinionForm(forms.Form):
    """The usual words of agreement stand there already; whoever disagrees writes own ones."""

    agrees = forms.ChoiceField(
        label=pgettext_lazy("form", "Your opinion"),
        choices=[(YES, pgettext_lazy("opinion", "Agree")), (NO, pgettext_lazy("opinion", "Disagree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you agree.")},
    )
    grounds = forms.CharField(
        label=_("grounds"),
        initial=_("Checked, the facts are right; agreed."),
        max_length=300,
        widget=_words(),
        help_text=_("Based on what: papers seen, a talk at home, the register. It stays with the case."),
        error_messages={"required": _("Write down what the opinion rests on.")},
    )
    turn = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("agrees") == NO and cleaned.get("grounds") == str(self.fields["grounds"].initial):
            self.add_error("grounds", _("Write down why you do not agree."))
        return cleaned

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["agrees"] == YES)


class CountyOpinionForm(OpinionForm):
    sets_cause = forms.BooleanField(
        label=_("Illness becomes the household's main cause of poverty"), required=False
    )
    cause_from = forms.DateField(label=_("main cause of poverty from"), required=False, widget=_day())
    cause_reason = forms.CharField(
        label=_("why illness is the main cause"), max_length=200, required=False, widget=_words()
    )

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cause_from"].initial = on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("sets_cause"):
            if not cleaned.get("cause_from"):
                self.add_error("cause_from", _("Fill in the day."))
            if not cleaned.get("cause_reason"):
                self.add_error("cause_reason", _("Write down why illness is the main cause."))
        return cleaned


class CauseForm(forms.Form):
    since = forms.DateField(label=_("main cause of poverty from"), widget=_day())
    reason = forms.CharField(label=_("why illness is the main cause"), max_length=200, widget=_words())

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["since"].initial = on


class EntryField(ChosenField):
    def label_from_instance(self, entry: Any) -> str:
        return f"{entry.name} · {entry.catalogue.code}"


class NewCaseForm(forms.Form):
    entry = EntryField(
        label=_("disease"),
        queryset=CatalogueEntry.objects.none(),
        empty_label=_("choose a disease of a list"),
    )
    grounds = forms.CharField(
        label=_("grounds"),
        max_length=300,
        widget=_words(3),
        help_text=_("Which papers show it: hospital, year, diagnosis."),
    )

    def __init__(self, *args: Any, user: User, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["entry"].queryset = entries_on(user, on)  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("round", "name"), max_length=60, help_text=_("For example: spring 2026.")
    )
    kind = forms.ChoiceField(label=_("kind"), choices=RoundKind.choices, widget=forms.RadioSelect)
    area = ChosenField(label=_("area"), queryset=Area.objects.none())
    catalogue = ChosenField(label=_("list of diseases"), queryset=Catalogue.objects.none())
    opens_on = forms.DateField(label=_("first day"), widget=_day())
    due_on = forms.DateField(label=_("to be finished by"), widget=_day())
    grounds = forms.CharField(
        label=_("grounds"),
        max_length=200,
        widget=_words(),
        help_text=_("The document or the reason, with its number."),
    )

    def __init__(self, *args: Any, user: User, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        places = areas_below(user).filter(level__in=[Level.COUNTY, Level.TOWNSHIP])
        self.fields["area"].queryset = places  # type: ignore[attr-defined]
        self.fields["area"].initial = user.area_id
        self.fields["catalogue"].queryset = catalogues_on(user, on)  # type: ignore[attr-defined]
        self.fields["kind"].initial = RoundKind.SWEEP
        self.fields["opens_on"].initial = on


class PlaceFilter(forms.Form):
    """A village that cannot be read narrows nothing."""

    village = ChosenField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    result = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        return self.cleaned_data.get("village") if self.is_bound and self.is_valid() else None


class DiseasesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The diseases of a round by the names its list prints."""

    names: dict[int, str]

    def label_from_instance(self, disease: Any) -> str:
        return self.names.get(disease.pk, str(disease))


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label=_("result"),
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the result.")},
    )
    diseases = DiseasesField(
        label=_("diseases"),
        queryset=Disease.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where something is suspected or found."),
    )
    note = forms.CharField(
        label=_("What shows it"),
        max_length=200,
        required=False,
        widget=_words(),
        help_text=_("Papers, hospital, year. It becomes the grounds of the case."),
    )
    how = forms.ChoiceField(label=_("how it is known"), choices=How.choices, initial=How.HOME)

    def __init__(self, *args: Any, names: dict[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["diseases"].names = names  # type: ignore[attr-defined]
        self.fields["diseases"].queryset = Disease.objects.filter(pk__in=names)  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """`offices` are the addressees that have not been told of something."""

    office = forms.ChoiceField(
        label=_("addressee"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom the letter goes.")},
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    received_by = forms.CharField(label=_("received by"), max_length=40, help_text=_("Who signed for it."))
    received_on = forms.DateField(label=_("received on"), widget=_day())

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["received_on"].initial = on


class EditionForm(forms.Form):
    """An edition of the county's own list, with its table."""

    code = forms.CharField(label=_("short name"), max_length=10, help_text=_("For example 48+45."))
    title = forms.CharField(label=_("title"), max_length=80)
    document = forms.CharField(label=_("document"), max_length=120, required=False)
    issuer = forms.CharField(label=_("issuer"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("valid from"), widget=_day())
    file = forms.FileField(
        label=_("Table of the list"),
        help_text=_("Excel (.xlsx) or CSV with the columns 序号, 病种名称, 分组, ICD-10, 病种代码."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["valid_from"].initial = on

    @staticmethod
    def dated(told: dict[str, Any]) -> dict[str, Any]:
        """What was signed away for the second step, with its day as a day again."""
        return told | {"valid_from": date.fromisoformat(told["valid_from"])}
