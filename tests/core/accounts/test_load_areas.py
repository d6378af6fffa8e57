"""Divisions: loaded once, hung by parent, kept as they are, ended with a successor."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.accounts.models import Area, Level
from core.accounts.services.areas import DISTRICT, AreaListError, Division, load_areas, read_divisions

pytestmark = pytest.mark.django_db
SINCE = date(2015, 1, 1)


def the_district():
    return load_areas(divisions=read_divisions(DISTRICT), valid_from=SINCE)


def test_the_district_has_nine_streets_and_61_villages_below_hunan_and_xiangtan():
    assert the_district().created == 73
    county = Area.objects.get(code="430304")
    assert Area.objects.filter(county=county, level=Level.TOWNSHIP).count() == 9
    assert Area.objects.filter(county=county, level=Level.VILLAGE).count() == 61
    chain = Area.objects.get(code="430304015216").ancestors
    names = dict(Area.objects.filter(pk__in=chain).values_list("pk", "name"))
    assert [names[pk] for pk in chain] == ["湖南省", "湘潭市", "岳塘区", "荷塘街道", "指方村委会"]


def test_a_second_load_changes_nothing():
    the_district()
    before = list(Area.objects.order_by("pk").values_list("pk", "changed_xid"))
    assert the_district().created == 0
    assert list(Area.objects.order_by("pk").values_list("pk", "changed_xid")) == before


def test_a_code_that_is_there_keeps_its_name():
    the_district()
    Area.objects.filter(code="430304").update(name="岳塘区（改）")
    the_district()
    assert Area.objects.get(code="430304").name == "岳塘区（改）"


def test_zone_streets_hang_below_the_district_although_their_codes_do_not_begin_with_it(capsys):
    call_command("load_areas", "--with-zones")
    street = Area.objects.get(code="430371001")
    assert (street.parent.code, street.county.code) == ("430304", "430304")
    assert Area.objects.filter(county__code="430304", level=Level.VILLAGE).count() == 61 + 33


def test_a_merged_village_ends_with_its_successor():
    the_district()
    merged = Division(
        "430304015217", "清水村委会", Level.VILLAGE, "430304015", None, date(2027, 1, 1), "430304015216"
    )
    assert load_areas(divisions=[merged], valid_from=SINCE).ended == 1
    old = Area.objects.get(code="430304015217")
    assert (old.valid_to, old.successor.name) == (date(2027, 1, 1), "指方村委会")


def test_the_code_of_an_ended_village_can_be_given_again():
    the_district()
    ended = Division("430304015217", "清水村委会", Level.VILLAGE, "430304015", None, date(2027, 1, 1))
    load_areas(divisions=[ended], valid_from=SINCE)
    again = Division("430304015217", "清水新村", Level.VILLAGE, "430304015", date(2027, 1, 1))
    assert load_areas(divisions=[again], valid_from=SINCE).created == 1
    assert Area.objects.filter(code="430304015217").count() == 2


@pytest.mark.parametrize(
    ("division", "named"),
    [
        (Division("439999", "某县", Level.COUNTY, "4399"), "4399"),
        (Division("43", "湖南省", Level.PROVINCE, None, None, date(2027, 1, 1), "77"), "77"),
    ],
)
def test_an_unknown_parent_or_successor_is_named(division, named):
    with pytest.raises(AreaListError, match=named):
        load_areas(divisions=[division], valid_from=SINCE)
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not json", "Expecting value"),
        ('{"code": "43"}', "code"),
        ('[{"code": "43", "name": "湖南省", "level": "state"}]', "state|level"),
        ('[{"code": "43", "name": "湖南省", "level": "province", "valid_from": "2015"}]', "valid_from"),
        ('[{"code": "43", "colour": "red"}]', "colour|unexpected"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_is_wrong(tmp_path, text, named):
    path = tmp_path / "areas.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=named):
        call_command("load_areas", str(path))
    assert not Area.objects.exists()


def test_a_list_of_ones_own_can_be_loaded(tmp_path, capsys):
    path = tmp_path / "areas.json"
    path.write_text(json.dumps([{"code": "99", "name": "某省", "level": "province"}]), encoding="utf-8")
    call_command("load_areas", str(path), valid_from="2020-05-01")
    assert Area.objects.get().valid_from == date(2020, 5, 1)
