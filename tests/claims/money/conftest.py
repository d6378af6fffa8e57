"""A county with a policy in force, a hospital, a person, and whoever answers for the money."""

from dataclasses import dataclass
from typing import Any

import pytest

from claims.models import PolicyVersion, Settlement
from core.accounts.models import User
from core.clinics.models import Institution
from households.models import Person
from tests.factories.claims import a_hospital_at, a_settled_stay, an_approved_policy
from tests.factories.ground import Cast, County
from tests.factories.registry import a_household, a_person


@dataclass
class Money:
    county: County
    cast: Cast
    hospital: Institution
    policy: PolicyVersion
    person: Person

    @property
    def officer(self) -> User:
        return self.cast.county

    def settled(self, **more: Any) -> Settlement:
        """A bill of 1000.00: basic 700.00, fund 200.00, the patient 100.00, on 10 March 2026."""
        person = more.pop("person", None) or self.person
        place = more.pop("at", None) or self.hospital
        return a_settled_stay(person, place, more.pop("policy", None) or self.policy, self.cast.clerk, **more)


@pytest.fixture
def money(county, cast) -> Money:
    policy = an_approved_policy(county.county, cast.county, cast.administrator)
    person = a_person(a_household(county.lianhe))
    return Money(county, cast, a_hospital_at(county.county), policy, person)
