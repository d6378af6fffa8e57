"""Managed as the norm says: visits face to face, the exam, the right interval after bad readings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Text, Unit

_DEFINITION = _(
    "Managed patients with at least one visit at home or at the clinic for each quarter of the year "
    "that has ended (four in a whole year, fewer for those found during it), an examination within "
    "the last twelve months, and after every visit that asked to come back within a month the next "
    "one in time; out of all managed for whom a quarter has ended. A call by phone does not count."
)
_OF_REGISTERED = _(
    "Registered patients with at least one visit at home or at the clinic for each quarter of the year that "
    "has ended (four in a whole year, fewer for those found during it), an examination within the last "
    "twelve months, and after every visit that asked to come back within a month the next one in time; out "
    "of all registered for whom a quarter has ended, those who do not agree to be managed included. A call "
    "by phone does not count."
)
_BY_THE_NORM = "f.seen >= f.owed AND f.is_examined AND NOT f.is_late"


def _managed(
    code: str,
    disease: str,
    name: Text,
    source: str,
    *,
    definition: Text = _DEFINITION,
    health_only: bool = False,
) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.MANAGED,
        name=name,
        definition=definition,
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}' AND f.owed > 0",
        part=_BY_THE_NORM,
        met=pgettext_lazy("side", "managed by the norm"),
        missing=pgettext_lazy("side", "visits, exam or interval missing"),
        target=60,
        margin=10,
        source=source,
        shown_in_list="managed",
        health_only=health_only,
    )


def _in_care(code: str, disease: str, name: Text, *, health_only: bool = False) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.KNOWN,
        name=name,
        definition=_(
            "Patients in management, out of all who are known to have the disease. Who is estimated to have "
            "it without being known is not counted."
        ),
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}'",
        part="f.is_managed",
        met=pgettext_lazy("side", "in management"),
        missing=pgettext_lazy("side", "known and not managed"),
        target=100,
        margin=10,
        source="DOMAIN B1.4, B6.2",
        shown_in_list="known",
        health_only=health_only,
    )


def _followed(
    code: str, disease: str, name: Text, definition: Text, *, health_only: bool = False
) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.MANAGED,
        name=name,
        definition=definition,
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}' AND f.owed > 0",
        part="f.seen >= f.owed",
        met=pgettext_lazy("side", "visited as often as due"),
        missing=pgettext_lazy("side", "visits missing"),
        target=100,
        margin=20,
        source="DOMAIN A16, B6.2",
        shown_in_list="managed",
        health_only=health_only,
    )


_VISITED = _(
    "Managed patients with at least one visit at home or at the clinic for each quarter of the year that has "
    "ended (four in a whole year, fewer for those found during it), out of all managed for whom a quarter "
    "has ended. A call by phone does not count."
)
_REGISTERED_VISITED = _(
    "Registered patients with at least one visit at home or at the clinic for each quarter of the year that "
    "has ended (four in a whole year, fewer for those found during it), out of all registered for whom a "
    "quarter has ended, those who do not agree to be managed included. A call by phone does not count."
)

MANAGEMENT = (
    _in_care("in_care_hypertension", "hypertension", _("Hypertension: in management")),
    _in_care("in_care_diabetes", "type2_diabetes", _("Diabetes: in management")),
    _in_care(
        "in_care_mental",
        "severe_mental_disorder",
        _("Severe mental disorder: in management"),
        health_only=True,
    ),
    _in_care("in_care_tuberculosis", "tuberculosis", _("Tuberculosis: in management"), health_only=True),
    _followed("followed_hypertension", "hypertension", _("Hypertension: visited as often as due"), _VISITED),
    _followed("followed_diabetes", "type2_diabetes", _("Diabetes: visited as often as due"), _VISITED),
    _followed(
        "followed_mental",
        "severe_mental_disorder",
        _("Severe mental disorder: visited as often as due"),
        _REGISTERED_VISITED,
        health_only=True,
    ),
    _managed("managed_hypertension", "hypertension", _("Hypertension: managed by the norm"), "DOMAIN B1.7-9"),
    _managed("managed_diabetes", "type2_diabetes", _("Diabetes: managed by the norm"), "DOMAIN B1.7-9"),
    _managed(
        "managed_mental",
        "severe_mental_disorder",
        _("Severe mental disorder: managed by the norm"),
        "DOMAIN B1.3, B6.2",
        definition=_OF_REGISTERED,
        health_only=True,
    ),
    Indicator(
        code="mental_stable",
        fact=Fact.MANAGED,
        name=_("Severe mental disorder: stable"),
        definition=_(
            "Registered patients whose last visit of the year found them stable (class 3 of the form), out "
            "of all registered, those who do not agree to be managed included. No visit this year, or one "
            "that could not be assessed, is not stable."
        ),
        unit=Unit.PERSONS,
        whole="f.disease = 'severe_mental_disorder'",
        part="f.is_controlled",
        met=pgettext_lazy("side", "stable"),
        missing=pgettext_lazy("side", "not stable, or not known"),
        source="DOMAIN B1.3, B6.2",
        shown_in_list="managed",
        health_only=True,
    ),
    Indicator(
        code="tuberculosis_regular",
        fact=Fact.CLOSINGS,
        name=_("Tuberculosis: medicine taken regularly"),
        definition=_(
            "Treatments finished this year in which at least 90 per cent of the doses were taken, out of "
            "those finished this year. Died, lost or gone on to treatment for resistance is not finished."
        ),
        unit=Unit.PERSONS,
        whole="f.is_finished",
        part="f.is_regular",
        met=pgettext_lazy("side", "regular"),
        missing=pgettext_lazy("side", "not regular"),
        target=90,
        margin=5,
        source="DOMAIN B1.4, B6.2",
        shown_in_list="visit",
        health_only=True,
    ),
)
