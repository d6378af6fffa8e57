"""Identification and the record: everybody screened, every case decided by six opinions, every file kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.indicators.facts import Fact
from healthaid.reports.indicators.model import Indicator, Unit


def _of_files(**more: Any) -> Indicator:
    return Indicator(fact=Fact.FILES, unit=Unit.PERSONS, target=100, margin=10, **more)


FILES = (
    _of_files(
        code="screened",
        name=_("Screening result known"),
        definition=_(
            "Residents with a result in the latest round of screening of their place, none found included, "
            "out of all residents of places where a round was opened."
        ),
        whole="f.has_round",
        part="f.is_screened",
        met=pgettext_lazy("side", "with a result"),
        missing=pgettext_lazy("side", "without a result"),
        source="DOMAIN A15, A61",
        shown_in_list="screening",
    ),
    Indicator(
        code="identified",
        fact=Fact.IDENTIFICATIONS,
        name=_("Identification decided (3+3)"),
        definition=_(
            "Cases of identification decided by the date, confirmed or rejected after the opinions of health "
            "and administration at village, township and county, out of all opened by then."
        ),
        unit=Unit.EPISODES,
        whole="TRUE",
        part="f.is_decided",
        met=pgettext_lazy("side", "decided"),
        missing=pgettext_lazy("side", "on their way"),
        target=100,
        margin=20,
        source="DOMAIN A60",
        shown_in_list="identification",
    ),
    _of_files(
        code="records_kept",
        name=_("Health record kept"),
        definition=_("Residents with a health record made by the date, out of all residents."),
        whole="TRUE",
        part="f.has_record",
        met=pgettext_lazy("side", "with a record"),
        missing=pgettext_lazy("side", "without a record"),
        source="DOMAIN A30, A35, A50",
        shown_in_list="file",
    ),
    _of_files(
        code="records_good",
        name=_("Health record complete and up to date"),
        definition=_(
            "Residents whose health record lacks nothing, with a telephone, looked at within the months of "
            "the rule, out of all residents. An earlier day shows the record as it was kept on it; the "
            "telephone is the one of today."
        ),
        whole="TRUE",
        part="f.is_good",
        met=pgettext_lazy("side", "complete and up to date"),
        missing=pgettext_lazy("side", "missing, incomplete or out of date"),
        source="DOMAIN A30",
        shown_in_list="file",
    ),
)
