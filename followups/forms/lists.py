"""By which village or team a list of contracts is narrowed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from followups.forms.teams import OneVillage
from followups.models import Team
from followups.queries.teams import townships_and_villages, visible_teams


class PlaceFilter(forms.Form):
    """A village or team that cannot be read narrows nothing."""

    village = OneVillage(label=_("Village"), queryset=None, required=False, empty_label=_("All villages"))
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("All teams")
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = townships_and_villages(user)  # type: ignore[attr-defined]
        self.fields["team"].queryset = visible_teams(user).order_by("area__code", "name")  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        """The village or team, if one is chosen and lies in the user's area."""
        if not self.is_bound or self.errors.get(name):
            return None
        return self.cleaned_data.get(name)

    def narrowed(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The contracts of the chosen village and team."""
        for name in ("village", "team"):
            found = found.filter(**{name: self.chosen(name)}) if self.chosen(name) else found
        return found


class ChosenForm(forms.Form):
    """Which rows of the page; `all` takes the whole filtered list."""

    contract = forms.TypedMultipleChoiceField(coerce=int, required=False)
    all = forms.BooleanField(required=False)

    def __init__(self, *args: Any, offered: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["contract"].choices = [(pk, pk) for pk in offered]  # type: ignore[attr-defined]
