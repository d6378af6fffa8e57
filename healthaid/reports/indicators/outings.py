"""Owed beside the visits: teams back in their villages, a paired doctor and a card for each household; what
it knows of the policy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Text, Unit


def _handed(code: str, name: Text, definition: Text, *, has: str, whole: str, source: str) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.HOUSEHOLDS,
        name=name,
        definition=definition,
        unit=Unit.HOUSEHOLDS,
        whole=whole,
        part=f"f.{has}",
        met=pgettext_lazy("side", "handed out"),
        missing=pgettext_lazy("side", "not handed out"),
        target=100,
        margin=10,
        source=source,
        shown_in_list="household",
    )


OUTINGS = (
    _handed(
        "cards_given",
        _("Contact cards handed out"),
        _("Registered households that hold a contact card on the date, out of all of them: one each."),
        has="has_card",
        whole="TRUE",
        source="DOMAIN A54",
    ),
    _handed(
        "policy_cards_given",
        _("Policy cards handed out"),
        _("Registered households that hold a policy card on the date, out of all of them: one each."),
        has="has_policy_card",
        whole="TRUE",
        source="DOMAIN A35, A95",
    ),
    _handed(
        "kits_given",
        _("Medicine kits handed out"),
        _(
            "Households whose main cause of poverty is illness that hold a medicine kit on the date whose "
            "contents have not run out, out of all of them."
        ),
        has="has_kit",
        whole="f.is_ill_caused",
        source="DOMAIN A56",
    ),
    Indicator(
        code="team_returns",
        fact=Fact.RETURNS,
        name=_("Teams back in their villages"),
        definition=_(
            "For each month of the period that has begun, teams that were back in a village they serve, out "
            "of all pairs of team and village. A month that is still running counts, too: who is not back "
            "yet stands on the list."
        ),
        unit=Unit.RETURNS,
        whole="TRUE",
        part="f.is_back",
        met=pgettext_lazy("side", "back"),
        missing=pgettext_lazy("side", "not back yet"),
        target=100,
        margin=20,
        source="DOMAIN A68",
        shown_in_list="return",
    ),
    Indicator(
        code="households_paired",
        fact=Fact.HOUSEHOLDS,
        name=_("Households with a paired doctor"),
        definition=_(
            "Registered households that a named doctor answers for on the date, beside the contracted team, "
            "out of all of them."
        ),
        unit=Unit.HOUSEHOLDS,
        whole="TRUE",
        part="f.is_paired",
        met=pgettext_lazy("side", "with a paired doctor"),
        missing=pgettext_lazy("side", "without one"),
        target=100,
        margin=10,
        source="DOMAIN A69",
        shown_in_list="household",
    ),
    Indicator(
        code="awareness",
        fact=Fact.SURVEYED,
        name=_("Policy awareness"),
        definition=_(
            "Households that answered as many questions rightly as the survey asks for (four of five), out "
            "of all that were asked in the last round of twelve months. Beside it: how many of those drawn "
            "were asked."
        ),
        unit=Unit.HOUSEHOLDS,
        whole="f.is_asked",
        part="f.is_aware",
        met=pgettext_lazy("side", "know the policy"),
        missing=pgettext_lazy("side", "do not know it"),
        target=90,
        margin=10,
        source="DOMAIN A95, B6.2",
        shown_in_list="surveyed",
        beside="awareness_asked",
    ),
    Indicator(
        code="awareness_asked",
        fact=Fact.SURVEYED,
        name=_("Asked about the policy"),
        definition=_(
            "Households that were asked in the last round of twelve months, out of all that were drawn for "
            "it and are still registered. Who could not be asked stays in."
        ),
        unit=Unit.HOUSEHOLDS,
        whole="TRUE",
        part="f.is_asked",
        met=pgettext_lazy("side", "asked"),
        missing=pgettext_lazy("side", "not asked"),
        target=90,
        margin=20,
        source="DOMAIN A95, B6.2",
        shown_in_list="surveyed",
    ),
)
