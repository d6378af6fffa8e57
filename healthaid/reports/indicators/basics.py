"""The three full coverages, who is registered, who is ill and who was examined."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Pace, Shows, Unit


def _of_residents(**more: Any) -> Indicator:
    """A share of all living residents of registered households."""
    return Indicator(fact=Fact.PEOPLE, unit=Unit.PERSONS, whole="TRUE", **more)


def _of_households(**more: Any) -> Indicator:
    """How many of all registered households."""
    return Indicator(
        fact=Fact.HOUSEHOLDS, unit=Unit.HOUSEHOLDS, whole="TRUE", shown_in_list="household", **more
    )


COVERAGE = (
    _of_residents(
        code="insured",
        name=_("Insured"),
        definition=_(
            "Residents of registered households who are enrolled in basic insurance (resident or employee) "
            "for the year of the date, out of all living residents of registered households."
        ),
        part="f.is_insured",
        met=pgettext_lazy("side", "enrolled"),
        missing=pgettext_lazy("side", "not enrolled"),
        target=99,
        margin=4,
        source="DOMAIN A6, B6.2",
        shown_in_list="insurance",
        beside="insured_due",
    ),
    _of_residents(
        code="contracted",
        name=_("Signed with a family doctor"),
        definition=_(
            "Living residents of registered households with a family-doctor contract in force on the date, "
            "out of all of them. Who died or moved is out from that day on; who is away for work stays in."
        ),
        part="f.is_contracted",
        met=pgettext_lazy("side", "signed"),
        missing=pgettext_lazy("side", "not signed"),
        target=100,
        margin=5,
        source="DOMAIN A12, B6.2",
        shown_in_list="contract",
        beside="contracted_present",
    ),
    _of_residents(
        code="circle",
        name=_("15-minute circle"),
        definition=_(
            "Residents of villages whose way to the nearest qualified clinic was measured at 15 minutes or "
            "less, out of all residents. A village not yet measured is counted as outside and listed as such."
        ),
        part="f.minutes <= 15",
        met=pgettext_lazy("side", "within 15 minutes"),
        missing=pgettext_lazy("side", "outside or not measured"),
        target=100,
        margin=5,
        source="DOMAIN A21, B6.2",
        shown_in_list="circle",
    ),
    Indicator(
        code="contracted_present",
        fact=Fact.PEOPLE,
        name=_("Signed, without those away"),
        definition=_(
            "The same without those away: not met at home in the last half year because of work elsewhere, "
            "and not seen face to face since."
        ),
        unit=Unit.PERSONS,
        whole="NOT f.is_away",
        part="f.is_contracted",
        met=pgettext_lazy("side", "signed"),
        missing=pgettext_lazy("side", "not signed"),
        target=100,
        margin=5,
        source="DOMAIN B6.2",
        shown_in_list="contract",
    ),
    Indicator(
        code="insured_due",
        fact=Fact.PEOPLE,
        name=_("Insured, without those who need not be"),
        definition=_(
            "The same without those whose reason takes them out for the year: in the army, in prison, or "
            "insured elsewhere. Who has not paid yet stays in."
        ),
        unit=Unit.PERSONS,
        whole="NOT f.is_exempt",
        part="f.is_insured",
        met=pgettext_lazy("side", "enrolled"),
        missing=pgettext_lazy("side", "not enrolled"),
        target=99,
        margin=4,
        source="DOMAIN A6, B6.2",
        shown_in_list="insurance",
    ),
    Indicator(
        code="unmeasured",
        fact=Fact.PEOPLE,
        name=_("Way to the clinic not measured"),
        definition=_("Residents of villages without a measured way to the nearest qualified clinic."),
        unit=Unit.PERSONS,
        whole="f.minutes IS NULL",
        shows=Shows.WHOLE,
        low_is_good=True,
        source="DOMAIN A21",
        shown_in_list="circle",
    ),
)

REGISTER = (
    _of_households(
        code="households",
        name=_("Registered households"),
        definition=_("Households on the register on the date, those lifted out of poverty included."),
        shows=Shows.WHOLE,
        source="DOMAIN A5",
    ),
    _of_residents(
        code="residents",
        name=_("Registered persons"),
        definition=_("Living members of registered households on the date."),
        shows=Shows.WHOLE,
        source="DOMAIN A5",
    ),
    _of_households(
        code="ill_caused",
        name=_("Households poor through illness"),
        definition=_(
            "Registered households whose main cause of poverty is illness, out of all of them. An earlier "
            "day shows the causes of today."
        ),
        part="f.is_ill_caused",
        met=pgettext_lazy("side", "through illness"),
        missing=pgettext_lazy("side", "other causes"),
        shows=Shows.PART,
        source="DOMAIN A42, A-X1",
    ),
    _of_residents(
        code="ill_poor",
        name=_("Persons poor through illness"),
        definition=_(
            "Residents with a confirmed disease in households whose main cause of poverty is illness, out of "
            "all residents. Households are counted by their cause, persons by their illness: the two need "
            "not move together. An earlier day shows the causes of today."
        ),
        part="f.is_ill_caused",
        met=pgettext_lazy("side", "through illness"),
        missing=pgettext_lazy("side", "others"),
        shows=Shows.PART,
        source="DOMAIN A42, A-X1",
        shown_in_list="illness",
    ),
    _of_households(
        code="lifted",
        name=_("Households lifted out of poverty"),
        definition=_(
            "Registered households that stand as lifted, out of all of them. Services go on after lifting. "
            "An earlier day shows how they stand today."
        ),
        part="f.is_lifted",
        met=pgettext_lazy("side", "lifted"),
        missing=pgettext_lazy("side", "not lifted"),
        shows=Shows.PART,
        source="DOMAIN A2",
    ),
)

HEALTH = (
    _of_residents(
        code="examined",
        name=_("Yearly examination"),
        definition=_(
            "Residents who had their free yearly examination between 1 January and the date, out of all "
            "residents. During the year the target grows with the days gone."
        ),
        part="f.is_examined",
        met=pgettext_lazy("side", "examined"),
        missing=pgettext_lazy("side", "not yet examined"),
        target=100,
        margin=10,
        pace=Pace.YEAR,
        source="DOMAIN A33, A50, B6.2",
        shown_in_list="exam",
        beside="examined_present",
    ),
    Indicator(
        code="examined_present",
        fact=Fact.PEOPLE,
        name=_("Yearly examination, without those away"),
        definition=_(
            "The same without those away: not met at home in the last half year because of work elsewhere, "
            "and not seen face to face since."
        ),
        unit=Unit.PERSONS,
        whole="NOT f.is_away",
        part="f.is_examined",
        met=pgettext_lazy("side", "examined"),
        missing=pgettext_lazy("side", "not yet examined"),
        target=100,
        margin=10,
        pace=Pace.YEAR,
        source="DOMAIN A33, B6.2",
        shown_in_list="exam",
    ),
    _of_residents(
        code="ill",
        name=_("Persons who are ill"),
        definition=_(
            "Residents with at least one confirmed disease that has not ended, out of all residents."
        ),
        part="f.is_ill",
        met=pgettext_lazy("side", "ill"),
        missing=pgettext_lazy("side", "without a confirmed disease"),
        shows=Shows.PART,
        source="DOMAIN A15",
        shown_in_list="illness",
    ),
)
