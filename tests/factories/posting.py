"""Visits as a phone posts them: the answers of a form, judged and kept."""

from datetime import date
from typing import Any

from core.accounts.models import User
from core.base.ids import uuid7
from followups.models import Visit
from followups.services.visits import record_visit
from households.models import Person


def posted(
    person: Person, protocol: str, answers: dict[str, Any], *, by: User, on: date, received_on: date
) -> Visit:
    """The visit that came of it; the form must have been accepted."""
    body = {
        "client_id": str(uuid7()),
        "person": str(person.uuid),
        "protocol": protocol,
        "visited_on": on.isoformat(),
        "mode": "1",
        "answers": answers,
    }
    receipt = record_visit(body=body, by=by, received_on=received_on)
    assert receipt.status == "accepted", receipt.problems
    return receipt.visit
