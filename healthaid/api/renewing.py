"""After a dump was restored into another server its transaction numbers start again, and feeds with them."""

import uuid

import pgtrigger
from django.db import connection, transaction

from core.base.models import Installation
from healthaid.api.resources.areas import AREAS
from healthaid.api.resources.cases import CASES
from healthaid.api.resources.claims import ADMISSIONS, SETTLEMENTS
from healthaid.api.resources.households import HOUSEHOLDS
from healthaid.api.resources.monitoring import MONITORING
from healthaid.api.resources.needs import NEEDS, REFERRALS
from healthaid.api.resources.persons import PERSONS
from healthaid.api.resources.work import DUTIES, VISITS

TABLES = [
    *(each.table for each in (AREAS, HOUSEHOLDS, PERSONS, VISITS, DUTIES, NEEDS, REFERRALS, CASES)),
    *(each.table for each in (ADMISSIONS, SETTLEMENTS, MONITORING)),
    "audit_tombstone",
]
STAMPS = [
    "accounts.Area",
    "households.Household",
    "households.Person",
    "followups.Visit",
    "followups.Duty",
    "followups.MajorCase",
    "followups.Need",
    "followups.Referral",
    "households.MonitoringCase",
    "claims.Admission",
    "claims.Settlement",
]
RENUMBER = """
    UPDATE {} SET changed_xid = pg_current_xact_id()::text::bigint
     WHERE changed_xid > pg_current_xact_id()::text::bigint
"""


@transaction.atomic
def renew_feeds() -> int:
    """This will bring rows numbered in the future back into the feeds and tell every client to start again.

    Nothing else of a row changes, its time of change included. Gives how many rows there were."""
    Installation.objects.update_or_create(pk=1, defaults={"epoch": uuid.uuid4()})
    renumbered = 0
    with pgtrigger.ignore(*(f"{model}:stamp" for model in STAMPS)), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(RENUMBER.format(table))
            renumbered += cursor.rowcount
    return renumbered
