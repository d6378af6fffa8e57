"""What is late for a household at risk climbs to township and county, once for each day it was due."""

from datetime import date, timedelta

from healthaid.journeys.monitoring import escalate_monitoring
from healthaid.outreach.models import Message
from households.models import MonitoringCase, MonitoringEscalation
from households.services.monitoring.working import add_measure, verify_risk
from tests.factories.monitoring import AID, a_case_asked, a_case_found, a_case_helped
from tests.factories.registry import a_household

MONDAY = date(2026, 3, 2)
NOBODY = {"township": 0, "county": 0}


def test_a_risk_nobody_verified_climbs_to_township_and_a_week_later_to_county_once(county, cast):
    case = a_case_found(a_household(county.lianhe), cast, on=MONDAY)
    assert escalate_monitoring(on=case.due_on) == NOBODY
    on = case.due_on + timedelta(days=1)
    assert [escalate_monitoring(on=on) for _ in range(2)] == [{"township": 1, "county": 0}, NOBODY]
    assert escalate_monitoring(on=case.due_on + timedelta(days=8)) == {"township": 0, "county": 1}
    told = MonitoringEscalation.objects.order_by("pk")
    assert [(one.step, one.told) for one in told] == [("township", cast.township), ("county", cast.county)]
    assert Message.objects.count() == 2


def test_a_month_without_measures_climbs_anew(county, cast):
    case = a_case_found(a_household(county.lianhe), cast, on=MONDAY)
    escalate_monitoring(on=case.due_on + timedelta(days=1))
    verify_risk(case=case, finding="欠债", visited_on=MONDAY, by=cast.doctor, on=MONDAY)
    on = MONDAY + timedelta(days=31)
    assert escalate_monitoring(on=on) == {"township": 1, "county": 0}
    add_measure(case=case, measure=AID, by=cast.township, on=on)
    assert escalate_monitoring(on=on + timedelta(days=20)) == NOBODY


def test_a_late_decision_is_told_to_the_county_only(county, cast):
    case = a_case_asked(a_household(county.lianhe), cast, on=MONDAY)
    assert case.due_on == date(2026, 6, 17)
    assert escalate_monitoring(on=date(2026, 6, 29)) == {"township": 0, "county": 1}


def test_weekends_are_quiet(county, cast):
    a_case_found(a_household(county.lianhe), cast, on=MONDAY)
    assert escalate_monitoring(on=date(2026, 3, 21)) == NOBODY
    assert escalate_monitoring(on=date(2026, 3, 23))["township"] == 1


def test_what_has_ended_climbs_nowhere(county, cast):
    home = a_household(county.lianhe)
    a_case_helped(home, cast, on=MONDAY)
    type(home).objects.filter(pk=home.pk).update(left_on=MONDAY, left_reason="moved")
    assert MonitoringCase.objects.get().state == "left"
    assert escalate_monitoring(on=date(2027, 3, 1)) == NOBODY
