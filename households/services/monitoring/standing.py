"""What a household stands as while it is monitored and afterwards; both cases and rows of status are ours."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from households.choices import Standing
from households.models import Household, HouseholdStatus, MonitoringCase

_VERIFIED, _REMOVED = "入户核实纳入监测", "风险消除"


def stand_as_monitored(case: MonitoringCase, *, since: date) -> None:
    """This will let the household of a locked case stand as monitored from a day on; kind and risk are the
    case's. What it stood as before ends on that day; what the register has as monitored already goes on."""
    before = _present(case.household)
    if before and before.standing == Standing.MONITORED:
        before.monitored_kind, before.risk = case.kind, case.risk
        before.save(update_fields=["monitored_kind", "risk"])
        return
    _succeed(case.household, before, Standing.MONITORED, since, _VERIFIED, kind=case.kind, risk=case.risk)


def stand_as_before(case: MonitoringCase, *, since: date) -> None:
    """This will let the household stand from a day on as what it was before: lifted, as a rule."""
    present = _present(case.household)
    if present is None or present.standing != Standing.MONITORED:
        return
    earlier = HouseholdStatus.objects.filter(household=case.household).exclude(standing=Standing.MONITORED)
    last = earlier.order_by("-period").first()
    back_to = last.standing if last else Standing.LIFTED
    _succeed(case.household, present, Standing(back_to), since, _REMOVED)


def _present(household: Household) -> HouseholdStatus | None:
    """The row of status that is open; the household is locked, so that no other step writes beside it."""
    Household.objects.select_for_update().get(pk=household.pk)
    found: HouseholdStatus | None = HouseholdStatus.objects.filter(
        household=household, period__upper_inf=True
    ).first()
    return found


def _succeed(
    household: Household,
    before: HouseholdStatus | None,
    standing: Standing,
    since: date,
    grounds: str,
    *,
    kind: str = "",
    risk: str = "",
) -> None:
    """What stands today is not rewritten: what follows on its very day begins on the next one."""
    if before:
        since = max(since, (before.period.lower or since) + timedelta(days=1))
        before.period = DateRange(before.period.lower, since)
        before.save(update_fields=["period"])
    HouseholdStatus.objects.create(
        household=household,
        period=DateRange(since, None),
        standing=standing,
        monitored_kind=kind,
        risk=risk,
        grounds=grounds,
    )
    household.standing = standing
    household.save(update_fields=["standing"])
