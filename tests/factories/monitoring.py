"""Households at risk, for tests: a case brought as far as a test needs it."""

from dataclasses import replace
from datetime import date, timedelta

from households.models import Household, MonitoringCase
from households.services.monitoring.opening import Risk, open_monitoring
from households.services.monitoring.working import Measure, add_measure, ask_removal, verify_risk
from tests.factories.ground import Cast

FOUND = date(2026, 3, 2)
AID = Measure(kind="medical_aid", what="医疗救助两千元", who="民政办", since=FOUND)


def a_risk(*, found_on: date = FOUND, source: str = "sweep", key: str = "", kind: str = "unstable") -> Risk:
    """A lifted household that illness may make poor again."""
    return Risk(
        kind=kind,
        risk="illness",
        source=source,
        found_on=found_on,
        grounds="户主住院，借款两万",
        source_key=key,
    )


def a_case_found(household: Household, cast: Cast, *, on: date = FOUND) -> MonitoringCase:
    return open_monitoring(household=household, risk=a_risk(found_on=on), by=cast.township, on=on)


def a_case_verified(household: Household, cast: Cast, *, on: date = FOUND) -> MonitoringCase:
    case = a_case_found(household, cast, on=on)
    return verify_risk(case=case, finding="欠债两万，无劳力", visited_on=on, by=cast.township, on=on)


def a_case_helped(household: Household, cast: Cast, *, on: date = FOUND) -> MonitoringCase:
    case = a_case_verified(household, cast, on=on)
    add_measure(case=case, measure=replace(AID, since=on), by=cast.township, on=on)
    case.refresh_from_db()
    return case


def a_case_asked(household: Household, cast: Cast, *, on: date = FOUND) -> MonitoringCase:
    """Asked for by the township three months after it was found."""
    case = a_case_helped(household, cast, on=on)
    return ask_removal(case=case, grounds="债已还清", by=cast.township, on=on + timedelta(days=92))
