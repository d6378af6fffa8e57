"""That somebody has seen what they were told."""

from collections.abc import Sequence
from datetime import datetime

from core.accounts.models import User
from followups.queries.escalations import NEEDS, REFERRALS, VISITS, unseen

_KEYS = {VISITS: "duty", NEEDS: "need", REFERRALS: "referral"}


def mark_seen(*, matter: str, numbers: Sequence[int], by: User, at: datetime) -> int:
    """This will note that a user has seen what was told of visits, needs or referrals; gives how many."""
    mine = unseen(by, matter).filter(**{f"{_KEYS[matter]}__in": numbers})
    return int(mine.update(seen_at=at, seen_by=by))
