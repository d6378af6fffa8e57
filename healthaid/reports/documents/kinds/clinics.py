"""The table of village clinics: ownership, standard, and who works there with which licence."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Level
from core.clinics.models import Institution
from healthaid.outreach.models import ActivityEntry
from healthaid.reports.documents.columns import PERSONS
from healthaid.reports.documents.model import Column, Kind, Part, Take
from healthaid.reports.queries.tables.clinics import clinics

_CLINIC = pgettext_lazy("heading", "Clinic")
_STANDARD = pgettext_lazy("heading", "Standard")
_STAFF = pgettext_lazy("heading", "Staff")
_ROOMS = pgettext_lazy("heading", "Rooms and equipment")

CLINICS = Kind(
    code="clinics",
    name=_("Village clinics"),
    title=_("Table of village clinics"),
    levels=frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE}),
    parts=(
        Part(
            _("Village clinics"),
            (
                Column(_CLINIC, pgettext_lazy("column", "name"), "", "clinic", Take.WORDS),
                Column(
                    _CLINIC,
                    pgettext_lazy("column", "owned"),
                    "",
                    "ownership",
                    Take.WORDS,
                    words=Institution.Ownership,
                ),
                Column(
                    _STANDARD,
                    pgettext_lazy("column", "standardised"),
                    pgettext_lazy("unit", "1 = yes"),
                    "standardised",
                    Take.PART,
                ),
                Column(
                    _STANDARD,
                    pgettext_lazy("column", "publicly owned"),
                    pgettext_lazy("unit", "1 = yes"),
                    "public",
                    Take.PART,
                ),
                Column(
                    _STANDARD,
                    pgettext_lazy("column", "minutes to the village"),
                    pgettext_lazy("unit", "minutes"),
                    "minutes",
                    Take.WORDS,
                ),
                Column(
                    _STANDARD,
                    pgettext_lazy("column", "grade"),
                    "",
                    "grade",
                    Take.WORDS,
                    words=ActivityEntry._meta.get_field("grade"),
                ),
                Column(
                    _ROOMS,
                    pgettext_lazy("column", "floor area"),
                    pgettext_lazy("unit", "m²"),
                    "floor_area",
                    Take.WORDS,
                ),
                Column(
                    _ROOMS, pgettext_lazy("column", "rooms"), "", "rooms", Take.WORDS, words=Institution.Room
                ),
                Column(
                    _ROOMS,
                    pgettext_lazy("column", "equipment"),
                    "",
                    "equipment",
                    Take.WORDS,
                    words=Institution.Equipment,
                ),
                Column(
                    _ROOMS,
                    pgettext_lazy("column", "beds"),
                    pgettext_lazy("unit", "beds"),
                    "beds",
                    Take.NUMBER,
                ),
                Column(
                    _STAFF, pgettext_lazy("column", "with a valid licence"), PERSONS, "licensed", Take.NUMBER
                ),
                Column(
                    _STAFF,
                    pgettext_lazy("column", "name, qualification, licence number"),
                    "",
                    "staff",
                    Take.WORDS,
                ),
            ),
            "clinics",
            first=pgettext_lazy("heading", "Village"),
        ),
    ),
    count=clinics,
    notes=(
        _("A village with registered households and without a clinic has a line of its own, without a name."),
        _("Licences valid on the last day of the period; the grade is that of the last grading by then."),
        _("Ownership, standard, rooms, equipment and beds as they are known on the day of counting."),
    ),
    months=3,
    drafted=frozenset({Level.COUNTY}),
    is_public=False,
)
