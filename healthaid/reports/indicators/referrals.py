"""Referrals asked after within the two weeks of the norm, and how soon the three priorities are given."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit

REFERRALS = (
    Indicator(
        code="referrals_checked",
        fact=Fact.REFERRALS,
        name=_("Referrals asked after in time"),
        definition=_(
            "Referrals whose two weeks end in the period, asked after by whoever referred within 14 days, "
            "out of all of them. Declined and called-off ones are left out."
        ),
        unit=Unit.TIMES,
        whole="f.is_due_in_period",
        part="f.is_checked_in_time",
        met=pgettext_lazy("side", "asked after in time"),
        missing=pgettext_lazy("side", "late or not at all"),
        target=100,
        margin=10,
        source="DOMAIN B1.1, A11",
        shown_in_list="referral",
    ),
    Indicator(
        code="priority_within_a_day",
        fact=Fact.PRIORITIES,
        name=_("Priority served within a day"),
        definition=_(
            "Priority requests of the period (registration, examination, admission) served within 24 hours, "
            "out of all of them."
        ),
        unit=Unit.TIMES,
        whole="TRUE",
        part="f.is_within_a_day",
        met=pgettext_lazy("side", "within a day"),
        missing=pgettext_lazy("side", "later or still waiting"),
        target=95,
        margin=10,
        source="DOMAIN A11",
        shown_in_list="priority",
    ),
)
