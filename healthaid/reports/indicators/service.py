"""The work owed and done, what it brought about, and the needs followed to their end."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Pace, Shows, Text, Unit


def _seen(code: str, disease: str, name: Text, definition: Text, source: str) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.PATIENTS,
        name=name,
        definition=definition,
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}'",
        part="f.is_seen",
        met=pgettext_lazy("side", "seen"),
        missing=pgettext_lazy("side", "not yet seen"),
        target=100,
        margin=10,
        pace=Pace.QUARTER,
        source=source,
        shown_in_list="patient",
    )


def _controlled(code: str, disease: str, name: Text, definition: Text, source: str) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.PATIENTS,
        name=name,
        definition=definition,
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}'",
        part="f.is_controlled",
        met=pgettext_lazy("side", "controlled"),
        missing=pgettext_lazy("side", "not controlled"),
        target=50,
        margin=10,
        source=source,
        shown_in_list="patient",
    )


WORK = (
    Indicator(
        code="visits_done",
        fact=Fact.DUTIES,
        name=_("Visits done"),
        definition=_(
            "Visits done out of those whose due day lies in the period, up to the date. Cancelled ones are "
            "left out; a person not found three times was not visited. One visit may fulfil several."
        ),
        unit=Unit.TIMES,
        whole="f.is_in_period",
        part="f.is_done",
        met=pgettext_lazy("side", "done"),
        missing=pgettext_lazy("side", "not done"),
        target=90,
        margin=15,
        source="DOMAIN A16, B6.2",
        shown_in_list="duty",
    ),
    Indicator(
        code="visits_overdue",
        fact=Fact.DUTIES,
        name=_("Visits overdue"),
        definition=_(
            "Visits still owed whose last day lies before the date, out of all that are open. Those of "
            "earlier periods stay in until they are done or closed."
        ),
        unit=Unit.TIMES,
        whole="f.is_open",
        part="f.is_overdue",
        met=pgettext_lazy("side", "overdue"),
        missing=pgettext_lazy("side", "open, still in time"),
        shows=Shows.PART,
        low_is_good=True,
        target=0,
        margin=10,
        source="DESIGN 5",
        shown_in_list="duty",
    ),
    _seen(
        "seen_hypertension",
        "hypertension",
        _("Hypertension: seen face to face"),
        _(
            "Managed hypertension patients with at least one visit at home or at the clinic in the period, "
            "out of all managed. A call by phone does not count. During the quarter the target grows with "
            "the days gone."
        ),
        "DOMAIN A16, B1.1, B6.2",
    ),
    _seen(
        "seen_diabetes",
        "type2_diabetes",
        _("Diabetes: seen face to face"),
        _(
            "Managed type 2 diabetes patients with at least one visit at home or at the clinic in the "
            "period, out of all managed. A call by phone does not count. During the quarter the target grows "
            "with the days gone."
        ),
        "DOMAIN A16, B1.2, B6.2",
    ),
)

CONTROL = (
    _controlled(
        "bp_controlled",
        "hypertension",
        _("Blood pressure controlled"),
        _(
            "Managed hypertension patients whose last visit of the year reads below 140/90 (from 65 years "
            "on: below 150/90), both values, by the age on that day; out of all managed. No reading or no "
            "visit this year is not controlled."
        ),
        "DOMAIN B1.1, B6.2",
    ),
    _controlled(
        "glucose_controlled",
        "type2_diabetes",
        _("Glucose controlled"),
        _(
            "Managed type 2 diabetes patients whose last visit of the year has a fasting glucose below 7.0 "
            "mmol/L, out of all managed. 7.0 itself, no reading, or no visit this year is not controlled."
        ),
        "DOMAIN B1.2, B6.2",
    ),
)

NEEDS = (
    Indicator(
        code="needs_open",
        fact=Fact.NEEDS,
        name=_("Needs open"),
        definition=_("Needs raised by the date and not closed by then."),
        unit=Unit.CASES,
        whole="f.is_open",
        shows=Shows.WHOLE,
        source="DOMAIN A17",
        shown_in_list="need",
    ),
    Indicator(
        code="needs_overdue",
        fact=Fact.NEEDS,
        name=_("Needs overdue"),
        definition=_("Open needs that were to be met before the date, out of all that are open."),
        unit=Unit.CASES,
        whole="f.is_open",
        part="f.is_overdue",
        met=pgettext_lazy("side", "overdue"),
        missing=pgettext_lazy("side", "open, still in time"),
        shows=Shows.PART,
        low_is_good=True,
        target=0,
        margin=10,
        source="DOMAIN A17",
        shown_in_list="need",
    ),
    Indicator(
        code="needs_met",
        fact=Fact.NEEDS,
        name=_("Needs met"),
        definition=_("Needs met out of those closed in the period, up to the date."),
        unit=Unit.CASES,
        whole="f.is_closed_in_period",
        part="f.state = 'met'",
        met=pgettext_lazy("side", "met"),
        missing=pgettext_lazy("side", "could not be met"),
        target=90,
        margin=15,
        source="DOMAIN A17, A40",
        shown_in_list="need",
    ),
)
