"""Referrals asked after within two weeks, and priorities given within a day, as the board counts them."""

from datetime import date, timedelta

import pytest

from followups.choices import CheckResult
from followups.services.referrals import check_referral, note_priority
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Slice
from healthaid.reports.queries.figures import figures
from tests.factories.facts import ON
from tests.factories.referrals import a_referral, at
from tests.factories.registry import a_household, a_person

SENT = date(2026, 7, 20)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def seen(county):
    def figure(code: str) -> Figure:
        cut = Slice((county.lianhe.pk,), ON, date(2026, 7, 1), past=False, sees_sensitive=True)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return figure


def test_a_referral_asked_after_late_or_never_is_not_in_time(person, cast, seen):
    for days in (14, 15, None):
        sent = a_referral(person, cast.doctor, sent=at(SENT))
        if days:
            when = at(SENT + timedelta(days=days))
            check_referral(referral=sent, result=CheckResult.TREATED, by=cast.doctor, at=when)
    assert seen("referrals_checked") == Figure(1, 3)


def test_a_priority_given_after_a_day_or_not_yet_does_not_count(person, cast, seen):
    for hours in (24, 25, None):
        sent = a_referral(person, cast.doctor, sent=at(SENT))
        if hours:
            note_priority(
                referral=sent,
                kind="registration",
                asked_at=at(SENT),
                served_at=at(SENT) + timedelta(hours=hours),
                by=cast.clerk,
            )
    assert seen("priority_within_a_day") == Figure(1, 3)
