"""健康扶贫帮扶表: the roster of persons, with the sums by area that are kept as its figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from healthaid.reports.documents.columns import HOUSEHOLDS, PERSONS, STAYS
from healthaid.reports.documents.kinds.areas import EVERYWHERE
from healthaid.reports.documents.model import Asked, Column, Counted, Kind, Part, Take
from healthaid.reports.queries.tables.areas import by_area

_REGISTER = pgettext_lazy("heading", "On the register")


def _sums(asked: Asked) -> Counted:
    return by_area(asked, ("households", "residents", "ill"), with_stays=True, every_care=True)


HELP = Kind(
    code="help",
    name=_("Help to each person"),
    title=_("Table of help to each registered person"),
    levels=EVERYWHERE,
    parts=(
        Part(
            _("Sums of the roster"),
            (
                Column(
                    _REGISTER, pgettext_lazy("column", "households"), HOUSEHOLDS, "households", Take.WHOLE
                ),
                Column(_REGISTER, pgettext_lazy("column", "persons"), PERSONS, "residents", Take.WHOLE),
                Column(_REGISTER, pgettext_lazy("column", "ill"), PERSONS, "ill", Take.PART),
                *STAYS,
            ),
        ),
    ),
    count=_sums,
    notes=(
        _(
            "The workbook has one row for each person, disease and bill of the period; this sheet has its "
            "sums and is signed for it. Identity numbers are masked."
        ),
        _("Inpatient and outpatient bills by the day of settling; what was taken back stands with a minus."),
    ),
    is_public=False,
    is_roster=True,
)
