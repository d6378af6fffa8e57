"""What is typed about policies: the usual numbers as fields, the whole as text, documents, decisions."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from claims.models import PolicyVersion
from claims.policy.reading import PolicyProblem
from claims.queries.policies.checking import checked
from claims.services.policies import DocumentWanted
from claims.services.policies.rewriting import Value, value_at, with_values
from core.base.forms import ChosenField, PaperField

if TYPE_CHECKING:
    from claims.presenters.policies.places import Group, Place

HUNDRED = Decimal(100)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    messages = {"invalid": _("Write the day as 2026-01-31."), "required": _("Choose a day.")}
    return forms.DateField(
        label=label, required=required, widget=DayInput, error_messages=messages, help_text=help_text
    )


class Versions(ChosenField):
    """`named` gives the words of each version."""

    named: Any = str

    def label_from_instance(self, obj: Any) -> str:
        return str(self.named(obj))


class StartForm(forms.Form):
    """Where a draft begins: `version-7` or `library-yuetang_2019`."""

    source = forms.ChoiceField(
        label=_("Begin with"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where to begin."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        self.fields["source"].initial = sources[0][0] if sources else None


def _documents(found: Any) -> ChosenField:
    return ChosenField(
        label=_("Document it rests on"),
        queryset=found,
        required=False,
        empty_label=_("not chosen yet"),
        error_messages={"invalid_choice": _("Choose a document from the list.")},
    )


class _Draft(forms.Form):
    """What both ways of editing share."""

    document: Any
    note = forms.CharField(
        label=_("What changed"),
        max_length=300,
        required=False,
        help_text=_("Shown in the list of versions, for example: backstop raised to 92 %."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, documents: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["document"] = _documents(documents)


class TextForm(_Draft):
    text = forms.CharField(
        label=_("Text of the policy"),
        widget=forms.Textarea(
            attrs={"rows": 28, "spellcheck": "false", "wrap": "off", "class": "policy-text"}
        ),
        strip=False,
        error_messages={"required": _("The text is empty. Begin with a policy from the library.")},
    )
    field_order = ("text", "document", "note")


class NumbersForm(_Draft):
    """One field for each number of the text. A number of another kind is told beside its field."""

    def __init__(self, *args: Any, text: str, groups: "list[Group]", **more: Any) -> None:
        super().__init__(*args, **more)
        self.text = text
        self.raw = tomllib.loads(text, parse_float=Decimal)
        self.groups = groups
        self.places = {_name(place): place for group in self.groups for place in group.places}
        for name, place in self.places.items():
            self.fields[name] = _number(place, value_at(self.raw, place.path))
        self.fields["valid_from"] = day_field(_("First day in force"))
        self.fields["valid_from"].initial = self.raw["policy"]["valid_from"]
        self.new_text = text

    def grouped(self) -> Iterator[tuple["Group", list[tuple[Any, str]]]]:
        """Each group with its fields and their units."""
        for group in self.groups:
            yield group, [(self[_name(place)], place.unit) for place in group.places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._write(cleaned)
        return cleaned

    def _write(self, cleaned: dict[str, Any]) -> None:
        wanted: dict[tuple[str | int, ...], Value] = {("policy", "valid_from"): cleaned["valid_from"]}
        for name, place in self.places.items():
            wanted[place.path] = _plain(place, cleaned[name])
        try:
            self.new_text = with_values(self.text, wanted)
        except (KeyError, ValueError):
            self.add_error(None, _("This number cannot be changed by itself. Change it in the text."))
            return
        for problem in checked(self.new_text).problems:
            self._tell(problem)

    def _tell(self, problem: PolicyProblem) -> None:
        """Beside the field whose number it is, else above the form with its line."""
        language = get_language() or "zh-hans"
        words = f"{problem.message.get(language)} {problem.remedy.get(language)}"
        for name, place in self.places.items():
            if _as_told(place.path) == problem.path:
                self.add_error(name, words)
                return
        if problem.path == "policy.valid_from":
            self.add_error("valid_from", words)
        else:
            self.add_error(None, f"{problem.path}: {words}")


def _name(place: "Place") -> str:
    return "-".join(map(str, place.path))


def _as_told(path: tuple[str | int, ...]) -> str:
    """layers[2].rate, as problems name a place."""
    told = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return told.removeprefix(".")


def _plain(place: "Place", typed: Decimal | None) -> Decimal | None:
    return typed / HUNDRED if typed is not None and place.is_percent else typed


def _number(place: "Place", now: Any) -> forms.DecimalField:
    wrong = (
        _("Write per cent as a number, for example 90.")
        if place.is_percent
        else _("Write yuan as a number, for example 12000.")
    )
    field = _Number(
        label=place.label,
        required=not place.is_optional,
        error_messages={"invalid": wrong, "required": _("Write a number. For nothing, write 0.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short number"}),
    )
    field.place = place
    if now is not None:
        shown = Decimal(now) * HUNDRED if place.is_percent else Decimal(now)
        field.initial = f"{shown.normalize():f}"
    return field


class _Number(forms.DecimalField):
    """1,200 and ９０ are read as people type them."""

    place: "Place"

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace(" ", "").rstrip("%％元")
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.place.is_percent and abs(value) > HUNDRED:
            raise ValidationError(
                _("%(value)s %% is more than the whole. Write at most 100."), params={"value": value}
            )
        if self.place.is_share and 0 < value < 2:
            raise ValidationError(
                _("%(value)s %% can hardly be meant. Write per cent: 90 for nine tenths, at most 100."),
                params={"value": value},
            )
        if value < 0 and self.place.path[-1] != "rate_plus":
            raise ValidationError(_("This cannot be below zero."))
        if -value.normalize().as_tuple().exponent > (4 if self.place.is_percent else 2):
            raise ValidationError(_("That is too exact. Fewer places are enough."))


class ApproveForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    read = forms.BooleanField(
        label=_("I have read what it says and what it changes, and compared it with the document."),
        error_messages={"required": _("Read the version and compare it with its document first.")},
    )


class RetireForm(forms.Form):
    ends_on = day_field(_("First day on which it holds no longer"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say why it is taken out of force.")},
    )


class CompareForm(forms.Form):
    against = Versions(
        label=pgettext_lazy("policies", "Compared with"),
        queryset=PolicyVersion.objects.none(),
        empty_label=None,
        required=False,
    )

    def __init__(self, *args: Any, others: Any, named: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["against"]
        chosen.queryset, chosen.named = others, named


class DocumentForm(forms.Form):
    """The head of a document and its scan."""

    number = forms.CharField(label=_("Document number"), max_length=60)
    title = forms.CharField(label=_("Document title"), max_length=160)
    issuer = forms.CharField(label=_("Issued by"), max_length=120)
    issued_on = day_field(_("Issued on"))
    valid_from = day_field(_("Valid from"))
    valid_to = day_field(_("Valid to"), required=False, help_text=_("Its last day, if it has one."))
    file = PaperField(required=False, label=_("Scan of the document"))

    def wanted(self) -> DocumentWanted:
        return DocumentWanted(**{name: self.cleaned_data[name] for name in self.fields if name != "file"})
