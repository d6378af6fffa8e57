"""What is typed about a need: whose, what, until when; what was done; how it ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.base.ids import uuid7
from core.base.words import with_note
from followups.choices import NeedKind, NeedState, StepKind, WordMissing
from followups.forms.papers import WithPaper
from followups.models import Need
from households.models import Person

SATISFACTION = [
    ("5", _("very satisfied")),
    ("4", _("satisfied")),
    ("3", _("neither")),
    ("2", _("dissatisfied")),
    ("1", _("very dissatisfied")),
]
WHY_NOBODY_WAS_ASKED = [choice for choice in WordMissing.choices if choice[0] != WordMissing.BY_RESULT]
# What somebody writes into the log by hand; the other lines come by themselves.
BY_HAND = (StepKind.NOTE, StepKind.HOME, StepKind.HOSPITAL, StepKind.INSURER, StepKind.MONEY)


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OwnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return with_note(obj.get_full_name(), obj.get_role_display())


class NeedChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}：{obj.description[:60]}"


class NeedFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    owner = OwnerChoice(
        label=_("Followed up by"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )
    village = forms.ModelChoiceField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ("", _("all")),
            ("put_off", _("treatment put off because of the cost")),
            ("without_owner", _("nobody follows it up any more")),
        ],
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: QuerySet[Any], villages: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", _("all")), *NeedKind.choices]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]


class NeedForm(WithPaper):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    person = forms.ChoiceField(label=_("Whose need is it?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind?"), choices=NeedKind.choices, widget=forms.RadioSelect)
    description = forms.CharField(label=_("What is needed"), max_length=300, widget=words())
    quoted_amount = forms.DecimalField(
        label=_("What the hospital quoted"),
        required=False,
        min_value=1,
        max_digits=10,
        decimal_places=2,
        help_text=_("In yuan, also before there is any bill."),
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
    is_put_off = forms.BooleanField(label=_("Treatment is put off because of it"), required=False)
    due_on = forms.DateField(label=_("To be met by"), widget=day_input())
    owner = OwnerChoice(
        label=_("Followed up by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("the leader of the contracted team"),
    )
    is_sensitive = forms.BooleanField(
        label=_("Confidential: for health staff only"),
        required=False,
        help_text=_("For example about mental disorder, tuberculosis or HIV."),
    )

    def __init__(
        self, *args: Any, members: list[Person], owners: QuerySet[Any], on: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.on = on
        self.members = {str(member.uuid): member for member in members}
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(member.uuid), with_note(member.name, member.get_relation_display())) for member in members
        ]

    @property
    def member(self) -> Person:
        return self.members[self.cleaned_data["person"]]

    def clean_due_on(self) -> date:
        return _from_today(self.cleaned_data["due_on"], self.on)


class NeedWorkForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was done?"), initial=StepKind.NOTE, widget=forms.RadioSelect)
    note = forms.CharField(label=_("In a sentence or two"), max_length=300, widget=words())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].required = False
        self.fields["kind"].choices = [(kind, kind.label) for kind in BY_HAND]  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or StepKind.NOTE


class NeedPassForm(forms.Form):
    owner = OwnerChoice(label=_("Followed up from now on by"), queryset=User.objects.none())
    note = forms.CharField(label=_("Why?"), max_length=300, widget=words(2))

    def __init__(self, *args: Any, owners: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class NeedLaterForm(forms.Form):
    due_on = forms.DateField(label=_("New day"), widget=day_input())
    reason = forms.CharField(label=_("Why does it take longer?"), max_length=300, widget=words(2))

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.on = on

    def clean_due_on(self) -> date:
        return _from_today(self.cleaned_data["due_on"], self.on)


class NeedCloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(NeedState.MET, NeedState.MET.label), (NeedState.UNMET, NeedState.UNMET.label)],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label=_("What came of it"), max_length=300, widget=words())
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied is the person?"),
        choices=SATISFACTION,
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    person_says = forms.CharField(label=_("In the person's own words"), max_length=200, required=False)
    word_missing = forms.ChoiceField(
        label=_("If nobody could be asked: why?"),
        choices=[("", _("the person was asked")), *WHY_NOBODY_WAS_ASKED],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (given.get("satisfaction") or given.get("word_missing")):
            self.add_error("satisfaction", _("Ask the person, or say why that was not possible."))
        return given


class NeedJoinForm(forms.Form):
    into = NeedChoice(label=_("It is the same as"), queryset=Need.objects.none())

    def __init__(self, *args: Any, others: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    note = forms.CharField(max_length=200, required=False)


class VisitPhotographForm(WithPaper):
    """The photograph of a need that is noted with a visit; nothing to show without words."""

    def __init__(self, posted: Any, files: Any) -> None:
        super().__init__(posted, files, prefix="need")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("file") and not str(self.data.get("need_words", "")).strip():
            self.add_error("file", _("Write what is needed, too: the photograph belongs to a need."))
        return given


NEED_FIELDS = ("need_words", "need_person", "need_kind")


def need_of(posted: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the visit's own fields for a need; nothing where no words were written."""
    found = {name: str(posted.get(name, "")).strip() for name in NEED_FIELDS}
    return {name: value for name, value in found.items() if value} if found["need_words"] else {}


def need_fields(
    members: list[Person],
    visited: Person | None,
    posted: Mapping[str, Any],
    photograph: VisitPhotographForm | None = None,
) -> dict[str, Any]:
    """What the fields for a need on the visit's sheet are drawn from."""
    chosen = posted.get("need_person") or (visited.uuid if visited else "")
    return {
        "people": [
            (str(each.uuid), with_note(each.name, each.get_relation_display()), str(each.uuid) == str(chosen))
            for each in members
        ],
        "kinds": [(code, label, code == posted.get("need_kind")) for code, label in NeedKind.choices],
        "words": posted.get("need_words", ""),
        "photograph": photograph["file"] if photograph else None,
    }


def _from_today(day: date, on: date) -> date:
    if day < on:
        raise ValidationError(_("Choose today or a later day."))
    return day
