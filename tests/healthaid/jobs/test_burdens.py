"""The monthly run of early warning, and who hears of what is left lying."""

from datetime import date, timedelta

from claims.models import BurdenWarning, WarningEscalation
from healthaid.journeys.burdens import escalate_warnings, raise_everywhere, tell_of_new
from healthaid.outreach.models import Message
from tests.factories.burdens import Bills, a_warning
from tests.factories.registry import a_household, a_person

MONDAY = date(2026, 10, 12)


def test_the_monthly_run_raises_what_no_bill_has_raised(county, cast):
    bills = Bills(county, cast, rules="qixian_2023")
    bills.bears(a_person(a_household(county.lianhe)), "12000", settled_on=MONDAY)
    assert raise_everywhere(on=MONDAY) == 1
    assert raise_everywhere(on=MONDAY) == 0


def test_a_township_hears_of_new_warnings_the_day_after_once(county, cast):
    a_warning(a_household(county.lianhe), raised_on=MONDAY, due_on=MONDAY)
    assert [tell_of_new(on=MONDAY + timedelta(days=1)) for _ in range(2)] == [1, 0]
    assert Message.objects.get().user == cast.township
    assert Message.objects.get().context == {"count": 1}


def test_a_warning_past_its_day_climbs_to_township_and_county_once(county, cast):
    warning = a_warning(
        a_household(county.lianhe), due_on=MONDAY - timedelta(days=8), raised_on=date(2026, 9, 1)
    )
    assert escalate_warnings(on=MONDAY) == {"township": 1, "county": 1}
    assert escalate_warnings(on=MONDAY) == {"township": 0, "county": 0}
    told = WarningEscalation.objects.filter(warning=warning).order_by("pk")
    assert [(step.step, step.told) for step in told] == [("township", cast.township), ("county", cast.county)]


def test_a_warning_in_time_or_helped_climbs_nowhere(county, cast):
    a_warning(a_household(county.lianhe), due_on=MONDAY, raised_on=date(2026, 9, 1))
    late = a_warning(
        a_household(county.lianhe), due_on=MONDAY - timedelta(days=8), raised_on=date(2026, 9, 1)
    )
    BurdenWarning.objects.filter(pk=late.pk).update(state="verified", finding="欠债")
    BurdenWarning.objects.filter(pk=late.pk).update(state="helped", measures="救助")
    assert escalate_warnings(on=MONDAY) == {"township": 0, "county": 0}


def test_measures_that_stay_away_climb_anew(county, cast):
    warning = a_warning(
        a_household(county.lianhe), due_on=MONDAY - timedelta(days=1), raised_on=date(2026, 9, 1)
    )
    escalate_warnings(on=MONDAY)
    later = MONDAY + timedelta(days=31)
    BurdenWarning.objects.filter(pk=warning.pk).update(
        state="verified", finding="欠债", due_on=later - timedelta(days=1)
    )
    assert escalate_warnings(on=later)["township"] == 1
