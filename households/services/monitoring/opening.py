"""A risk is found: a case is opened, verified at home at once where that has been done already."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from households.choices import MonitoredKind, MonitoringState, Standing
from households.models import Household, MonitoringCase
from households.models.monitoring import HOLDERS
from households.services.monitoring.steps import due_after, needs, needs_a_day, note_step


@dataclass(frozen=True, slots=True)
class Risk:
    """What is known when a risk is found. `source_key` is the number of the warning or need behind it."""

    kind: str
    risk: str
    source: str
    found_on: date
    grounds: str
    source_key: str = ""


def likely_kind(household: Household) -> str:
    """Which of the three kinds a household is by where it stands; the officer may say otherwise."""
    known = {Standing.LIFTED: MonitoredKind.UNSTABLE, Standing.REMOVED: MonitoredKind.MARGINAL}
    return known.get(Standing(household.standing), MonitoredKind.SUDDEN)


@transaction.atomic
def open_monitoring(*, household: Household, risk: Risk, by: User, on: date) -> MonitoringCase:
    """This will open a case: the village has to verify at home by its day. After a case that has ended with
    the risk removed it is a relapse, and names that one.

    :raises ValidationError: without grounds, for a day to come, where a case is open already or the household
        has left the register.
    """
    check(by, "work_monitoring")
    needs(grounds=risk.grounds)
    needs_a_day("found_on", risk.found_on, since=household.registered_on or date(2014, 1, 1), until=on)
    here = Household.objects.select_for_update().get(pk=household.pk)
    if here.left_on:
        raise ValidationError(_("This household has left the register."))
    if here.monitoring_cases.exclude(holder="").exists():
        raise ValidationError(_("This household is monitored already. Go on with the case that is open."))
    state = MonitoringState.FOUND
    case = MonitoringCase.objects.create(
        household=here,
        kind=risk.kind,
        risk=risk.risk,
        source=risk.source,
        source_key=risk.source_key,
        found_on=risk.found_on,
        found_by=by,
        grounds=risk.grounds,
        state=state,
        holder=HOLDERS[state],
        turn_since=on,
        due_on=due_after(state, risk.found_on),
        relapse_of=_before(here),
    )
    note_step(case=case, note=risk.grounds, by=by, on=on)
    return case


def _before(household: Household) -> MonitoringCase | None:
    removed = household.monitoring_cases.filter(state=MonitoringState.REMOVED, relapsed_into=None)
    found: MonitoringCase | None = removed.order_by("-ended_on", "-pk").first()
    return found
