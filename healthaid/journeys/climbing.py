"""One step of a ladder in one statement: whoever it names is told, once, and hears it in one message."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from core.accounts.models import Absence, User
from followups.choices import Rung
from healthaid.outreach.services.queueing import Draft, queue_messages

# In all of these {x} is what climbs, %(on)s the day. What is confidential is told to health staff only.
_LEADER = """
    SELECT u.id FROM followups_teammember m
      JOIN clinics_practitioner pr ON pr.id = m.practitioner_id
      JOIN accounts_user u ON u.id = pr.user_id AND u.is_active
       AND (u.sector = 'health' OR NOT {x}.is_sensitive)
     WHERE m.team_id = {team} AND m.slot = 'leader' AND m.to_on IS NULL LIMIT 1
"""
_OWNER = """
    SELECT u.id FROM accounts_user u JOIN accounts_area a ON a.id = {x}.village_id
     WHERE u.id = {owner} AND u.is_active AND u.area_id = ANY(a.ancestors)
       AND (u.sector = 'health' OR NOT {x}.is_sensitive)
"""
_STAFF = """
    SELECT u.id FROM accounts_area a JOIN accounts_user u ON u.area_id = ANY(a.ancestors)
     WHERE a.id = {x}.village_id AND u.role = '{role}' AND u.sector = 'health' AND u.is_active
     ORDER BY u.id LIMIT 1
"""
_CONTRACTED = """(SELECT c.team_id FROM followups_contract c
                   WHERE c.person_id = {x}.person_id AND c.state = 'signed' AND c.period @> %(on)s::date)"""
_CLIMB = """
    INSERT INTO {table} ({key}_id, step, {mark}, told_id, told_on, channel)
    SELECT {x}.id, %(step)s, {marked}, who.user_id, %(on)s, %(channel)s
      FROM {source} {x} CROSS JOIN LATERAL ({recipient}) AS who(user_id)
     WHERE {condition}
    ON CONFLICT ({key}_id, step, {mark}) DO NOTHING
    RETURNING told_id
"""


@dataclass(frozen=True)
class Climber:
    """What can climb: its table, the column that sets one climb apart from the next, who answers for it."""

    key: str
    alias: str
    table: str
    mark: str
    marked: str
    team: str
    owner: str = "NULL"
    source: str = ""

    def statement(self, to: Rung, condition: str) -> str:
        recipients = {
            Rung.OWNER: _OWNER,
            Rung.LEADER: _LEADER,
            Rung.TOWNSHIP: _STAFF.replace("{role}", "township_staff"),
            Rung.COUNTY: _STAFF.replace("{role}", "county_staff"),
        }
        text = _CLIMB.replace("{recipient}", recipients[to]).replace("{condition}", condition)
        words = {"table": self.table, "key": self.key, "source": self.source or f"followups_{self.key}"}
        words |= {"mark": self.mark, "marked": self.marked, "team": self.team, "owner": self.owner}
        for gap, value in [*words.items(), ("x", self.alias)]:
            text = text.replace(f"{{{gap}}}", value)
        return text


DUTY = Climber("duty", "d", "followups_escalation", "cause", "%(cause)s", team="{x}.team_id")
NEED = Climber(
    "need", "n", "followups_needescalation", "due_on", "{x}.due_on", team=_CONTRACTED, owner="{x}.owner_id"
)
REFERRAL = Climber(
    *("referral", "r", "followups_referralescalation", "cause", "%(cause)s"),
    team=_CONTRACTED,
    owner="{x}.referred_by_id",
)

WARNING = Climber(
    *("warning", "w", "claims_warningescalation", "due_on", "{x}.due_on"),
    team="NULL",
    source="claims_burdenwarning",
)

MONITORING = Climber(
    *("case", "m", "households_monitoringescalation", "due_on", "{x}.due_on"),
    team="NULL",
    source="households_monitoringcase",
)


def climb(climber: Climber, to: Rung, condition: str, values: Mapping[str, Any], *, on: date) -> Counter[int]:
    """This will tell one person of each row that meets the condition; how many each was told of, by user."""
    with connection.cursor() as cursor:
        cursor.execute(
            climber.statement(to, condition),
            {"step": to, "channel": settings.OUTREACH_CHANNEL, "on": on, **values},
        )
        return Counter(row[0] for row in cursor.fetchall())


def digest(
    told: Counter[int], *, on: date, purpose: str, template: str, period: str = "", days: int = 0
) -> int:
    """This will leave one message for each person told, and for who stands in for them; gives how many rows
    they were told of. `period` is the day, where nothing else is said."""
    heard = told + _by_deputy(told, on)
    languages = dict(User.objects.filter(pk__in=heard).values_list("pk", "language"))
    drafts = [
        Draft(user_id=user, language=languages[user], context={"count": n, "days": days})
        for user, n in sorted(heard.items())
    ]
    period = period or on.isoformat()
    queue_messages(drafts, purpose=purpose[:30], period=period, template=template)
    return told.total()


def _by_deputy(told: Counter[int], on: date) -> Counter[int]:
    found = Absence.objects.filter(doctor__in=told, period__contains=on)
    heard: Counter[int] = Counter()
    for doctor, deputy in found.values_list("doctor_id", "deputy_id"):
        heard[deputy] += told[doctor]
    return heard
