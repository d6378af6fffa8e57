"""Tables by area: the monthly table on health and poverty, and the progress of the contracts."""

from django.utils.translation import gettext_lazy as _

from core.accounts.models import Level
from healthaid.reports.documents.columns import BASICS, CARE, CONTRACTS, STAYS, WAYS
from healthaid.reports.documents.model import Asked, Counted, Kind, Part
from healthaid.reports.queries.tables.areas import by_area

EVERYWHERE = frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE})
_DASH = _(
    "A dash (—) means that there is nobody to count or that no such data are kept here; it is never a zero."
)
_RATES = _("Rates of the last line are the sum of the numerators over the sum of the denominators.")
_HIDDEN = _(
    "Tuberculosis and severe mental disorder stand in the last line only, below 5 persons as <5, and in no "
    "other number, so that nobody can be recognised."
)
_MONTHLY = (
    Part(_("Table 1: register, coverage, examinations and needs"), BASICS),
    Part(_("Table 2: contracts and follow-ups of the four chronic diseases"), CARE),
    Part(_("Table 3: hospital stays and who paid"), STAYS),
    Part(_("Table 4: ratios, treat first, one-stop settlement"), WAYS),
)
_CONTRACTS = (
    Part(_("Table 1: contracts and work under them"), CONTRACTS),
    Part(_("Table 2: the four chronic diseases"), CARE),
)


def _codes(parts: tuple[Part, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.code for part in parts for c in part.columns if c.code))


def _monthly(asked: Asked) -> Counted:
    return by_area(asked, (*_codes(_MONTHLY), "unmeasured"), with_stays=True)


def _contracts(asked: Asked) -> Counted:
    return by_area(asked, _codes(_CONTRACTS))


MONTHLY = Kind(
    code="monthly",
    name=_("Health work for registered households"),
    title=_("Monthly report on health work for registered households"),
    levels=EVERYWHERE,
    parts=_MONTHLY,
    count=_monthly,
    notes=(
        _DASH,
        _RATES,
        _HIDDEN,
        _(
            "A village whose way to the clinic has not been measured shows a dash and counts as outside in "
            "the last line."
        ),
        _(
            "Stays are counted by the day of settling, net of what was taken back in the period; costs after "
            "price reductions. Bills of illnesses for health staff only are left out; the table of layers "
            "has them."
        ),
    ),
    drafted=frozenset({Level.TOWNSHIP, Level.COUNTY}),
)
CONTRACT_PROGRESS = Kind(
    code="contracts",
    name=_("Progress of family-doctor contracts"),
    title=_("Monthly report on the progress of family-doctor contracts"),
    levels=EVERYWHERE,
    parts=_CONTRACTS,
    count=_contracts,
    notes=(_DASH, _RATES, _HIDDEN),
    drafted=frozenset({Level.TOWNSHIP, Level.COUNTY}),
)
