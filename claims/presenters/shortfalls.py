"""Bills below the target in plain values: both ratios, what is short, each layer that gave nothing, why."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.choices import WhoActs
from claims.policy.decision import Reason
from claims.policy.explanation import reason_told
from claims.presenters.ratios import in_language, ratio
from claims.queries.shortfalls import By, Group, ShortBill, Standing
from claims.warnings.shortfalls import shortfalls
from core.accounts.models import Area
from core.base.texts import Text
from core.clinics.models import Institution


def present_standing(told: Standing) -> dict[str, Any]:
    """The figures over the list; the share of cases is counted before rounding."""
    return {
        "short": told.short,
        "short_whole": round(told.short),
        "short_bills": told.short_bills,
        "bills": told.bills,
        "reached": told.reached,
        "actual": ratio(told.paid, told.cost),
        "in_policy": ratio(told.compliant_paid, told.compliant),
        "cases": ratio(Decimal(told.reached), Decimal(told.bills)),
        "cost": told.cost,
        "paid": told.paid,
        "compliant": told.compliant,
        "compliant_paid": told.compliant_paid,
    }


def who_words(who: str) -> str:
    return str(WhoActs(who).label)


def cause_words(code: str) -> dict[str, str]:
    cause = shortfalls().causes[code]
    return {"label": in_language(cause.label), "act": in_language(cause.act), "who": who_words(cause.who)}


def present_groups(found: list[Group], by: By) -> list[dict[str, Any]]:
    names = _names(found, by)
    return [
        {
            "key": group.key,
            "name": names[group.key],
            "act": cause_words(group.key) if by == By.CAUSE else None,
            "bills": group.bills,
            "short": group.short,
            "actual": ratio(group.paid, group.cost),
            "in_policy": ratio(group.compliant_paid, group.compliant),
        }
        for group in found
    ]


def _names(found: list[Group], by: By) -> Mapping[str, str]:
    if by == By.CAUSE:
        return {group.key: cause_words(group.key)["label"] for group in found}
    if by == By.MONTH:
        return {group.key: group.key for group in found}
    model: Any = Area if by == By.VILLAGE else Institution
    known = model.objects.in_bulk([int(group.key) for group in found])
    return {str(pk): row.name for pk, row in known.items()}


def present_bill(bill: ShortBill) -> dict[str, Any]:
    settlement = bill.settlement
    cost = settlement.total - settlement.discount
    return {
        "number": settlement.number,
        "url": reverse("claims:bill", args=[settlement.admission.uuid]),
        "name": settlement.person.name,
        "village": settlement.village.name,
        "hospital": settlement.institution.name,
        "care": settlement.admission.get_care_display(),
        "on": settlement.settled_on,
        "short": bill.short,
        "patient": settlement.patient,
        "cost": cost,
        "compliant": settlement.compliant,
        "actual": ratio(settlement.paid, cost),
        "in_policy": ratio(settlement.compliant - settlement.compliant_patient, settlement.compliant),
        "causes": [cause_words(code) for code in bill.causes],
        "layers": _layers(settlement.decision),
        "outside": settlement.total - settlement.discount - settlement.compliant,
    }


def _layers(decision: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers that paid nothing or were cut short, each with all its reasons against."""
    language = get_language() or "zh-hans"
    found = []
    for line in decision.get("lines", ()):
        against = [
            reason_told(_reason(raw), language).text
            for raw in line["reasons"]
            if not raw["holds"] and not (line["applied"] and raw["code"] in _MERE)
        ]
        if against and not _is_for_other_care(line):
            label = Text.model_validate(line["label"]).get(language)
            found.append({"label": label, "amount": line["amount"], "reasons": against})
    return found


def _is_for_other_care(line: dict[str, Any]) -> bool:
    return any(raw["code"] == "care" and not raw["holds"] for raw in line["reasons"])


# Said of a layer that has done what it is for.
_MERE = frozenset({"nothing_left", "target_reached", "under_cap", "no_more_than_left"})


def _reason(raw: dict[str, Any]) -> Reason:
    return Reason(raw["code"], raw["holds"], tuple(raw["wanted"]), tuple(raw["given"]))


def tabs(by: str, kept: str) -> list[dict[str, Any]]:
    labels = {
        By.CAUSE: _("By cause"),
        By.VILLAGE: _("By village"),
        By.HOSPITAL: _("By hospital"),
        By.MONTH: _("By month"),
        "bills": _("Bill by bill"),
    }
    return [
        {"label": label, "url": f"?{kept}&by={name}", "active": name == by, "count": None}
        for name, label in labels.items()
    ]
