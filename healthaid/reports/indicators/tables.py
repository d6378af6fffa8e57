"""What only the monthly table asks for: each of the four chronic diseases, and visits by month."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Shows, Text, Unit


def _patients(code: str, disease: str, name: Text, *, health_only: bool = False) -> Indicator:
    return Indicator(
        code=code,
        fact=Fact.PATIENTS,
        name=name,
        definition=_(
            "Managed patients with a family-doctor contract in force on the date, out of all managed."
        ),
        unit=Unit.PERSONS,
        whole=f"f.disease = '{disease}'",
        part="f.is_contracted",
        met=pgettext_lazy("side", "signed"),
        missing=pgettext_lazy("side", "not signed"),
        source="DOMAIN A16, B6.1",
        shown_in_list="patient",
        health_only=health_only,
    )


def _due(code: str, name: Text, *protocols: str, health_only: bool = False) -> Indicator:
    forms = ", ".join(f"'{protocol}'" for protocol in protocols)
    return Indicator(
        code=code,
        fact=Fact.DUTIES,
        name=name,
        definition=_("Follow-ups of this form done, out of those whose due day lies in the period."),
        unit=Unit.TIMES,
        whole=f"f.is_in_period AND f.protocol IN ({forms})",
        part="f.is_done",
        met=pgettext_lazy("side", "done"),
        missing=pgettext_lazy("side", "not done"),
        source="DOMAIN A16, B6.1",
        shown_in_list="duty",
        health_only=health_only,
    )


FORMS = (
    _patients("hypertension_signed", "hypertension", _("Hypertension: signed")),
    _patients("diabetes_signed", "type2_diabetes", _("Diabetes: signed")),
    _patients("tuberculosis_signed", "tuberculosis", _("Tuberculosis: signed"), health_only=True),
    _patients(
        "mental_signed", "severe_mental_disorder", _("Severe mental disorder: signed"), health_only=True
    ),
    _due("hypertension_done", _("Hypertension: follow-ups done"), "hypertension"),
    _due("diabetes_done", _("Diabetes: follow-ups done"), "type2_diabetes"),
    _due(
        "tuberculosis_done",
        _("Tuberculosis: follow-ups done"),
        *("tuberculosis_first", "tuberculosis"),
        health_only=True,
    ),
    _due(
        "mental_done",
        _("Severe mental disorder: follow-ups done"),
        "severe_mental_disorder",
        health_only=True,
    ),
    _due("major_done", _("Major disease: monthly visits done"), "major_disease"),
    _due("discharge_done", _("Home care after discharge: visits done"), "discharge_care"),
    _due("home_done", _("Home visits done"), "home_visit"),
    Indicator(
        code="face_to_face",
        fact=Fact.VISITS,
        name=_("Visits face to face"),
        definition=_(
            "Visits at home or at the clinic, out of all visits of the period, those by phone included."
        ),
        unit=Unit.TIMES,
        whole="TRUE",
        part="f.is_face_to_face",
        met=pgettext_lazy("side", "face to face"),
        missing=pgettext_lazy("side", "by phone"),
        shows=Shows.PART,
        source="DOMAIN A16, B1.0",
        shown_in_list="visit",
    ),
)
