"""Tables of money: what each layer paid, care and its compensation, what payers owe, the funds."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from claims.choices import Care, HospitalLevel
from core.accounts.models import Level
from healthaid.reports.documents.columns import PERSONS, TIMES, WAN, YUAN
from healthaid.reports.documents.model import Column, Kind, Part, Take
from healthaid.reports.queries.tables.care import care
from healthaid.reports.queries.tables.layers import layers
from healthaid.reports.queries.tables.payers import payers

_FILING = frozenset({Level.COUNTY, Level.TOWNSHIP})
_COUNTY = frozenset({Level.COUNTY})
_PAID = pgettext_lazy("heading", "Compensated")
_AMOUNT = pgettext_lazy("heading", "Amount")
_LAYER = pgettext_lazy("heading", "Layer")
_BILLS = Column(_PAID, pgettext_lazy("column", "bills"), TIMES, "bills", Take.NUMBER)
_LAYERS = (
    Column(pgettext_lazy("heading", "Payer"), pgettext_lazy("column", "who pays"), "", "payer", Take.WORDS),
    _BILLS,
    Column(_PAID, pgettext_lazy("column", "persons"), PERSONS, "persons", Take.NUMBER),
    Column(_AMOUNT, pgettext_lazy("column", "to the fen"), YUAN, "amount", Take.YUAN, guard="persons"),
    Column(_AMOUNT, pgettext_lazy("column", "rounded"), WAN, "amount", Take.WAN, guard="persons"),
    Column(_AMOUNT, pgettext_lazy("column", "mean for a bill"), YUAN, "mean", Take.YUAN, guard="persons"),
)
_UNITS = _(
    "Bills (人次) and persons (人) are two counts, yuan (元) and ten thousands of yuan (万元) two units: "
    "each column names its own. One bill may be paid by several layers, so bills and persons have no sum."
)

LAYERS = Kind(
    code="layers",
    name=_("What each layer paid"),
    title=_("Report on compensation by layer"),
    levels=_FILING,
    parts=(
        Part(_("Table 1: the period"), _LAYERS, "period", first=_LAYER),
        Part(_("Table 2: by month"), _LAYERS, "months", first=_LAYER),
        Part(_("Table 3: since the beginning of the year"), _LAYERS, "year", first=_LAYER),
    ),
    count=layers,
    notes=(
        _UNITS,
        _("Bills count in the month of settling; what is taken back counts in the month it happens."),
        _("Table 3 begins on 1 January of the last day's year, or with the period where that is earlier."),
    ),
    drafted=_FILING,
    public_codes=frozenset({"period"}),
)


def _place(code: str) -> str:
    kind, level, where = code.split("/")
    words = [str(dict(Care.choices)[kind]), str(dict(HospitalLevel.choices).get(level, level))]
    words.append(gettext("in the county") if where == "in" else gettext("outside the county"))
    return " · ".join(words)


_CARE = pgettext_lazy("heading", "Care")
_BASIC = pgettext_lazy("heading", "Basic insurance")
_ALL = pgettext_lazy("heading", "All payers")
CARE = Kind(
    code="care",
    name=_("Basic insurance: care and compensation"),
    title=_("Report on care and compensation by basic insurance"),
    levels=_FILING,
    parts=(
        Part(
            _("Table 1: by kind of care and hospital"),
            (
                Column(_CARE, pgettext_lazy("column", "bills"), TIMES, "bills", Take.NUMBER),
                Column(_CARE, pgettext_lazy("column", "persons"), PERSONS, "persons", Take.NUMBER),
                Column(
                    _CARE, pgettext_lazy("column", "total cost"), YUAN, "cost", Take.YUAN, guard="persons"
                ),
                Column(
                    _CARE,
                    pgettext_lazy("column", "compliant cost"),
                    YUAN,
                    "compliant",
                    Take.YUAN,
                    guard="persons",
                ),
                Column(
                    _BASIC, pgettext_lazy("column", "compensated"), YUAN, "basic", Take.PART, guard="persons"
                ),
                Column(
                    _BASIC,
                    pgettext_lazy("column", "of the compliant cost"),
                    "%",
                    "basic",
                    Take.SHARE,
                    guard="persons",
                ),
                Column(_ALL, pgettext_lazy("column", "paid"), YUAN, "paid", Take.PART, guard="persons"),
                Column(
                    _ALL,
                    pgettext_lazy("column", "of the total cost"),
                    "%",
                    "paid",
                    Take.SHARE,
                    guard="persons",
                ),
                Column(
                    pgettext_lazy("heading", "Patient"),
                    pgettext_lazy("column", "paid by the patient"),
                    YUAN,
                    "patient",
                    Take.YUAN,
                    guard="persons",
                ),
            ),
            "care",
            first=pgettext_lazy("heading", "Kind of care and hospital"),
            row_name=_place,
        ),
    ),
    count=care,
    notes=(
        _("Bills count by the day of settling, net of what was taken back; costs after price reductions."),
        _("A person who was in several hospitals counts once in each line, so persons have no sum."),
    ),
    drafted=_FILING,
)

_OWED = pgettext_lazy("heading", "Laid out by the hospital")
_ANSWER = pgettext_lazy("heading", "The payer's answer")
_FUND = pgettext_lazy("heading", "Ledger")
PAYERS = Kind(
    code="payers",
    name=_("Reconciliation with the payers"),
    title=_("Reconciliation of what payers owe, and ledger of the funds"),
    levels=_COUNTY,
    parts=(
        Part(
            _("Table 1: by payer and hospital"),
            (
                Column(
                    pgettext_lazy("heading", "Hospital"),
                    pgettext_lazy("column", "name"),
                    "",
                    "hospital",
                    Take.WORDS,
                ),
                Column(_OWED, pgettext_lazy("column", "bills"), TIMES, "bills", Take.NUMBER),
                Column(_OWED, pgettext_lazy("column", "amount"), YUAN, "amount", Take.YUAN),
                Column(_OWED, pgettext_lazy("column", "claimed"), YUAN, "claimed", Take.YUAN),
                Column(_ANSWER, pgettext_lazy("column", "received"), YUAN, "received", Take.YUAN),
                Column(_ANSWER, pgettext_lazy("column", "refused"), YUAN, "refused", Take.YUAN),
                Column(
                    _ANSWER,
                    pgettext_lazy("column", "differences open"),
                    pgettext_lazy("unit", "items"),
                    "unclear",
                    Take.NUMBER,
                ),
            ),
            "owed",
            first=pgettext_lazy("heading", "Payer"),
        ),
        Part(
            _("Table 2: ledger of the funds"),
            (
                Column(_FUND, pgettext_lazy("column", "left before"), YUAN, "before", Take.YUAN),
                Column(_FUND, pgettext_lazy("column", "put in"), YUAN, "put_in", Take.YUAN),
                Column(_FUND, pgettext_lazy("column", "bills"), TIMES, "bills", Take.NUMBER),
                Column(_FUND, pgettext_lazy("column", "paid out"), YUAN, "paid_out", Take.YUAN),
                Column(_FUND, pgettext_lazy("column", "left at the end"), YUAN, "left", Take.YUAN),
            ),
            "funds",
            first=pgettext_lazy("heading", "Fund"),
        ),
    ),
    count=payers,
    notes=(
        _("Claims of the months of the period; what was left before, plus put in, less paid out, is left."),
    ),
    drafted=_COUNTY,
    is_public=False,
)
