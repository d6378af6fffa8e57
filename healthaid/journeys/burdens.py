"""Early warning beyond the bill: the monthly run, who hears of it, and the ladder of what is left lying."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from claims.models import BurdenWarning
from claims.queries.burdens.board import OVERDUE_SQL
from claims.queries.funds.told import counties_with_money
from claims.services.warnings.raising import raise_all
from core.accounts.models import User
from core.accounts.roles import Role, Sector
from followups.choices import Rung
from healthaid.journeys.climbing import WARNING, climb, digest
from healthaid.journeys.ladder import Step, ladders
from healthaid.outreach.services.queueing import Draft, queue_messages

_LATE = f"{OVERDUE_SQL} AND w.due_on < %(late)s"


def raise_everywhere(*, on: date) -> int:
    """This will raise what no bill has raised, county by county; gives how many are new."""
    return sum(raise_all(on=on, county_id=county) for county in counties_with_money())


def tell_of_new(*, on: date) -> int:
    """This will leave one message for each township officer in whose area warnings came up the day before."""
    totals: Counter[int] = Counter()
    raised = BurdenWarning.objects.filter(raised_on=on - timedelta(days=1))
    for ancestors in raised.values_list("village__ancestors", flat=True):
        totals.update(ancestors)
    staff = User.objects.filter(
        is_active=True, role=Role.TOWNSHIP_STAFF, sector=Sector.HEALTH, area__in=totals
    )
    drafts = [
        Draft(user_id=user.pk, language=user.language, context={"count": totals[user.area_id]})
        for user in staff.order_by("pk")
    ]
    return queue_messages(
        drafts, purpose="warnings_raised", period=on.isoformat(), template="warnings_raised"
    )


@transaction.atomic
def escalate_warnings(*, on: date) -> dict[str, int]:
    """This will tell the next person up of each warning past its day, in one digest a day; counts by step."""
    made = Counter({str(rung): 0 for rung in (Rung.TOWNSHIP, Rung.COUNTY)})
    ladder = ladders().warnings
    for step in () if ladders().hold_back(ladder, on) else ladder.steps:
        made[step.to] += _tell(step, on)
    return dict(made)


def _tell(step: Step, on: date) -> int:
    told = climb(WARNING, step.to, _LATE, {"late": on - timedelta(days=step.after_days)}, on=on)
    return digest(
        told, purpose=f"warnings_{step.to}", on=on, template="warning_escalation", days=step.after_days
    )
