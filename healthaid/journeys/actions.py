"""What meetings asked for and is past its day climbs: first its owner, then the county (DOMAIN A76)."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from followups.choices import Rung
from healthaid.journeys.climbing import Climber, climb, digest
from healthaid.journeys.ladder import Step, ladders
from healthaid.outreach.queries.meetings import OVERDUE_SQL

# A task is where its owner works; it says nothing of a patient.
_TASKS = """(SELECT a.*, u.area_id AS village_id, false AS is_sensitive
               FROM outreach_meetingaction a JOIN accounts_user u ON u.id = a.owner_id)"""
ACTION = Climber(
    *("action", "t", "outreach_actionescalation", "due_on", "{x}.due_on"),
    team="NULL",
    owner="{x}.owner_id",
    source=_TASKS,
)
_LATE = f"{OVERDUE_SQL} AND t.due_on < %(late)s"
_NOT_AGAIN = " AND who.user_id IS DISTINCT FROM t.owner_id"


@transaction.atomic
def escalate_actions(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each task late enough, in one digest a day; counts by step."""
    made = Counter({str(rung): 0 for rung in (Rung.OWNER, Rung.TOWNSHIP, Rung.COUNTY)})
    ladder = ladders().actions
    for step in () if ladders().hold_back(ladder, on) else ladder.steps:
        made[step.to] += _tell(step, on)
    return dict(made)


def _tell(step: Step, on: date) -> int:
    condition = _LATE + ("" if step.to == Rung.OWNER else _NOT_AGAIN)
    told = climb(ACTION, step.to, condition, {"late": on - timedelta(days=step.after_days)}, on=on)
    return digest(
        told, purpose=f"actions_{step.to}", on=on, template="action_escalation", days=step.after_days
    )
