"""Owed beside the visits: teams back in their villages, a paired doctor and a card for each household."""

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
)
