"""What the standing of a household entitles its people to at the window, by days."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.queries.facts.held import held_by
from households.choices import MonitoredKind, Standing
from households.models import HouseholdStatus
from tests.factories.registry import a_household, a_person

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 1)


def _identities(county, *, kind):
    person = a_person(a_household(county.lianhe))
    HouseholdStatus.objects.create(
        household=person.household,
        standing=Standing.LIFTED,
        period=DateRange(date(2018, 1, 1), SINCE),
    )
    HouseholdStatus.objects.create(
        household=person.household,
        standing=Standing.MONITORED,
        monitored_kind=kind,
        period=DateRange(SINCE, None),
    )
    held = held_by(person, date(2026, 6, 1))["identities"]
    return {(span["code"], span["starts_on"], span["ends_on"]) for span in held}


def test_a_lifted_household_that_stands_unsteadily_keeps_what_the_registered_have(county):
    assert _identities(county, kind=MonitoredKind.UNSTABLE) == {
        ("registered", "2018-01-01", "2026-03-01"),
        ("registered", "2026-03-01", None),
        ("monitored", "2026-03-01", None),
    }


@pytest.mark.parametrize("kind", [MonitoredKind.MARGINAL, MonitoredKind.SUDDEN])
def test_a_household_that_was_never_poor_is_monitored_and_no_more(county, kind):
    assert ("registered", "2026-03-01", None) not in _identities(county, kind=kind)
