"""Taking data out leaves a trace: who, what, how many, which columns."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core.audit.models import AccessLog
from core.audit.services import record_access


@transaction.atomic
def record_export(
    *, by: Any, purpose: str, route: str, count: int, fields: Sequence[str], request_id: str = ""
) -> AccessLog:
    """This will record that `count` rows with these columns left the product in a file."""
    return record_access(
        kind=AccessLog.Kind.EXPORT,
        actor=by.get_username(),
        user=by,
        purpose=purpose,
        route=route,
        count=count,
        fields=fields,
        request_id=request_id,
    )
