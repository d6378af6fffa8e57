"""The pages of a run, and small groups that are not told of."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import Simulation
from claims.presenters.simulations.cells import by_disease
from claims.services.simulations import run_simulation
from core.accounts.models import Sector
from core.accounts.roles import Role
from tests.factories.claims import a_draft_policy, a_hospital_at, an_approved_policy
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person
from tests.factories.simulations import a_settled_bill


@pytest.fixture
def run(county, cast, signed_in, django_capture_on_commit_callbacks):
    """A county officer tries a draft on one bill of last year."""
    second = a_user(Role.COUNTY_STAFF, county.county)
    standing = an_approved_policy(county.county, cast.county, second)
    person = a_person(a_household(county.lianhe))
    a_settled_bill(person, standing, a_hospital_at(county.county), cast.clerk, left=date(2025, 5, 3))
    draft = a_draft_policy(county.county, cast.county, text=standing.text.replace("0.90", "0.95"))
    asked = {"policy": draft.pk, "from_on": "2025-01-01", "to_on": "2025-12-31", "name": "95%"}
    answer = signed_in(cast.county).post(reverse("claims:simulations"), asked)
    assert answer.status_code == 302
    found = Simulation.objects.get()
    run_simulation(simulation_id=found.pk, at=timezone.now())
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", ["simulation", "simulation_bills", "simulation_export"])
def test_a_finished_run_is_read_in_both_languages(run, cast, signed_in, page, language):
    client = signed_in(cast.county, HTTP_ACCEPT_LANGUAGE=language)
    assert client.get(reverse(f"claims:{page}", args=[run.pk])).status_code == 200


def test_a_bill_shows_both_explanations(run, cast, signed_in):
    changed = run.changed_bills.get()
    page = signed_in(cast.county).get(reverse("claims:simulated_bill", args=[run.pk, changed.pk]))
    assert [round(row.after - row.before) for row in page.context["rows"]] == [0, 50]


def test_who_is_not_of_the_health_office_sees_no_single_village(run, county, signed_in):
    office = a_user(Role.COUNTY_STAFF, county.county, sector=Sector.ADMINISTRATION)
    page = signed_in(office).get(reverse("claims:simulation", args=[run.pk]))
    assert page.context["villages"] == []
    assert page.context["left_out"]


def test_another_county_finds_nothing(run, county, signed_in):
    stranger = a_user(Role.COUNTY_STAFF, county.other_county)
    assert signed_in(stranger).get(reverse("claims:simulation", args=[run.pk])).status_code == 404


def test_days_ahead_are_refused_beside_the_field(run, cast, signed_in):
    asked = {"policy": run.policy_id, "from_on": "2025-01-01", "to_on": "2999-12-31"}
    page = signed_in(cast.county).post(reverse("claims:simulations"), asked)
    assert page.status_code == 422
    assert "to_on" in page.context["form"].errors


def cell(key, persons):
    return {
        "key": key,
        "name": "",
        "bills": 9,
        "persons": persons,
        "before": 9,
        "after": 5,
        "better": 4,
        "worse": 0,
    }


def test_few_persons_are_shown_together():
    rows = by_disease([cell("A00", 9), cell("B00", 2), cell("C00", 3)], all_shown=False)
    assert [row.persons for row in rows] == [9, 5]


def test_one_small_group_takes_the_next_smallest_with_it():
    """Otherwise the total less the others would tell it."""
    rows = by_disease([cell("A00", 9), cell("B00", 6), cell("C00", 2)], all_shown=False)
    assert [row.persons for row in rows] == [9, 8]


def test_health_staff_see_every_group():
    assert len(by_disease([cell("A00", 9), cell("B00", 2)], all_shown=True)) == 2
