"""Major disease: of all who were found, who has come how far. Never more than what is on record."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Shows, Text, Unit

_OPEN = "f.is_registered AND NOT f.is_closed"


def _closed(reason: str, name: Text) -> Indicator:
    return Indicator(
        code=f"cases_closed_{reason}",
        fact=Fact.CLOSED,
        name=name,
        definition=_(
            "Cases closed this year for this reason, approved by a second person, out of all closed this "
            "year, whatever became of the person."
        ),
        unit=Unit.EPISODES,
        whole="TRUE",
        part=f"f.close_reason = '{reason}'",
        met=pgettext_lazy("side", "for this reason"),
        missing=pgettext_lazy("side", "for another reason"),
        shows=Shows.PART,
        source="DOMAIN A70, B6.2",
        shown_in_list="closing",
    )


MAJOR = (
    Indicator(
        code="cases_registered",
        fact=Fact.CASES,
        name=_("Major disease: registered"),
        definition=_(
            "Confirmed diseases of the published lists for which a case was registered by the date, out of "
            "all of them among living residents. Who died or moved away is out from that day on."
        ),
        unit=Unit.EPISODES,
        whole="TRUE",
        part="f.is_registered",
        met=pgettext_lazy("side", "registered"),
        missing=pgettext_lazy("side", "without a case"),
        target=100,
        margin=5,
        source="DOMAIN A70",
        shown_in_list="case",
    ),
    Indicator(
        code="cases_assigned",
        fact=Fact.CASES,
        name=_("Major disease: with a responsible doctor"),
        definition=_(
            "Open cases whose patient has a responsible doctor of the county's hospital on the date, out of "
            "all open cases."
        ),
        unit=Unit.EPISODES,
        whole=_OPEN,
        part="f.has_doctor",
        met=pgettext_lazy("side", "with a doctor"),
        missing=pgettext_lazy("side", "nobody answers for them"),
        target=100,
        margin=5,
        source="DOMAIN A74",
        shown_in_list="case",
    ),
    Indicator(
        code="cases_planned",
        fact=Fact.CASES,
        name=_("Major disease: with a plan"),
        definition=_(
            "Open cases with a joint plan that all three doctors had signed by the date, out of all open "
            "cases."
        ),
        unit=Unit.EPISODES,
        whole=_OPEN,
        part="f.is_planned",
        met=pgettext_lazy("side", "plan in force"),
        missing=pgettext_lazy("side", "without a signed plan"),
        target=100,
        margin=15,
        source="DOMAIN A67, A70",
        shown_in_list="case",
    ),
    Indicator(
        code="cases_treated",
        fact=Fact.CASES,
        name=_("Major disease: treated"),
        definition=_(
            "Confirmed diseases of the published lists with treatment on record by the date (operated, "
            "treated without operation, or in treatment), out of all of them among living residents, closed "
            "cases included. Who is not treated is listed with the reason."
        ),
        unit=Unit.EPISODES,
        whole="TRUE",
        part="f.is_treated",
        met=pgettext_lazy("side", "treated"),
        missing=pgettext_lazy("side", "not treated"),
        target=90,
        margin=10,
        source="DOMAIN A75, B6.2",
        shown_in_list="case",
        beside="cases_treated_eleven",
    ),
    Indicator(
        code="cases_treated_eleven",
        fact=Fact.CASES,
        name=_("Eleven major diseases: treated"),
        definition=_("The same, of the published list of eleven diseases only."),
        unit=Unit.EPISODES,
        whole="'11' = ANY(f.catalogues)",
        part="f.is_treated",
        met=pgettext_lazy("side", "treated"),
        missing=pgettext_lazy("side", "not treated"),
        target=90,
        margin=10,
        source="DOMAIN A71, A75",
        shown_in_list="case",
    ),
    Indicator(
        code="cases_closed",
        fact=Fact.CASES,
        name=_("Major disease: closed"),
        definition=_(
            "Cases closed by the date with a reason that a second person approved, out of all diseases found "
            "among living residents."
        ),
        unit=Unit.EPISODES,
        whole="TRUE",
        part="f.is_closed",
        met=pgettext_lazy("side", "closed"),
        missing=pgettext_lazy("side", "not closed"),
        shows=Shows.PART,
        source="DOMAIN A70, B6.2",
        shown_in_list="case",
    ),
    _closed("cured", _("Major disease closed: cured")),
    _closed("stable", _("Major disease closed: better and stable")),
    _closed("died", _("Major disease closed: died")),
    _closed("declined", _("Major disease closed: treatment given up")),
    _closed("moved", _("Major disease closed: moved away")),
    Indicator(
        code="months_kept",
        fact=Fact.MONTHS,
        name=_("Major disease: months kept by three levels"),
        definition=_(
            "Monthly visits in major disease that were due in the period, made within their month "
            "while a village, a township and a county doctor answered for the person on the day of it, out "
            "of all. A visit made later, or without one of the three, does not count."
        ),
        unit=Unit.TIMES,
        whole="TRUE",
        part="f.is_kept",
        met=pgettext_lazy("side", "kept by all three"),
        missing=pgettext_lazy("side", "not kept"),
        target=100,
        margin=20,
        source="DOMAIN A67",
        shown_in_list="month",
    ),
)
