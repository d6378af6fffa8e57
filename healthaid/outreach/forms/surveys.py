"""What is typed to open a survey, and what a household answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.base.forms import ChosenField
from healthaid.outreach.choices import AnsweredBy, WhyNotAsked
from healthaid.outreach.forms.fields import day_field, not_ahead
from healthaid.outreach.kinds import Edition
from healthaid.outreach.models import SurveyHome
from healthaid.outreach.queries.surveys import areas_to_survey
from healthaid.outreach.services.surveys import SurveyWanted

ALL, SAMPLE = "all", "sample"
WHOM = [(SAMPLE, _("a sample drawn in each village")), (ALL, _("every registered household"))]
USUAL_SAMPLE = 20


class SurveyForm(forms.Form):
    """Whoever works in one village is not asked where. Of an empty number, the usual sample is drawn."""

    area = ChosenField(label=_("Where"), queryset=Area.objects.none(), empty_label=None)
    name = forms.CharField(label=pgettext_lazy("round", "name"), max_length=60)
    opens_on = day_field(_("First day"))
    due_on = day_field(_("To be finished by"))
    whom = forms.ChoiceField(label=_("Who is asked"), choices=WHOM, initial=SAMPLE, widget=forms.RadioSelect)
    per_village = forms.IntegerField(
        label=_("Households drawn in each village"),
        min_value=1,
        max_value=1000,
        required=False,
        initial=USUAL_SAMPLE,
        help_text=_(
            "A village with fewer is asked as a whole. Chance draws them, and the draw can be repeated."
        ),
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: User, today: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"area": user.area, "opens_on": today}, **more})
        self.fields["area"].queryset = areas_to_survey(user)  # type: ignore[attr-defined]

    def wanted(self, seed: str) -> SurveyWanted:
        told = self.cleaned_data
        shared = {name: told[name] for name in ("area", "name", "opens_on", "due_on")}
        number = (told["per_village"] or USUAL_SAMPLE) if told["whom"] == SAMPLE else None
        return SurveyWanted(**shared, per_village=number, seed=seed if number else "")


class AnswersForm(forms.Form):
    """The questions of an edition one below the other, and who answered."""

    answered_by = forms.ChoiceField(
        label=_("Who gives the answers"),
        choices=AnsweredBy.choices,
        initial=AnsweredBy.HEAD,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, edition: Edition, home: SurveyHome, today: date, **more: Any) -> None:
        first = {**(home.answers or {}), "on": (home.answers and home.asked_on) or today}
        if home.answered_by:
            first["answered_by"] = home.answered_by
        super().__init__(*args, **{"initial": first, **more})
        self.today = today
        language = get_language() or "zh-hans"
        for question in edition.questions:
            self.fields[question.code] = forms.ChoiceField(
                label=question.label.get(language),
                choices=[(option.code, option.label.get(language)) for option in question.options],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        self.fields["on"] = day_field(_("Asked on"))
        self.questions = [question.code for question in edition.questions]

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)

    @property
    def told(self) -> dict[str, Any]:
        """What the service wants to know."""
        answers = {code: self.cleaned_data[code] for code in self.questions}
        return {
            "answers": answers,
            "answered_by": self.cleaned_data["answered_by"],
            "on": self.cleaned_data["on"],
        }


class NotAskedForm(forms.Form):
    why_not = forms.ChoiceField(
        label=_("Why"),
        choices=WhyNotAsked.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )


class VillageFilter(forms.Form):
    """A village that cannot be read narrows nothing."""

    village = ChosenField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def chosen(self) -> Area | None:
        return self.cleaned_data.get("village") if self.is_bound and self.is_valid() else None
