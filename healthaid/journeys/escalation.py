"""What stays overdue climbs the ladder: one step, one person told, once for each duty."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from core.accounts.models import User
from followups.queries.duties import OVERDUE_SQL
from healthaid.outreach.services.queueing import Draft, queue_messages

_LEADER = """
    SELECT pr.user_id FROM followups_teammember m
      JOIN clinics_practitioner pr ON pr.id = m.practitioner_id
      JOIN accounts_user u ON u.id = pr.user_id AND u.is_active
     WHERE m.team_id = d.team_id AND m.slot = 'leader' AND m.to_on IS NULL LIMIT 1
"""
_STAFF = """
    SELECT u.id FROM accounts_area a JOIN accounts_user u ON u.area_id = ANY(a.ancestors)
     WHERE a.id = d.village_id AND u.role = '{role}' AND u.sector = 'health' AND u.is_active
     ORDER BY u.id LIMIT 1
"""
_RECIPIENTS = {
    "leader": _LEADER,
    "township": _STAFF.format(role="township_staff"),
    "county": _STAFF.format(role="county_staff"),
}
_CLIMB = """
    INSERT INTO followups_escalation (duty_id, step, told_id)
    SELECT d.id, %(step)s, who.user_id
      FROM followups_duty d CROSS JOIN LATERAL ({recipient}) AS who(user_id)
     WHERE {overdue} AND d.ends_on <= %(late)s
    ON CONFLICT (duty_id, step) DO NOTHING
    RETURNING told_id
"""


@cache
def ladder() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "ladder.toml").read_text()
    steps: list[dict[str, Any]] = tomllib.loads(text)["step"]
    return steps


def _climb(step: dict[str, Any], on: date) -> Counter[int]:
    statement = _CLIMB.format(recipient=_RECIPIENTS[step["code"]], overdue=OVERDUE_SQL)
    late = on - timedelta(days=step["after_days"])
    with connection.cursor() as cursor:
        cursor.execute(statement, {"step": step["code"], "on": on, "late": late})
        return Counter(row[0] for row in cursor.fetchall())


@transaction.atomic
def escalate(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each duty late enough, in one digest a day; counts by step."""
    made: dict[str, int] = {}
    for step in ladder():
        told = _climb(step, on)
        made[step["code"]] = told.total()
        languages = dict(User.objects.filter(pk__in=told).values_list("pk", "language"))
        drafts = [
            Draft(user_id=user, language=languages[user], context={"count": n, "days": step["after_days"]})
            for user, n in sorted(told.items())
        ]
        queue_messages(
            drafts, purpose=f"escalation_{step['code']}", period=on.isoformat(), template="escalation"
        )
    return made
