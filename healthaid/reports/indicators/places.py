"""Villages and their clinics, beds set aside in the hospitals, free clinics."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Shows, Unit

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
    Indicator(
        code="zero_markup",
        fact=Fact.CLINICS,
        name=_("Clinics without a mark-up on drugs"),
        definition=_(
            "Village clinics where no drug of the last price check of twelve months was sold above what was "
            "paid for it, out of all village clinics. A clinic that was not checked is counted as not "
            "meeting it and listed as such."
        ),
        unit=Unit.CLINICS,
        whole="TRUE",
        part="f.is_zero_markup",
        met=pgettext_lazy("side", "zero mark-up"),
        missing=pgettext_lazy("side", "marked up or not checked"),
        target=100,
        margin=10,
        source="DOMAIN A22",
        shown_in_list="prices",
    ),
    Indicator(
        code="beds_reserved",
        fact=Fact.HOSPITALS,
        name=_("Share of beds set aside"),
        definition=_(
            "Beds that township and county hospitals have set aside for the registered poor, out of all "
            "their beds; 5 % are asked for, rounded up in each hospital. A hospital of the whole town or "
            "county is counted in the first village of it by code."
        ),
        unit=Unit.BEDS,
        whole="TRUE",
        whole_sum="f.beds",
        part_sum="f.reserved_beds",
        met=pgettext_lazy("side", "set aside"),
        missing=pgettext_lazy("side", "other beds"),
        target=5,
        margin=1,
        source="DOMAIN A48",
        shown_in_list="hospital",
        beside="hospitals_reserving",
    ),
    Indicator(
        code="hospitals_reserving",
        fact=Fact.HOSPITALS,
        name=_("Hospitals with enough beds set aside"),
        definition=_(
            "Township and county hospitals that have set aside at least 5 % of their beds, rounded up, for "
            "the registered poor, out of all that have beds."
        ),
        unit=Unit.HOSPITALS,
        whole="TRUE",
        part="f.reserved_beds >= f.needed",
        met=pgettext_lazy("side", "enough beds"),
        missing=pgettext_lazy("side", "too few beds"),
        target=100,
        margin=10,
        source="DOMAIN A48",
        shown_in_list="hospital",
    ),
    Indicator(
        code="free_clinics",
        fact=Fact.EVENTS,
        name=_("Free clinics"),
        definition=_(
            "Free clinics held between 1 January and the date. One held for a whole town or county is "
            "counted in the first village of it by code."
        ),
        unit=Unit.EVENTS,
        whole="f.kind = 'free_clinic'",
        shows=Shows.WHOLE,
        source="DOMAIN A32",
        shown_in_list="event",
    ),
    Indicator(
        code="villages_free_clinic",
        fact=Fact.VILLAGES,
        name=_("Villages with a free clinic this year"),
        definition=_(
            "Villages with registered households in which a free clinic was held between 1 January and the "
            "date, out of all of them."
        ),
        unit=Unit.VILLAGES,
        whole="TRUE",
        part="f.had_free_clinic",
        met=pgettext_lazy("side", "with a free clinic"),
        missing=pgettext_lazy("side", "without one"),
        target=100,
        margin=10,
        source="DOMAIN A32",
        shown_in_list="free_clinic",
    ),
    Indicator(
        code="publicity_held",
        fact=Fact.EVENTS,
        name=_("Lectures and publicity"),
        definition=_(
            "Health lectures and pieces of publicity between 1 January and the date. One held for a whole "
            "town or county is counted in the first village of it by code."
        ),
        unit=Unit.EVENTS,
        whole="f.kind IN ('lecture', 'publicity')",
        shows=Shows.WHOLE,
        source="DOMAIN A35, A95",
        shown_in_list="event",
    ),
)
