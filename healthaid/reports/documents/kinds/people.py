"""Causes of poverty with their shares, and who the registered people are."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Level
from healthaid.reports.documents.columns import HOUSEHOLDS, PERSONS
from healthaid.reports.documents.model import Column, Kind, Part, Take
from healthaid.reports.queries.tables.causes import BANDS, UNKNOWN, causes
from households.choices import Cause

_HOUSEHOLDS = pgettext_lazy("heading", "Households")
_PERSONS = pgettext_lazy("heading", "Persons")


def _cause(code: str) -> str:
    return gettext("not recorded") if code == UNKNOWN else str(dict(Cause.choices)[code])


def _band(code: str) -> str:
    number = int(code.removeprefix("band"))
    if number == len(BANDS):
        return gettext("%(age)s years and above") % {"age": BANDS[-1]}
    return gettext("%(from)s to %(to)s years") % {"from": BANDS[number - 1], "to": BANDS[number] - 1}


CAUSES = Kind(
    code="causes",
    name=_("Causes of poverty and population"),
    title=_("Report on causes of poverty and the structure of the population"),
    levels=frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE}),
    parts=(
        Part(
            _("Table 1: main cause of poverty"),
            (
                Column(
                    _HOUSEHOLDS, pgettext_lazy("column", "number"), HOUSEHOLDS, "cause_households", Take.PART
                ),
                Column(_HOUSEHOLDS, pgettext_lazy("column", "share"), "%", "cause_households", Take.SHARE),
                Column(_PERSONS, pgettext_lazy("column", "number"), PERSONS, "cause_persons", Take.PART),
                Column(_PERSONS, pgettext_lazy("column", "share"), "%", "cause_persons", Take.SHARE),
                Column(
                    pgettext_lazy("heading", "Monitored"),
                    pgettext_lazy("column", "number"),
                    HOUSEHOLDS,
                    "cause_monitored",
                    Take.PART,
                ),
            ),
            "causes",
            first=pgettext_lazy("heading", "Cause"),
            row_name=_cause,
        ),
        Part(
            _("Table 2: persons by age and sex"),
            (
                Column(_PERSONS, pgettext_lazy("column", "number"), PERSONS, "aged", Take.PART),
                Column(_PERSONS, pgettext_lazy("column", "share"), "%", "aged", Take.SHARE),
                Column(pgettext_lazy("heading", "Sex"), _("men"), PERSONS, "men", Take.NUMBER),
                Column(pgettext_lazy("heading", "Sex"), _("women"), PERSONS, "women", Take.NUMBER),
            ),
            "ages",
            first=pgettext_lazy("heading", "Age"),
            row_name=_band,
            adds=(("aged", "men", "women"),),
        ),
    ),
    count=causes,
    notes=(
        _("The main cause that was in force on the last day; households and persons are two counts."),
        _("Persons by cause are all members of the households with that main cause, not the ill among them."),
    ),
    months=3,
    drafted=frozenset({Level.TOWNSHIP, Level.COUNTY}),
)
