"""Villages and their clinics."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit

PLACES = (
    Indicator(
        code="villages_with_clinic",
        fact=Fact.VILLAGES,
        name=_("Villages with a clinic"),
        definition=_(
            "Villages with registered households that have a village clinic, out of all of them. An earlier "
            "day shows the clinics of today."
        ),
        unit=Unit.VILLAGES,
        whole="TRUE",
        part="f.has_clinic",
        met=pgettext_lazy("side", "with a clinic"),
        missing=pgettext_lazy("side", "without a clinic"),
        target=100,
        margin=5,
        source="DOMAIN A28",
        shown_in_list="village",
    ),
    Indicator(
        code="villages_licensed",
        fact=Fact.VILLAGES,
        name=_("Villages with a licensed doctor"),
        definition=_(
            "Villages with registered households in whose clinic at least one person holds a licence that is "
            "valid on the date, out of all of them. The others are the gaps."
        ),
        unit=Unit.VILLAGES,
        whole="TRUE",
        part="f.is_licensed",
        met=pgettext_lazy("side", "with a valid licence"),
        missing=pgettext_lazy("side", "no valid licence"),
        target=100,
        margin=5,
        source="DOMAIN A29",
        shown_in_list="village",
    ),
    Indicator(
        code="clinics_standardised",
        fact=Fact.CLINICS,
        name=_("Clinics built to the standard"),
        definition=_(
            "Village clinics that meet the building standard, out of all village clinics of today; one that "
            "was rebuilt meets it from the day on which that was accepted."
        ),
        unit=Unit.CLINICS,
        whole="TRUE",
        part="f.is_standardised",
        met=pgettext_lazy("side", "to the standard"),
        missing=pgettext_lazy("side", "not to the standard"),
        target=100,
        margin=5,
        source="DOMAIN A28",
        shown_in_list="clinic",
    ),
    Indicator(
        code="clinics_public",
        fact=Fact.CLINICS,
        name=_("Clinics publicly owned"),
        definition=_(
            "Village clinics in public ownership, out of all village clinics; rented ones are not. An "
            "earlier day shows the ownership of today."
        ),
        unit=Unit.CLINICS,
        whole="TRUE",
        part="f.ownership = 'public'",
        met=pgettext_lazy("side", "publicly owned"),
        missing=pgettext_lazy("side", "private or rented"),
        target=100,
        margin=5,
        source="DOMAIN A28",
        shown_in_list="clinic",
    ),
)
