"""Contracts as they are read: parties, what was promised and done, who signed, where it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.base.periods import age_on
from followups.choices import ContractStanding, ContractState, GuardianReason, SignedBy
from followups.models import Contract
from followups.packages import all_items, all_packages, limits
from followups.presenters.values import day_month, in_language
from followups.queries.contracts import standing
from followups.queries.fulfilment import Fulfilment, Unserved

TONES = {
    ContractStanding.DRAFT: "info",
    ContractStanding.AHEAD: "info",
    ContractStanding.IN_FORCE: "good",
    ContractStanding.EXPIRED: "bad",
    ContractStanding.RENEWED: "quiet",
    ContractStanding.CHANGED_TEAM: "quiet",
    ContractStanding.ENDED: "quiet",
}
# Ends that the product writes itself, in words; anything else was typed.
END_REASONS = {
    "left": gettext_lazy("died or left the register"),
    "moved": gettext_lazy("changed to another team"),
}


@dataclass(frozen=True)
class PromiseRow:
    """One promised item: `share` and `mark` are per cent of the year's promise, for the bar."""

    label: str
    unit: str
    promised: int
    due: int
    done: int | None
    share: int
    mark: int
    tone: str
    word: str
    behind: int
    over: int


def present_promise(item: Fulfilment) -> PromiseRow:
    """For one person or many; the bar shows what was kept, the mark what was due by now."""
    described = all_items()[item.item]
    tone, word = _judged(item)
    return PromiseRow(
        label=in_language(described.title),
        unit=in_language(described.unit),
        promised=item.promised,
        due=item.due,
        done=item.done,
        share=100 * (item.kept or 0) // item.promised,
        mark=100 * item.due // item.promised,
        tone=tone,
        word=word,
        behind=item.behind,
        over=item.over,
    )


def _judged(item: Fulfilment) -> tuple[str, str]:
    if item.done is None or item.kept_by_now is None:
        return "quiet", _("not counted yet")
    if missing := item.due - item.kept_by_now:
        return "warn", _("%(n)s behind") % {"n": missing}
    if item.done > item.promised:
        return "info", _("more than promised")
    if not item.due and not item.kept:
        return "quiet", _("n/a, not due yet")
    return "good", _("on schedule")


def package_name(code: str) -> str:
    package = all_packages().get(code)
    return in_language(package.title) if package else code


def present_contract(contract: Any, on: date) -> dict[str, Any]:
    """One person under contract; `contract.last_visit` is the day of the last face-to-face visit."""
    person = contract.person
    met = getattr(contract, "last_visit", None)
    return {
        "uuid": person.uuid,
        "pk": contract.pk,
        "url": reverse("followups:contract", args=[contract.pk]),
        "name": person.name,
        "age": age_on(person.birth_date, on),
        "place": person.household.village.name,
        "package": package_name(contract.package),
        "until": contract.period.upper,
        "last": day_month(met, on) if met else "",
        "silent": met is None or (on - met).days >= limits().unserved_days,
        "team": contract.team.name,
    }


def present_unserved(row: Unserved, on: date) -> dict[str, Any]:
    """As above, with how long nobody came."""
    shown = present_contract(row.contract, on)
    return shown | {
        "last": day_month(row.met_on, on) if row.met_on else "",
        "days": (on - row.met_on).days if row.met_on else None,
    }


def present_agreement(contract: Contract, why: GuardianReason | None, on: date) -> dict[str, Any]:
    """One contract in full, for its page."""
    where = standing(contract, on)
    return {
        "standing": where.label,
        "tone": TONES[where],
        "package": package_name(contract.package),
        "source": all_packages()[contract.package].source if contract.package in all_packages() else "",
        "signed": _signed(contract),
        "why_guardian": why.label if why else "",
        "guardian_missing": _guardian_missing(contract, why),
        "end_reason": END_REASONS.get(contract.end_reason, contract.end_reason),
        "before": _neighbour(contract.follows),
        "after": _neighbour(getattr(contract, "followed_by", None)),
        "is_draft": contract.state == ContractState.DRAFT,
        "may_end": contract.state == ContractState.SIGNED and contract.period.upper > on,
    }


def _signed(contract: Contract) -> str:
    if contract.state == ContractState.DRAFT:
        return _("not signed yet")
    if contract.signed_by == SignedBy.GUARDIAN:
        return _("%(name)s (%(relation)s), guardian") % {
            "name": contract.signer_name,
            "relation": contract.get_signer_relation_display(),
        }
    return str(contract.get_signed_by_display())


def _guardian_missing(contract: Contract, why: GuardianReason | None) -> bool:
    """Signed alone although a guardian has to sign today."""
    needed = why in (GuardianReason.MINOR, GuardianReason.DISORDER)
    return needed and contract.state == ContractState.SIGNED and contract.signed_by != SignedBy.GUARDIAN


def _neighbour(contract: Contract | None) -> dict[str, Any] | None:
    if contract is None:
        return None
    return {
        "url": reverse("followups:contract", args=[contract.pk]),
        "team": contract.team.name,
        "from": contract.period.lower,
    }
