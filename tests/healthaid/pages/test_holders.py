"""Nothing falls between village, township and county: every matter has exactly one holder at any time."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.models import BurdenWarning
from claims.services.warnings.working import close_warning, dismiss_warning, help_warning, verify_warning
from core.accounts.models import User
from core.base.states import MoveRefused
from followups.models import Need
from healthaid.journeys.monitoring import add_measure, approve_removal, take_in_warned
from healthaid.pages.queries.monitoring import every_item
from households.models import HouseholdStatus, MonitoringCase, MonitoringStep
from households.queries.monitoring import open_case_of
from households.services.monitoring.opening import open_monitoring
from households.services.monitoring.taking_in import take_in_registered
from households.services.monitoring.working import (
    ask_removal,
    dismiss_risk,
    look_again,
    return_removal,
    verify_risk,
)
from tests.factories.burdens import a_warning
from tests.factories.facts import a_duty_of, a_need_of
from tests.factories.ground import a_cast, a_county
from tests.factories.monitoring import AID, a_case_found, a_risk
from tests.factories.registry import a_household, a_person

START = date(2026, 3, 2)
LEVELS = {"village", "township", "county"}


class World:
    """Two households in two townships, and whatever can happen to them."""

    def __init__(self):
        self.county = a_county()
        self.cast = a_cast(self.county)
        self.homes = [a_household(self.county.lianhe), a_household(self.county.qingshui)]
        self.people = [a_person(home) for home in self.homes]
        self.villages = [self.county.lianhe.pk, self.county.shunjiang.pk, self.county.qingshui.pk]
        self.on = START

    def act(self, name, which):
        """An act that is not possible now is refused, and changes nothing."""
        home, cast, on = self.homes[which], self.cast, self.on
        acts = {
            "open": lambda: open_monitoring(household=home, risk=a_risk(found_on=on), by=cast.county, on=on),
            "verify": lambda: self.on_case(home, verify_risk, finding="欠债", visited_on=on, by=cast.county),
            "dismiss": lambda: self.on_case(home, dismiss_risk, finding="无", visited_on=on, by=cast.county),
            "measure": lambda: self.on_case(home, add_measure, measure=AID, by=cast.county),
            "look": lambda: self.on_case(home, look_again, note="稳定", by=cast.county),
            "ask": lambda: self.on_case(home, ask_removal, grounds="还清", by=cast.township),
            "approve": lambda: self.on_case(home, approve_removal, note="", by=cast.county),
            "return": lambda: self.on_case(home, return_removal, note="补充", by=cast.county),
            "register": lambda: self.registered(home),
            "take in": lambda: take_in_registered(villages=self.villages, by=cast.county, on=on),
            "warn": lambda: a_warning(
                home, raised_on=on, due_on=on, year=2000 + BurdenWarning.objects.count()
            ),
            "warned verify": lambda: self.on_warning(home, verify_warning, finding="欠债"),
            "warned help": lambda: self.on_warning(home, help_warning, measures="救助"),
            "warned close": lambda: self.on_warning(home, close_warning, note="好转"),
            "warned dismiss": lambda: self.on_warning(home, dismiss_warning, finding="无"),
            "warned case": lambda: self.from_warning(home),
            "need": lambda: a_need_of(
                self.people[which], cast.doctor if not which else cast.county, kind="cost"
            ),
            "unmet": lambda: self.unmet(home),
            "visit": lambda: a_duty_of(home, on - timedelta(days=40), self.people[which]),
            "doctor leaves": lambda: User.objects.filter(role__in=["village_doctor", "village_clerk"]).update(
                is_active=False
            ),
            "officer leaves": lambda: User.objects.filter(role="township_staff").update(is_active=False),
            "officer comes": lambda: User.objects.filter(role="township_staff").update(is_active=True),
        }
        try:
            acts[name]()
        except (ValidationError, MoveRefused):
            pass

    def on_case(self, home, do, **given):
        case = open_case_of(home)
        if case:
            do(case=case, on=self.on, **given)

    def on_warning(self, home, do, **given):
        warning = BurdenWarning.objects.filter(household=home).exclude(ended_on__isnull=False).first()
        if warning:
            do(warning=warning, by=self.cast.county, on=self.on, **given)

    def from_warning(self, home):
        warning = BurdenWarning.objects.filter(household=home, state__in=["verified", "helped"]).first()
        if warning:
            take_in_warned(warning=warning, by=self.cast.county, on=self.on)

    def registered(self, home):
        if not HouseholdStatus.objects.filter(household=home).exists():
            HouseholdStatus.objects.create(
                household=home, standing="monitored", monitored_kind="sudden", period=(self.on, None)
            )

    def unmet(self, home):
        Need.objects.filter(household=home, closed_on=None).update(
            state="unmet", closed_on=self.on, outcome="无力支付", satisfaction=2
        )

    def check(self):
        """Every open row is on the board once, with one holder; and so was every case on each of its days."""
        found = every_item(self.villages, self.on)
        seen = Counter((source, key) for source, key, *_rest in found)
        assert set(seen.values()) <= {1}
        assert {holder for _s, _k, _h, holder, _since in found} <= LEVELS
        open_cases = {
            ("case", str(uuid))
            for uuid in MonitoringCase.objects.exclude(ended_on__isnull=False).values_list("uuid", flat=True)
        }
        warned = {
            ("warning", str(pk))
            for pk in BurdenWarning.objects.filter(ended_on=None).values_list("pk", flat=True)
        }
        needed = {
            ("need", str(uuid)) for uuid in Need.objects.filter(closed_on=None).values_list("uuid", flat=True)
        }
        assert open_cases | warned | needed <= set(seen)
        monitored = set(
            HouseholdStatus.objects.filter(standing="monitored", period__upper_inf=True).values_list(
                "household_id", flat=True
            )
        )
        assert monitored <= {household for _s, _k, household, _holder, _since in found}
        assert all(self.whole(case) for case in MonitoringCase.objects.all())

    def whole(self, case):
        """From the first step to the last somebody had the turn; nobody only once it had ended."""
        steps = list(MonitoringStep.objects.filter(case=case).order_by("pk").values_list("done_on", "holder"))
        turns = [holder for _on, holder in steps]
        days = [on for on, _holder in steps]
        held = all(holder in LEVELS for holder in turns[:-1])
        return (
            held
            and days == sorted(days)
            and turns[-1] == case.holder
            and bool(case.holder) == (case.ended_on is None)
        )


NAMES = (
    *("open", "verify", "dismiss", "measure", "look", "ask", "approve", "return", "register", "take in"),
    *(
        "warn",
        "warned verify",
        "warned help",
        "warned close",
        "warned dismiss",
        "warned case",
        "need",
        "unmet",
    ),
    *("visit", "doctor leaves", "officer leaves", "officer comes"),
)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 1), st.integers(0, 70)), min_size=4, max_size=24
)


class RandomHistories(TestCase):
    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(HISTORIES)
    def test_whatever_happens_every_matter_has_one_holder(self, history):
        world = World()
        for name, which, days in history:
            world.on += timedelta(days=days)
            world.act(name, which)
            world.check()


def holder_of(county, on=START):
    found = every_item([county.lianhe.pk], on)
    assert len(found) == 1
    return found[0][3]


def test_what_a_level_without_anybody_would_have_to_do_is_the_next_ones(county, cast):
    a_case_found(a_household(county.lianhe), cast)
    assert holder_of(county) == "village"
    User.objects.filter(role__in=["village_doctor", "team_doctor", "village_clerk"]).update(is_active=False)
    assert holder_of(county) == "township"
    User.objects.filter(role="township_staff").update(is_active=False)
    assert holder_of(county) == "county"


@pytest.mark.parametrize(("days", "holder"), [(60, "township"), (61, "county")])
def test_a_visit_two_months_late_is_the_countys(county, cast, days, holder):
    a_duty_of(a_household(county.lianhe), START - timedelta(days=days))
    assert holder_of(county) == holder


@pytest.mark.parametrize(("days", "n"), [(30, 0), (31, 1)])
def test_a_visit_is_on_the_board_once_it_is_a_month_late(county, days, n):
    a_duty_of(a_household(county.lianhe), START - timedelta(days=days))
    assert len(every_item([county.lianhe.pk], START)) == n


def test_visits_of_one_household_are_one_matter(county):
    home = a_household(county.lianhe)
    for days in (40, 70):
        a_duty_of(home, START - timedelta(days=days))
    assert [source for source, *_rest in every_item([county.lianhe.pk], START)] == ["visit"]


@pytest.mark.parametrize(
    ("who", "holder"), [("doctor", "village"), ("township", "township"), ("county", "county")]
)
def test_a_need_lies_with_the_level_of_its_owner(county, cast, who, holder):
    a_need_of(a_person(a_household(county.lianhe)), getattr(cast, who), kind="cost")
    assert holder_of(county) == holder


def test_a_cost_that_could_not_be_met_waits_until_somebody_has_looked(county, cast):
    person = a_person(a_household(county.lianhe))
    a_need_of(
        person,
        cast.doctor,
        kind="cost",
        raised_on=date(2026, 2, 1),
        due_on=START,
        state="unmet",
        closed_on=START,
        outcome="无力支付",
    )
    assert [item[0] for item in every_item([county.lianhe.pk], START)] == ["unmet"]
    case = a_case_found(person.household, cast)
    assert [item[0] for item in every_item([county.lianhe.pk], START)] == ["case"]
    dismiss_risk(case=case, finding="子女已付", visited_on=START, by=cast.doctor, on=START)
    assert every_item([county.lianhe.pk], START) == []
