"""The demo district at scale 1: its published numbers, and that all of it could be true and nobody is real."""

from datetime import timedelta

import pytest

from core.accounts.models import Area, Role, User
from core.base.idnumber import check_id_number
from followups.choices import Slot
from followups.models import Contract, Team, TeamMember
from healthaid.demo.loading import Wish
from households.models import Condition, Household, Person
from tests.healthaid.demo.conftest import ON, one, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_published_numbers_are_met_exactly():
    assert Household.objects.count() == 1268
    assert Person.objects.count() == 3584
    assert Team.objects.count() == 53
    assert Condition.objects.filter(ended_on=None).values("person").distinct().count() == 1620
    assert Person.objects.filter(health_class__in=["major", "general"]).count() == 1620
    assert Contract.objects.filter(state="signed", period__contains=ON).count() == 3584


def test_the_published_village_has_its_145_households_and_422_persons():
    village = Area.objects.get(name="指方村委会")
    assert Household.objects.filter(village=village).count() == 145
    assert Person.objects.filter(village=village).count() == 422


def test_streets_and_villages_are_the_real_ones_and_the_poor_live_in_the_village_committees():
    assert Area.objects.filter(level="township").count() == 9
    assert Area.objects.filter(level="village").count() == 61
    in_committees = Household.objects.filter(village__code__regex=r"^.{9}2").count()
    assert in_committees / 1268 > 0.8


def test_every_team_is_led_by_a_general_practitioner_and_has_a_village_doctor():
    leaders = TeamMember.objects.filter(slot=Slot.LEADER, practitioner__is_general_practitioner=True)
    assert leaders.count() == 53
    assert TeamMember.objects.filter(slot=Slot.VILLAGE_DOCTOR).values("team").distinct().count() == 53


def test_no_identity_number_can_have_been_issued():
    for person in Person.objects.only("id_number", "birth_date", "sex"):
        read = check_id_number(person.id_number, on=ON)
        assert read.number.startswith("430399")
        assert (read.birth_date, read.sex) == (person.birth_date, person.sex)
    assert not Area.objects.filter(code__startswith="430399").exists()


def test_no_telephone_number_lies_in_a_range_that_is_in_use():
    assert {phone[:3] for phone in Household.objects.values_list("phone", flat=True)} == {"154"}
    assert {phone[:3] for phone in User.objects.exclude(phone="").values_list("phone", flat=True)} == {"154"}


def test_everything_lies_in_the_village_and_county_of_its_household():
    tables = ("followups_visit", "followups_duty", "followups_need")
    for table in tables:
        astray = f"SELECT count(*) FROM {table} t JOIN households_household h ON h.id = t.household_id"
        assert one(f"{astray} WHERE t.village_id <> h.village_id") == 0, table
    assert one(f"{astray.replace('followups_need', 'followups_visit')} WHERE t.county_id <> h.county_id") == 0
    assert (
        one(
            "SELECT count(*) FROM followups_need n JOIN households_person p ON p.id = n.person_id"
            " WHERE p.household_id <> n.household_id"
        )
        == 0
    )


def test_doctors_visit_only_where_they_work():
    assert (
        one(
            """SELECT count(*) FROM followups_visit v
                 JOIN accounts_user u ON u.id = v.by_id
                 JOIN accounts_area a ON a.id = v.village_id
                WHERE NOT a.ancestors @> ARRAY[u.area_id]"""
        )
        == 0
    )


def test_contracts_are_with_a_team_that_serves_the_village():
    assert (
        one(
            """SELECT count(*) FROM followups_contract c
                WHERE NOT EXISTS (SELECT 1 FROM followups_team_villages s
                                   WHERE s.team_id = c.team_id AND s.area_id = c.village_id)"""
        )
        == 0
    )


def test_every_household_has_one_head_and_a_plausible_couple():
    assert one("SELECT count(*) FROM households_person WHERE relation = '02'") == 1268
    couples = rows(
        """SELECT h.sex, s.sex, h.birth_date, s.birth_date FROM households_person h
             JOIN households_person s ON s.household_id = h.household_id AND s.relation = '10'
            WHERE h.relation = '02'"""
    )
    assert len(couples) > 600
    for his, hers, born, spouse_born in couples:
        assert his != hers
        assert abs((born - spouse_born).days) < 15 * 366


def test_generations_are_at_least_eighteen_years_apart():
    eighteen = timedelta(days=18 * 365)
    for older, younger in (("50", "02"), ("02", "20"), ("02", "30"), ("20", "40")):
        pairs = rows(
            """SELECT a.birth_date, min(b.birth_date) FROM households_person a
                 JOIN households_person b ON b.household_id = a.household_id AND b.relation = %s
                WHERE a.relation = %s GROUP BY a.id""",
            *(younger, older),
        )
        assert pairs
        assert all(child - parent >= eighteen for parent, child in pairs), (older, younger)
    assert one("SELECT count(*) FROM households_person WHERE birth_date > %s", ON) == 0


def test_children_bear_the_fathers_name():
    odd = one(
        """SELECT count(*) FROM households_person f
             JOIN households_person c ON c.household_id = f.household_id AND c.relation IN ('20', '30')
            WHERE f.relation IN ('02', '10') AND f.sex = '1' AND left(f.name, 1) <> left(c.name, 1)"""
    )
    assert odd == 0


def test_chronic_diseases_begin_at_thirty_five_or_later():
    young = one(
        """SELECT count(*) FROM households_condition k
             JOIN households_person p ON p.id = k.person_id JOIN households_disease d ON d.id = k.disease_id
            WHERE d.code IN ('hypertension', 'type2_diabetes')
              AND k.confirmed_on < p.birth_date + interval '35 years'"""
    )
    assert young == 0


def test_most_were_lifted_by_2020_and_some_are_monitored():
    lifted = dict(rows("SELECT standing, count(*) FROM households_household GROUP BY 1"))
    assert set(lifted) == {"lifted", "monitored"}
    assert 30 <= lifted["monitored"] <= 130
    assert one(
        "SELECT max(upper(period)) FROM households_householdstatus WHERE standing = 'registered'"
    ) < one("SELECT date '2021-01-01'")


def test_nearly_everyone_is_enrolled_and_the_others_say_why():
    out = rows("SELECT why_not FROM households_enrolment WHERE scheme = 'basic' AND NOT is_enrolled")
    assert 2 <= len(out) <= 25
    assert all(reason for (reason,) in out)
    assert one("SELECT count(*) FROM households_enrolment WHERE scheme = 'basic' AND year = 2026") == 3584


def test_one_licence_runs_out_soon_and_two_have():
    """A village doctor's and a team leader's have: there is somebody whom nobody covers."""
    soon = one(
        "SELECT count(*) FROM clinics_licence WHERE valid_to BETWEEN %s AND %s", ON, ON + timedelta(days=30)
    )
    assert soon == 1
    assert one("SELECT count(*) FROM clinics_licence WHERE valid_to < %s", ON) == 2


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_someone_who_can_sign_in(role):
    assert User.objects.filter(role=role, is_active=True).exists()


def test_the_demo_knows_its_day(demo: Wish):
    assert one("SELECT max(visited_on) FROM followups_visit") <= demo.on
