"""What contracts promised and brought: who was served, what was kept, how content people are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit

CONTRACTS = (
    Indicator(
        code="served",
        fact=Fact.SERVED,
        name=_("Signed and served"),
        definition=_(
            "Persons under contract whom somebody met face to face, or whose home somebody called at, within "
            "the last 90 days, out of all under contract. Who signed for the first time within them is left "
            "out."
        ),
        unit=Unit.PERSONS,
        whole="TRUE",
        part="f.is_served",
        met=pgettext_lazy("side", "served"),
        missing=pgettext_lazy("side", "signed but not served"),
        target=100,
        margin=5,
        source="DOMAIN A16, B2",
        shown_in_list="served",
    ),
    Indicator(
        code="promises_kept",
        fact=Fact.PROMISES,
        name=_("Promises kept"),
        definition=_(
            "Items promised by contracts that were done as often as was due by the date, out of all items "
            "due. What is due grows with the contract year, rounded down; what is promised once or twice a "
            "year falls due on a day of each household's own. Nobody's surplus makes up for another."
        ),
        unit=Unit.ITEMS,
        whole="TRUE",
        part="f.is_kept",
        met=pgettext_lazy("side", "kept"),
        missing=pgettext_lazy("side", "behind"),
        target=90,
        margin=15,
        source="DOMAIN B2, B6.2",
        shown_in_list="promise",
    ),
    Indicator(
        code="satisfied",
        fact=Fact.VISITS,
        name=_("Satisfied"),
        definition=_(
            "Visits of the period whose mark was 4 or 5 out of 5, out of those with a mark. The number of "
            "marks stands beside it."
        ),
        unit=Unit.TIMES,
        whole="f.satisfaction IS NOT NULL",
        part="f.satisfaction >= 4",
        met=pgettext_lazy("side", "satisfied"),
        missing=pgettext_lazy("side", "not satisfied"),
        target=90,
        margin=10,
        source="DOMAIN A17, B6.2",
        shown_in_list="visit",
    ),
)
