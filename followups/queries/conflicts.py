"""Two records of one visit: which stands now, what the other says, and everything that came in about them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import User
from followups.models import Conflict, Submission, Visit
from followups.queries.visits import versions

BESIDE_THE_ANSWERS = (("visited_on", "visit_date"), ("mode", "visit_mode"), ("next_on", "next_date"))


def conflicts(user: User, *, resolved: bool = False) -> QuerySet[Any]:
    """Conflicts of the user's area, the newest first."""
    found: QuerySet[Any] = _both_sides(user).filter(resolved_at__isnull=not resolved).order_by("-id")
    return found


def get_conflict(user: User, pk: int) -> Conflict:
    """:raises Http404: outside the user's area."""
    found: Conflict = _both_sides(user).get_visible(user, pk=pk)
    return found


def _both_sides(user: User) -> Any:
    return Conflict.objects.visible_to(user).select_related(
        "kept__person", "kept__household__village", "kept__by", "offered__user", "resolved_by"
    )


def standing(conflict: Conflict) -> Visit:
    """The version that holds now; the one met first may have been corrected meanwhile."""
    return conflict.kept if conflict.resolved_at else versions(conflict.kept)[-1]


def offered_answers(body: Mapping[str, Any]) -> dict[str, Any]:
    """The offered answers with the three fields that may stand beside them."""
    given = body.get("answers")
    answers = dict(given) if isinstance(given, dict) else {}
    for name, code in BESIDE_THE_ANSWERS:
        if body.get(name):
            answers.setdefault(code, body[name])
    return answers


def can_be_mixed(conflict: Conflict) -> bool:
    """Only two records of one person on one form can be put together field by field."""
    kept, body = conflict.kept, conflict.offered.body
    subject = kept.person.uuid if kept.person else kept.household.uuid
    named = body.get("person") if kept.person else body.get("household")
    return str(named) == str(subject) and body.get("protocol") == kept.protocol


def everything_sent(conflict: Conflict) -> list[Submission]:
    """Every body that came in about either side, the first one first."""
    numbers = [visit.pk for visit in versions(conflict.kept)]
    found = Submission.objects.filter(client_id__in=[*numbers, conflict.offered.client_id])
    return list(found.select_related("user").order_by("received_at", "pk"))
