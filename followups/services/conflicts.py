"""Conflicts: two truths about one visit, until a person says which one holds. Both stay on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import Sector, User
from core.accounts.permissions import check, may
from followups.models import Conflict, Visit
from followups.protocols.library import edition
from followups.queries.conflicts import can_be_mixed, offered_answers
from followups.queries.visits import versions
from followups.services.visits import VisitReceipt
from followups.services.visits.entry import fingerprint
from followups.services.visits.recording import record_decided

KEEP, TAKE, MIX, BOTH = "keep", "take", "mix", "both"
CHOICES = (KEEP, TAKE, MIX, BOTH)
OFFERED = "offered"
_NOT_ITS_OWN = ("client_id", "duty", "device_id", "device_seq", "supersedes", "amend_reason", "trip")


def may_decide(user: User) -> bool:
    """Doctors, and the health officers of the township."""
    return may(user, "decide_conflict") and user.sector == Sector.HEALTH


def choices_for(conflict: Conflict) -> tuple[str, ...]:
    """What can be decided: a correction cannot be a visit of its own, two persons cannot be mixed."""
    mixable = can_be_mixed(conflict)
    own_visit = conflict.kind != Conflict.Kind.STALE_AMENDMENT
    return tuple(
        choice
        for choice, possible in ((KEEP, True), (TAKE, mixable), (MIX, mixable), (BOTH, own_visit))
        if possible
    )


def resolve_conflict(
    *,
    conflict: Conflict,
    choice: str,
    by: User,
    on: date,
    picks: Mapping[str, str] | None = None,
    seen: UUID | None = None,
    reason: str = "",
) -> VisitReceipt:
    """This will close a conflict: `keep` the record that stands, `take` the other as its correction, `mix`
    them by `picks` (field → "kept" or "offered"), or count `both` as visits of their own.

    Taking and mixing write a new version of the visit; the replaced one is kept, and so are both bodies. The
    same decision twice is one. `seen` is the version that was compared.

    :raises ValidationError: for a choice that is not possible, or where another version stands by now.
    """
    check(by, "decide_conflict")
    if not may_decide(by):
        raise PermissionDenied("decide_conflict")
    if choice not in choices_for(conflict):
        raise ValidationError({"choice": _("Choose which record holds.")})
    current = versions(conflict.kept)[-1]
    if seen and seen != current.pk and not _is_decided(conflict):
        raise ValidationError({"choice": _("The record was corrected meanwhile. Compare them again.")})
    receipt = _carried_out(conflict, choice, current, picks or {}, by, on, reason)
    if receipt.status in ("accepted", "repeated"):
        _close(conflict, choice, receipt, by, reason)
    return receipt


def _is_decided(conflict: Conflict) -> bool:
    return Conflict.objects.filter(pk=conflict.pk, resolved_at__isnull=False).exists()


def _carried_out(
    conflict: Conflict,
    choice: str,
    current: Visit,
    picks: Mapping[str, str],
    by: User,
    on: date,
    reason: str,
) -> VisitReceipt:
    if choice == KEEP or _is_decided(conflict):
        return VisitReceipt("repeated", current)
    body = _mixed(conflict, current, picks) if choice == MIX else _other(conflict)
    if choice != BOTH:
        body["supersedes"] = str(current.pk)
        body["amend_reason"] = reason or _("Chosen after comparing two records")
    number = uuid5(conflict.offered.client_id, fingerprint(body).hex())
    body = {"client_id": str(number), **body}
    return record_decided(body=body, by=by, received_on=on, beside=choice == BOTH)


def _close(conflict: Conflict, choice: str, receipt: VisitReceipt, by: User, reason: str) -> None:
    with transaction.atomic():
        held = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
        if held.resolved_at:
            return
        held.resolved_at, held.resolved_by = timezone.now(), by
        held.resolution = {
            "choice": choice,
            "visit": str(receipt.visit.pk) if receipt.visit else "",
            "reason": reason,
        }
        held.save(update_fields=["resolved_at", "resolved_by", "resolution"])


def _other(conflict: Conflict) -> dict[str, Any]:
    """The other body without what belongs to its own sending."""
    return {name: value for name, value in conflict.offered.body.items() if name not in _NOT_ITS_OWN}


def _mixed(conflict: Conflict, current: Visit, picks: Mapping[str, str]) -> dict[str, Any]:
    """The record that stands with picked fields of the other, each with its target; sums are made anew."""
    offered = offered_answers(conflict.offered.body)
    answers = dict(current.answers)
    for code in [code for code, side in picks.items() if side == OFFERED]:
        for name in (code, f"{code}_target"):
            answers.pop(name, None)
            if name in offered:
                answers[name] = offered[name]
    for field in edition(f"{current.protocol}_{current.edition}").fields:
        if field.computed:
            answers.pop(field.code, None)
    subject = (
        {"person": str(current.person.uuid)} if current.person else {"household": str(current.household.uuid)}
    )
    return {
        **subject,
        "protocol": current.protocol,
        "visited_on": str(answers.get("visit_date") or current.visited_on),
        "mode": str(answers.get("visit_mode") or current.mode),
        "answers": answers,
    }
