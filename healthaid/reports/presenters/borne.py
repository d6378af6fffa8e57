"""What a row says about costs: what was borne against what the household lives on, a stay's ratio, a risk."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import Admission
from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row
from households.models import HouseholdStatus


def burden(row: Row, _around: Any) -> tuple[str, str, str]:
    """The sums stand side by side; what is not known is said to be so."""
    spent = _yuan(row["spent"]) if row["spent"] is not None else _("not known")
    income = _yuan(row["income"]) if row["income"] is not None else _("not known")
    text = _("borne in 12 months %(burden)s · spent in the year %(spent)s · income %(income)s") % {
        "burden": _yuan(row["burden"]),
        "spent": spent,
        "income": income,
    }
    return text, "quiet", ""


def stay(row: Row, _around: Any) -> tuple[str, str, str]:
    share = (row["paid"] * 100 / row["cost"]).quantize(Decimal("0.1"), ROUND_DOWN)
    text = _("settled on %(day)s · cost %(cost)s · actual ratio %(share)s %%") % {
        "day": day(row["settled_on"]),
        "cost": _yuan(row["cost"]),
        "share": share,
    }
    if row["is_reached"]:
        return text, "good", pgettext("status", "reached")
    return (
        text,
        "bad",
        pgettext("status", "below")
        if row["is_in_county"]
        else pgettext("status", "below, outside the county"),
    )


def admission(row: Row, _around: Any) -> tuple[str, str, str]:
    """One stay: treated before paying or why not, and how it was settled."""
    parts = [_("admitted on %(day)s") % {"day": day(row["admitted_on"])}]
    if row["discharged_on"]:
        parts.append(_("discharged on %(day)s") % {"day": day(row["discharged_on"])})
        parts.append(_("settled in one stop") if row["is_one_stop"] else _("settled later or elsewhere"))
    if row["treats_first"]:
        return " · ".join(parts), "good", pgettext("status", "treated first")
    parts.append(choice(Admission, "no_credit", row["no_credit"]))
    return " · ".join(parts), "warn", pgettext("status", "paid first")


def monitored(row: Row, _around: Any) -> tuple[str, str, str]:
    risk = choice(HouseholdStatus, "risk", row["risk"]) if row["risk"] else "—"
    text = _("risk: %(risk)s · since %(day)s") % {"risk": risk, "day": day(row["since"])}
    if not row["is_open"]:
        return text, "quiet", _("removed on %(day)s") % {"day": day(row["until"])}
    return text, "warn", pgettext("status", "monitored")


def _yuan(amount: Decimal) -> str:
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}
