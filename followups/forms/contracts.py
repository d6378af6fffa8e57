"""What is typed when a contract is prepared, signed, photographed, moved or ended."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from followups.choices import GuardianReason, SignedBy, SignerRelation
from followups.forms.teams import VillageChoice
from followups.models import Team
from followups.packages import all_packages
from followups.queries.signers import ways_to_sign
from followups.queries.teams import teams_serving, townships_and_villages, visible_teams


class SignatureForm(forms.Form):
    """`why`: why the person does not sign alone; only the ways that are open are offered."""

    signed_by = forms.ChoiceField(label=_("Who signs?"), widget=forms.RadioSelect)
    signer_name = forms.CharField(
        label=_("Name of the guardian"),
        max_length=40,
        required=False,
        help_text=_("Where a guardian signs for a minor or a person who cannot."),
    )
    signer_relation = forms.ChoiceField(
        label=_("What the guardian is to the person"),
        choices=[("", "—"), *SignerRelation.choices],
        required=False,
    )

    def __init__(self, *args: Any, why: GuardianReason | None, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = ways_to_sign(why)
        self.fields["signed_by"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]
        self.fields["signed_by"].initial = ways[0].value
        if ways == (SignedBy.GUARDIAN,):
            self.fields["signer_name"].required = True
            self.fields["signer_relation"].required = True


class TermsForm(forms.Form):
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none())
    package = forms.ChoiceField(label=_("Package"))
    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, village: Area, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "zh-hans"
        self.fields["team"].queryset = teams_serving(village)  # type: ignore[attr-defined]
        self.fields["package"].choices = [  # type: ignore[attr-defined]
            (code, package.title.get(language)) for code, package in all_packages().items()
        ]


class ContractForm(TermsForm, SignatureForm):
    """Terms and signature on one page."""

    field_order = ("team", "package", "since", "signed_by", "signer_name", "signer_relation")


class EndContractForm(forms.Form):
    reason = forms.CharField(label=_("Why does the contract end?"), max_length=60)


class MoveForm(forms.Form):
    """From one team to another: whole villages here, chosen persons on the team's page."""

    villages = VillageChoice(
        label=_("Contracts of which villages"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    to_team = forms.ModelChoiceField(label=_("To which team"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("Stays on record with every contract that is moved.")
    )

    def __init__(self, *args: Any, user: User, team: Team, persons: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        others: QuerySet[Any] = visible_teams(user).filter(closed_on=None).exclude(pk=team.pk)
        self.fields["to_team"].queryset = others.order_by("area__code", "name")  # type: ignore[attr-defined]
        served = townships_and_villages(user).filter(pk__in=team.contracts.values("village"))
        self.fields["villages"].queryset = served  # type: ignore[attr-defined]
        if persons:
            del self.fields["villages"]
