"""What hospitals are to a county: given, ended with a day, kept; who may, and what is refused."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.urls import reverse

from core.clinics.models import Institution, InstitutionRole
from core.clinics.queries import get_role, roles_of
from core.clinics.services import end_role, give_role
from followups.queries.cases.doctors import hospitals_for
from tests.factories.ground import an_institution

SINCE, ON = date(2026, 3, 1), date(2026, 11, 20)


@pytest.fixture
def hospital(county):
    """A hospital of the province, which is nobody's before it has a role."""
    return an_institution(county.province, Institution.Kind.HIGHER_HOSPITAL, name="省人民医院")


@pytest.fixture
def role(county, cast, hospital):
    return give_role(county=county.county, institution=hospital, role="support", since=SINCE, by=cast.county)


def test_a_hospital_with_a_role_can_be_chosen_in_plans_while_it_has_it(county, cast, role, hospital):
    assert hospital in hospitals_for(county.county.pk, ON)
    end_role(role=role, last_day=date(2026, 11, 19), by=cast.county, on=ON)
    assert hospital not in hospitals_for(county.county.pk, ON)


def test_the_last_day_belongs_to_the_role(county, cast, role):
    ended = end_role(role=role, last_day=ON, by=cast.county, on=ON)
    assert ended.period == DateRange(SINCE, date(2026, 11, 21))
    assert list(roles_of(cast.county, ON)) == [role]
    assert list(roles_of(cast.county, date(2026, 11, 21), show="ended")) == [role]


def test_the_same_role_twice_is_refused_beside_the_hospital(county, cast, role, hospital):
    with pytest.raises(ValidationError) as refused:
        give_role(county=county.county, institution=hospital, role="support", since=ON, by=cast.county)
    assert "institution" in refused.value.message_dict


def test_another_role_at_the_same_time_is_possible(county, cast, role, hospital):
    give_role(county=county.county, institution=hospital, role="cooperation", since=ON, by=cast.county)
    assert hospital.roles.count() == 2


def test_it_cannot_end_before_it_began(cast, role):
    with pytest.raises(ValidationError):
        end_role(role=role, last_day=date(2026, 2, 28), by=cast.county, on=ON)


def test_what_has_ended_is_not_ended_again(cast, role):
    end_role(role=role, last_day=date(2026, 5, 1), by=cast.county, on=ON)
    with pytest.raises(ValidationError):
        end_role(role=role, last_day=ON, by=cast.county, on=ON)


def test_a_village_clinic_has_no_such_role(county, cast):
    with pytest.raises(ValidationError):
        give_role(
            county=county.county,
            institution=an_institution(county.lianhe),
            role="support",
            since=ON,
            by=cast.county,
        )


def test_who_may(county, cast, role, hospital):
    for user in (cast.township, cast.auditor, cast.doctor):
        with pytest.raises(PermissionDenied):
            end_role(role=role, last_day=ON, by=user, on=ON)
    with pytest.raises(PermissionDenied):
        give_role(county=county.other_county, institution=hospital, role="support", since=ON, by=cast.county)
    assert end_role(role=role, last_day=ON, by=cast.administrator, on=ON).period.upper


def test_another_county_is_not_found(county, cast, hospital):
    theirs = InstitutionRole.objects.create(
        county=county.other_county, institution=hospital, role="support", period=DateRange(SINCE, None)
    )
    with pytest.raises(Http404):
        get_role(cast.county, theirs.pk)


def test_each_change_stays_in_the_history(cast, role):
    end_role(role=role, last_day=ON, by=cast.county, on=ON)
    events = apps.get_model("clinics", "InstitutionRoleEvent").objects.filter(pgh_obj_id=role.pk)
    assert events.count() == 2


def test_county_staff_give_and_end_a_role_on_the_pages(county, cast, hospital, signed_in):
    client = signed_in(cast.county)
    given = {"institution": hospital.pk, "role": "support", "since": "2026-03-01"}
    assert client.post(reverse("clinics:role_new"), given).status_code == 302
    role = InstitutionRole.objects.get(institution=hospital)
    page = client.get(reverse("clinics:roles")).content.decode()
    assert "省人民医院" in page and reverse("clinics:role_end", args=[role.pk]) in page
    wrong = client.post(reverse("clinics:role_end", args=[role.pk]), {"last_day": "2025-01-01"})
    assert wrong.status_code == 422 and "2025-01-01" in wrong.content.decode()
    assert (
        client.post(reverse("clinics:role_end", args=[role.pk]), {"last_day": "2026-10-01"}).status_code
        == 302
    )


def test_township_staff_read_and_find_no_button(cast, role, signed_in):
    page = signed_in(cast.township).get(reverse("clinics:roles")).content.decode()
    assert "省人民医院" in page and reverse("clinics:role_new") not in page
