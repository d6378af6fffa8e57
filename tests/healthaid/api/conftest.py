"""A small world as a program sees it: two households in one county, one in the next, each with ill people."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.accounts.tokens import Scope
from households.models import Household, Person
from tests.factories.programs import Program, a_token, settled
from tests.factories.registry import a_condition, a_household, a_person


@dataclass
class World:
    county: Any
    near: Household
    other_street: Household
    far: Household
    head: Person
    ill: Person
    far_person: Person

    def program(self, area: Any = None, **more: Any) -> Program:
        return Program(a_token(area or self.county.county, **more))

    def trusted(self, area: Any = None, **more: Any) -> Program:
        """With every scope."""
        return self.program(area, name="县卫健数据中心", scopes=list(Scope), **more)


@pytest.fixture
def world(county: Any) -> World:
    near = a_household(
        county.lianhe, address="联合村三组12号", phone="17000001234", phone_masked="170****1234"
    )
    other_street = a_household(county.qingshui)
    far = a_household(county.far)
    head = a_person(near, name="张三丰", phone="17000001234", phone_masked="170****1234")
    ill = a_person(near, name="李秀英", relation="10", sex="2")
    a_person(other_street, name="王建国")
    far_person = a_person(far, name="赵远方")
    a_condition(head, "hypertension")
    a_condition(ill, "tuberculosis")
    settled()
    return World(county, near, other_street, far, head, ill, far_person)
