"""That somebody has seen what they were told."""

from collections.abc import Sequence
from datetime import datetime

from core.accounts.models import User
from followups.queries.escalations import unseen


def mark_seen(*, duties: Sequence[int], by: User, at: datetime) -> int:
    """This will note that a user has seen what they were told of these duties; gives how many were new."""
    return int(unseen(by).filter(duty__in=duties).update(seen_at=at))
