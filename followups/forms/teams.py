"""What officers type about teams and the villages they serve."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.clinics.models import Institution
from followups.choices import Slot
from followups.models import Team
from followups.queries.teams import practitioners_near, townships_and_villages, visible_teams


class VillageChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Area) -> str:
        return f"{obj.parent.name} · {obj.name}" if obj.parent else obj.name


class OneVillage(forms.ModelChoiceField):
    def label_from_instance(self, obj: Area) -> str:
        return f"{obj.parent.name} · {obj.name}" if obj.parent else obj.name


class PractitionerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.institution.name}"


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=60)
    leader = PractitionerChoice(label=_("Leader (general practitioner)"), queryset=None)
    villages = VillageChoice(
        label=_("Villages it serves"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        leaders = practitioners_near(user).filter(is_general_practitioner=True)
        self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["villages"].queryset = townships_and_villages(user)  # type: ignore[attr-defined]

    @property
    def institution(self) -> Institution:
        found: Institution = self.cleaned_data["leader"].institution
        return found

    @property
    def area(self) -> Area:
        """The township of the first village: a team's name is unique within it."""
        village: Area = self.cleaned_data["villages"].first()
        return village.parent or village


class MemberForm(forms.Form):
    practitioner = PractitionerChoice(label=pgettext_lazy("member", "Who"), queryset=None)
    slot = forms.ChoiceField(label=_("Role in the team"), choices=Slot.choices)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"].queryset = practitioners_near(user)  # type: ignore[attr-defined]


class VillageSigningForm(forms.Form):
    village = OneVillage(label=_("Village"), queryset=None)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none())

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        teams: QuerySet[Any] = visible_teams(user).filter(closed_on=None).order_by("area__code", "name")
        self.fields["village"].queryset = townships_and_villages(user)  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        village, team = given.get("village"), given.get("team")
        if village and team and not team.villages.filter(pk=village.pk).exists():
            self.add_error("team", _("This team does not serve the village. Choose one that does."))
        return given
