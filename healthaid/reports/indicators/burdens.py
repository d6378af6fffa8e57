"""What illness costs households: the world's indicators, each with its version; checks of the register."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit


def _burden(**more: Any) -> Indicator:
    """Of household-years: the twelve months that end on the date."""
    return Indicator(
        fact=Fact.BURDENS,
        unit=Unit.HOUSEHOLDS,
        met=pgettext_lazy("side", "over it"),
        missing=pgettext_lazy("side", "not over it"),
        low_is_good=True,
        shown_in_list="burden",
        **more,
    )


def _monitored(**more: Any) -> Indicator:
    return Indicator(
        fact=Fact.MONITORED,
        unit=Unit.HOUSEHOLDS,
        target=100,
        margin=5,
        source="DOMAIN B4",
        shown_in_list="monitored",
        **more,
    )


BURDENS = (
    _burden(
        code="sdg_382_10",
        name=_("SDG 3.8.2 (2017): over 10 %"),
        definition=_(
            "Household-years (the 12 months up to the date) in which what was borne of settled bills, net of "
            "all payers, is over 10 % of what the household spent; of its income where it was not asked what "
            "it spends. Where neither is known it is not counted. Counted in households, not in persons."
        ),
        whole="f.budget > 0",
        part="f.burden > 0.10 * f.budget",
        source="SDG 3.8.2, 2017; DOMAIN B4",
    ),
    _burden(
        code="sdg_382_25",
        name=_("SDG 3.8.2 (2017): over 25 %"),
        definition=_("The same with 25 %."),
        whole="f.budget > 0",
        part="f.burden > 0.25 * f.budget",
        source="SDG 3.8.2, 2017; DOMAIN B4",
    ),
    _burden(
        code="sdg_382_2025",
        name=_("SDG 3.8.2 (March 2025): over 40 % of the discretionary budget"),
        definition=_(
            "Household-years in which something was borne, and more than 40 % of what the household spent "
            "above the societal poverty line of its members. Only households that were asked what they "
            "spend; without a survey or the line of the year: n/a."
        ),
        whole="f.discretionary IS NOT NULL",
        part="f.burden > 0 AND f.burden > 0.4 * greatest(f.discretionary, 0)",
        source="SDG 3.8.2, 2025-03; DOMAIN B4",
    ),
    _burden(
        code="sdg_382_impoverishing",
        name=_("SDG 3.8.2 (March 2025): impoverishing"),
        definition=_(
            "The same with more than the whole of it: what was borne has taken the household below the line, "
            "or further below."
        ),
        whole="f.discretionary IS NOT NULL",
        part="f.burden > 0 AND f.burden > f.discretionary",
        source="SDG 3.8.2, 2025-03; DOMAIN B4",
    ),
    _burden(
        code="who_catastrophic",
        name=_("WHO: catastrophic, 40 % of the capacity to pay"),
        definition=_(
            "Household-years in which what was borne is 40 % or more of what the household spent beyond "
            "subsistence: the mean food spending per equivalent person (size to the power of 0.56) of the "
            "households in the middle of the county's food shares, or its own food where that is less. Only "
            "households that were asked what they spend, and what on food."
        ),
        whole="f.capacity IS NOT NULL",
        part="f.burden > 0 AND f.burden >= 0.4 * greatest(f.capacity, 0)",
        source="WHO 2005 (capacity to pay); DOMAIN B4",
    ),
    Indicator(
        code="spending_known",
        fact=Fact.BURDENS,
        name=_("Asked what they spend"),
        definition=_(
            "Households with a survey of what they spent, of this year or the one before, out of all "
            "registered ones. The others are unknown in the indicators above, never nothing."
        ),
        unit=Unit.HOUSEHOLDS,
        whole="TRUE",
        part="f.spent IS NOT NULL",
        met=pgettext_lazy("side", "asked"),
        missing=pgettext_lazy("side", "not asked"),
        source="DOMAIN B4",
        shown_in_list="burden",
    ),
)

CHECKS = (
    _monitored(
        code="monitored_ill",
        name=_("Risk of illness with an ill member"),
        definition=_(
            "Monitored households whose risk is illness that have a member with a disease on record, out of "
            "all of them."
        ),
        whole="f.is_open AND f.is_of_illness",
        part="f.has_ill_member",
        met=pgettext_lazy("side", "with an ill member"),
        missing=pgettext_lazy("side", "nobody is ill"),
    ),
    _monitored(
        code="monitored_insured",
        name=_("Monitored and all insured"),
        definition=_(
            "Monitored households all of whose members are in basic insurance for the year, out of all of "
            "them."
        ),
        whole="f.is_open",
        part="f.is_insured",
        met=pgettext_lazy("side", "all insured"),
        missing=pgettext_lazy("side", "somebody is not"),
    ),
    _monitored(
        code="monitored_insured_other",
        name=_("Monitored for another risk than illness, all insured"),
        definition=_(
            "Monitored households whose risk is not illness, all of whose members are in basic insurance for "
            "the year, out of all of them: an illness would come on top."
        ),
        whole="f.is_open AND NOT f.is_of_illness",
        part="f.is_insured",
        met=pgettext_lazy("side", "all insured"),
        missing=pgettext_lazy("side", "somebody is not"),
    ),
    _monitored(
        code="monitored_helped",
        name=_("Monitored for more than a month, with measures"),
        definition=_(
            "Households monitored for more than a month for which a measure was written down by the date, "
            "out of all of them."
        ),
        whole="f.is_open AND f.is_past_a_month",
        part="f.has_measure",
        met=pgettext_lazy("side", "with a measure"),
        missing=pgettext_lazy("side", "without any"),
    ),
    _monitored(
        code="monitored_long_enough",
        name=_("Risk removed after more than two months"),
        definition=_(
            "Monitored households whose risk was removed by the date, more than two months after it was "
            "found, out of all of them. Who is removed sooner was perhaps never at risk."
        ),
        whole="NOT f.is_open",
        part="f.is_long_enough",
        met=pgettext_lazy("side", "after two months"),
        missing=pgettext_lazy("side", "sooner"),
    ),
    Indicator(
        code="risks_verified",
        fact=Fact.RISKS,
        name=_("Risks verified at home in time"),
        definition=_(
            "Risks of households whose days for the visit at home ended in the period, verified or dismissed "
            "at home within them, out of all of them. What the register brought is left out."
        ),
        unit=Unit.RISKS,
        whole="f.is_due",
        part="f.is_in_time",
        met=pgettext_lazy("side", "in time"),
        missing=pgettext_lazy("side", "late, or not yet"),
        target=100,
        margin=10,
        source="DOMAIN A2, B4",
        shown_in_list="monitored",
    ),
)
