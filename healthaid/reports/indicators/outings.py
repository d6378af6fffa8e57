"""What is owed beside the visits: teams back in their villages, a paired doctor for each household."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit

OUTINGS = (
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
