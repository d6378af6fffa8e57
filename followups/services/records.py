"""What a phone sends beside visits: its bytes are kept first, under its own number, and judged then."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from psycopg.types.json import Jsonb

from core.accounts.models import User
from core.base.sql import rows
from followups.choices import SubmissionState
from followups.models import Submission
from followups.services.sync import Verdict
from followups.services.visits import VisitReceipt
from followups.services.visits.entry import canonical, fingerprint
from followups.services.visits.keeping import keep_refusal
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Refused
from followups.sql import statement

log = logging.getLogger(__name__)
Judge = Callable[[UUID, int], VisitReceipt]
"""Gets the record's number and the key of what was kept; raises Refused where it finds fault."""


def keep_and_judge(
    *, item: Mapping[str, Any], kind: Submission.Kind, by: User, judge: Judge, sequence: int | None = None
) -> Verdict:
    """This will keep one record and judge it in one transaction; the same one again gets the first answer.

    A record that cannot be judged now is answered with `later`: the sender keeps it and sends it again."""
    number = str(item.get("client_id", ""))[:40]
    try:
        client_id, digest = UUID(number), fingerprint(item)
    except (ValueError, TypeError, RecursionError):
        return Verdict(number, "", VisitReceipt("refused", problems=[wrong("client_id", "not_a_uuid")]))
    values = _values(item, client_id, digest, by) | {"kind": kind, "device_seq": sequence}
    try:
        return Verdict(number, digest.hex(), _judged(values, judge))
    except DatabaseError as error:
        log.warning("sync: a record (%s) could not be taken now: %s", kind, type(error).__name__)
        return Verdict(number, digest.hex(), VisitReceipt("later"))


def _values(item: Mapping[str, Any], client_id: UUID, digest: bytes, by: User) -> dict[str, Any]:
    return {
        "client_id": client_id,
        "sha256": digest,
        "body": Jsonb(item, dumps=canonical),
        "user": by.pk,
        "api_client": None,
        "device_id": str(item.get("device_id", ""))[:40],
    }


def _judged(values: Mapping[str, Any], judge: Judge) -> VisitReceipt:
    submission, state, _visit = rows(statement("receive_visit"), values)[0]
    if state == SubmissionState.ACCEPTED:
        return VisitReceipt("repeated", submission_id=submission)
    try:
        with transaction.atomic():
            return judge(values["client_id"], submission)
    except Refused as refused:
        return keep_refusal(submission, refused.problems)
