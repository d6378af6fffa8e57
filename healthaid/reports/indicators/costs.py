"""What stays in hospital cost and who bore it: ratios of sums of yuan, treat-first, one-stop settlement."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit


def _reached(**more: Any) -> Indicator:
    return Indicator(
        fact=Fact.STAYS,
        unit=Unit.STAYS,
        part="f.is_reached",
        met=pgettext_lazy("side", "reached"),
        missing=pgettext_lazy("side", "below"),
        target=100,
        margin=10,
        shown_in_list="stay",
        **more,
    )


def _ratio(**more: Any) -> Indicator:
    """Yuan over yuan: never a mean of the ratios of single bills."""
    return Indicator(
        fact=Fact.STAYS,
        unit=Unit.YUAN,
        met=pgettext_lazy("side", "paid by all payers"),
        missing=pgettext_lazy("side", "left to the patients"),
        target=90,
        margin=5,
        shown_in_list="stay",
        **more,
    )


def _admitted(**more: Any) -> Indicator:
    return Indicator(fact=Fact.ADMISSIONS, unit=Unit.STAYS, shown_in_list="admission", **more)


STAYS = (
    _reached(
        code="stays_reached",
        name=_("Stays at 90 % or more"),
        definition=_(
            "Stays in hospital settled in the period of which all payers bore at least 90 % of what was to "
            "be paid after price reductions, judged before rounding, out of all of them."
        ),
        whole="TRUE",
        source="DOMAIN A10, B6.2",
        beside="stays_reached_here",
    ),
    _reached(
        code="stays_reached_here",
        name=_("Stays at 90 % or more, designated hospitals of the county"),
        definition=_("The same, of designated hospitals within the county only."),
        whole="f.is_in_county",
        source="DOMAIN A9, A10, A-X14",
    ),
    _ratio(
        code="actual_ratio",
        name=_("Actual ratio"),
        definition=_(
            "What all payers bore of the stays settled in the period, out of what these stays cost after "
            "price reductions: yuan over yuan."
        ),
        whole="TRUE",
        whole_sum="f.cost",
        part_sum="f.paid",
        source="DOMAIN A10, B3.3, B6.2",
        beside="actual_ratio_here",
    ),
    _ratio(
        code="actual_ratio_here",
        name=_("Actual ratio, designated hospitals of the county"),
        definition=_("The same, of designated hospitals within the county only."),
        whole="f.is_in_county",
        whole_sum="f.cost",
        part_sum="f.paid",
        source="DOMAIN A9, A10, A-X14",
    ),
    _ratio(
        code="policy_ratio",
        name=_("In-policy ratio"),
        definition=_(
            "What all payers bore of the compliant costs of the stays settled in the period, out of these "
            "compliant costs: yuan over yuan."
        ),
        whole="TRUE",
        whole_sum="f.compliant",
        part_sum="f.covered",
        source="DOMAIN B3.3, B6.2",
    ),
    _admitted(
        code="treated_first",
        name=_("Treated before paying"),
        definition=_(
            "Stays that began in the period without a deposit, out of all that began in it and were not "
            "called off."
        ),
        whole="f.is_admitted",
        part="f.treats_first",
        met=pgettext_lazy("side", "treated first"),
        missing=pgettext_lazy("side", "paid first"),
        target=100,
        margin=5,
        source="DOMAIN A3, A47, B6.2",
        beside="treated_first_due",
    ),
    _admitted(
        code="treated_first_due",
        name=_("Treated before paying, of those eligible"),
        definition=_(
            "The same without those whom the rule leaves out: injury by a third party, fights, poisoning, "
            "uninsured, transferred without referral, arrears. A family that wished to pay at once stays in."
        ),
        whole="f.is_admitted AND f.is_eligible",
        part="f.treats_first",
        met=pgettext_lazy("side", "treated first"),
        missing=pgettext_lazy("side", "paid first"),
        target=100,
        margin=5,
        source="DOMAIN A3, B3.2",
    ),
    _admitted(
        code="one_stop",
        name=_("Settled in one stop"),
        definition=_(
            "Stays that ended in the period, settled on the day of discharge at the latest in a hospital "
            "with a settlement window, out of all that ended in it."
        ),
        whole="f.is_discharged",
        part="f.is_one_stop",
        met=pgettext_lazy("side", "settled in one stop"),
        missing=pgettext_lazy("side", "later or elsewhere"),
        target=95,
        margin=10,
        source="DOMAIN A45, A47, B6.2",
    ),
)
