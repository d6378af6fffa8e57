"""Conflicts: two truths about one visit, until a person says which one holds. Both stay on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7
from followups.models import Conflict, Visit
from followups.queries.visits import versions
from followups.services.visits import VisitReceipt, record_visit

KEEP, TAKE = "keep", "take"
CHOICES = (KEEP, TAKE)


def resolve_conflict(
    *, conflict: Conflict, choice: str, by: User, on: date, reason: str = ""
) -> VisitReceipt:
    """This will close a conflict: `keep` the record that stands, or `take` the other as its correction.

    Taking writes a new version of the visit with the other body's answers; the replaced one is kept.
    """
    check(by, "record_visit")
    if choice not in CHOICES:
        raise ValidationError({"choice": _("Choose which record holds.")})
    current = versions(conflict.kept)[-1]
    receipt = VisitReceipt("repeated", current)
    if choice == TAKE:
        receipt = record_visit(body=_as_correction(conflict, current, reason), by=by, received_on=on)
    if receipt.status in ("accepted", "repeated"):
        _close(conflict, choice, receipt, by, reason)
    return receipt


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


def _as_correction(conflict: Conflict, current: Visit, reason: str) -> dict[str, Any]:
    """The other body as a new version of the visit that stands."""
    offered: Mapping[str, Any] = conflict.offered.body
    left_out = ("client_id", "duty", "device_id", "device_seq", "supersedes", "amend_reason")
    kept = {name: value for name, value in offered.items() if name not in left_out}
    return kept | {
        "client_id": str(uuid7()),
        "supersedes": str(current.pk),
        "amend_reason": reason or _("Chosen after comparing two records"),
    }
