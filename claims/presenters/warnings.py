"""Warnings in plain values: whose, which line, how far over it, what is to be done until when."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import WarningState
from claims.models import BurdenWarning, ReferenceValue, RuleSetInForce, Settlement, WarningStep
from claims.presenters.ratios import in_language
from claims.queries.burdens.board import WAITING_STATES, rule_label_of
from claims.warnings.reading import Rule, RuleSet, all_rules, county_sets, references, rule_sets, set_of

TONES = {
    WarningState.RAISED: "warn",
    WarningState.VERIFIED: "warn",
    WarningState.HELPED: "info",
    WarningState.CLOSED: "good",
    WarningState.DISMISSED: "quiet",
}


def rule_words(code: str) -> str:
    """What a rule is called; its code where the library does not know it any more."""
    label = rule_label_of(code)
    return in_language(label) if label else code


def days_late(warning: BurdenWarning, on: date) -> int:
    return max((on - warning.due_on).days, 0) if warning.state in WAITING_STATES else 0


def present_warning(warning: BurdenWarning, head: str, on: date) -> dict[str, Any]:
    late = days_late(warning, on)
    expected = bool(warning.grounds.get("is_expected"))
    return {
        "url": reverse("claims:warning", args=[warning.pk]),
        "title": head,
        "rule": rule_words(warning.rule),
        "person": warning.person.name if warning.person else "",
        "place": warning.household.village.name,
        "burden": warning.burden,
        "projected": warning.projected,
        "threshold": warning.threshold,
        "over": ((warning.projected if expected else None) or warning.burden) - warning.threshold,
        "is_expected": expected,
        "state": warning.get_state_display(),
        "tone": "bad" if late else TONES[WarningState(warning.state)],
        "due": _due(warning, late),
        "due_on": warning.due_on,
        "is_late": bool(late),
        "edition": warning.edition,
    }


def _due(warning: BurdenWarning, late: int) -> str:
    if late:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
    if warning.state in WAITING_STATES:
        return _("By %(day)s") % {"day": warning.due_on.isoformat()}
    return ""


def present_grounds(warning: BurdenWarning) -> dict[str, Any]:
    """How the sums came about, from the numbers kept with the warning."""
    grounds = warning.grounds
    rule, rules = all_rules().get(warning.rule), set_of(warning.rule)
    monthly = Decimal(grounds.get("monthly") or 0)
    return {
        "base": _("compliant self-pay") if grounds.get("base") == "compliant" else _("all self-pay"),
        "window": _("the last 12 months")
        if grounds.get("window") == "rolling_12_months"
        else _("the calendar year"),
        "unit": _("one person") if rule and rule.unit == "person" else _("the whole household"),
        "bills": grounds.get("bills"),
        "monthly": monthly,
        "months_left": grounds.get("months_left"),
        "chronic": monthly * (grounds.get("months_left") or 0),
        "instalments": Decimal(grounds.get("instalments") or 0),
        "income": _amount(grounds.get("income")),
        "line": _amount(grounds.get("line")),
        "reference": _amount(grounds.get("reference")),
        "reference_year": grounds.get("reference_year"),
        "percent": _percent(rule),
        "is_of_income": bool(rule and rule.threshold.income_percent),
        "title": in_language(rules.title) if rules else "",
        "source": rules.source if rules else "",
    }


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _percent(rule: Rule | None) -> Decimal | None:
    return (rule.threshold.percent or rule.threshold.income_percent) if rule else None


def present_step(step: WarningStep) -> dict[str, Any]:
    return {
        "day": step.done_on,
        "state": step.get_state_display(),
        "note": step.note,
        "by": step.done_by.get_full_name() if step.done_by else _("the monthly run"),
        "tone": TONES[WarningState(step.state)],
    }


def present_bill(bill: Settlement) -> dict[str, Any]:
    return {
        "url": reverse("claims:bill", args=[bill.admission.uuid]),
        "name": bill.person.name,
        "hospital": bill.institution.name,
        "care": bill.admission.get_care_display(),
        "on": bill.settled_on,
        "total": bill.total,
        "patient": bill.patient,
    }


def present_set(one: RuleSet, in_force: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": in_language(one.title),
        "edition": one.edition,
        "source": one.source,
        "everywhere": one.scope == "everywhere",
        "is_in_force": one.code == in_force or one.scope == "everywhere",
        "verify_days": one.verify_within_days,
        "rules": [in_language(rule.label) for rule in one.rules],
        "figures": [in_language(references()[name].label) for name in _named(one)],
    }


def _named(one: RuleSet) -> list[str]:
    named = [name for rule in one.rules for name in (rule.threshold.reference, rule.threshold.line) if name]
    return list(dict.fromkeys(named))


def present_sets(in_force: RuleSetInForce | None) -> list[dict[str, Any]]:
    """Those in force first, then the others."""
    code = in_force.code if in_force else ""
    shown = [present_set(one, code) for one in rule_sets().values()]
    return sorted(shown, key=lambda one: not one["is_in_force"])


def missing_figures(in_force: RuleSetInForce | None, known: list[ReferenceValue], year: int) -> list[str]:
    """The yearly figures without which a rule in force can judge nobody this year."""
    code = in_force.code if in_force else ""
    have = {(value.code, value.year) for value in known}
    wanted = [
        rule.threshold
        for one in rule_sets().values()
        if one.scope == "everywhere" or one.code == code
        for rule in one.rules
    ]
    lacking = [
        (each.reference, year - each.years_before)
        for each in wanted
        if each.reference and (each.reference, year - each.years_before) not in have
    ]
    codes = {value.code for value in known}
    lacking += [(each.line, year) for each in wanted if each.line and each.line not in codes]
    return [f"{in_language(references()[name].label)} {when}" for name, when in dict.fromkeys(lacking)]


def present_reference(value: ReferenceValue) -> dict[str, Any]:
    known = references().get(value.code)
    return {
        "label": in_language(known.label) if known else value.code,
        "area": value.area.name,
        "year": value.year,
        "amount": value.amount,
        "source": value.source,
    }


def set_title(code: str) -> str:
    return in_language(county_sets()[code].title) if code in county_sets() else code
