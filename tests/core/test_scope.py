from core.accounts import scope
from households.models import Household
from tests.factories.registry import a_condition, a_household, a_person


def test_a_doctor_sees_the_village_and_nothing_else(county, cast):
    inside = a_household(county.lianhe)
    a_household(county.shunjiang)
    a_household(county.far)
    assert list(Household.objects.visible_to(cast.doctor)) == [inside]
    assert Household.objects.visible_to(cast.township).count() == 2
    assert Household.objects.visible_to(cast.county).count() == 2
    assert scope.village_ids(cast.doctor) == [county.lianhe.pk]


def test_a_member_and_its_facts_follow_the_household(county):
    home = a_household(county.lianhe)
    person = a_person(home)
    condition = a_condition(person)
    home.village = county.qingshui
    home.save(update_fields=["village"])
    person.refresh_from_db()
    condition.refresh_from_db()
    assert person.village_id == condition.village_id == county.qingshui.pk


def test_the_county_of_a_household_and_its_members_is_the_villages(county):
    home = a_household(county.lianhe)
    person = a_person(home)
    Household.objects.filter(pk=home.pk).update(village=county.far)
    Household.objects.filter(pk=home.pk).update(county=county.county)
    home.refresh_from_db()
    person.refresh_from_db()
    assert home.county_id == person.county_id == county.other_county.pk
