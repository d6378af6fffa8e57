"""The one way to leave a trace of a look."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from core.audit.models import AccessLog


def record_access(
    *,
    kind: str,
    actor: str,
    purpose: str,
    route: str,
    user: Any = None,
    subject: UUID | None = None,
    count: int = 1,
    fields: Sequence[str] = (),
    request_id: str = "",
) -> AccessLog:
    """This will add one row to the access log: `subject` a person's uuid, `count` how many in an export."""
    return AccessLog.objects.create(
        kind=kind,
        actor=actor,
        purpose=purpose[:200],
        route=route[:200],
        user=user,
        subject_uuid=subject,
        count=count,
        fields=list(fields),
        request_id=request_id,
    )


def record_look(request: HttpRequest, *, subject: UUID, fields: Sequence[str], purpose: str) -> AccessLog:
    """This will record that the signed-in user was shown a person's unmasked fields."""
    return record_access(
        kind=AccessLog.Kind.REVEAL,
        actor=request.user.get_username(),
        user=request.user,
        purpose=purpose,
        route=request.path,
        subject=subject,
        fields=fields,
        request_id=getattr(request, "id", ""),
    )


def record_looks(
    request: HttpRequest, *, subjects: Sequence[UUID], fields: Sequence[str], purpose: str
) -> int:
    """The same for many persons at once: one row for each. Gives how many."""
    rows = [
        AccessLog(
            kind=AccessLog.Kind.REVEAL,
            actor=request.user.get_username(),
            user_id=request.user.pk,
            purpose=purpose[:200],
            route=request.path[:200],
            subject_uuid=subject,
            fields=list(fields),
            request_id=getattr(request, "id", ""),
        )
        for subject in subjects
    ]
    return len(AccessLog.objects.bulk_create(rows))


def record_export(request: HttpRequest, *, purpose: str, count: int, fields: Sequence[str]) -> AccessLog:
    """This will record that the signed-in user took `count` rows with these columns out in a file."""
    return record_access(
        kind=AccessLog.Kind.EXPORT,
        actor=request.user.get_username(),
        user=request.user,
        purpose=purpose,
        route=request.path,
        count=count,
        fields=fields,
        request_id=getattr(request, "id", ""),
    )
