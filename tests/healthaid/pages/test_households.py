"""The household list and page: found by whatever is typed, scoped, in a fixed number of statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit.models import AccessLog
from core.base.crypto import blind_index
from households.models import Household, Person
from households.queries.search import shape_of
from households.services.contacts import correct_phone
from tests.factories.facts import a_need_of
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def family(county, cast):
    home = a_household(county.lianhe, register_no="4303040022010042")
    person = a_person(home, name="单小华")
    correct_phone(person=person, phone="13900000007", by=cast.doctor)
    return Person.objects.get(pk=person.pk)


def found(client, typed):
    answer = client.post(reverse("households:list"), {"q": typed})
    assert answer.status_code == 200
    return [line["register_no"] for line in answer.context["lines"]]


@pytest.mark.parametrize(
    "typed",
    [
        "单小华",
        "小华",
        "华",
        "單小華",
        " 单 小 华 ",
        "shanxiaohua",
        "shanx",
        "sxh",
        "SXH",
        "ｓｘｈ",
        "4303040022010042",
        "13900000007",
    ],
)
def test_a_household_is_found_by(typed, family, cast, signed_in):
    a_person(a_household(family.village), name="欧阳锋")
    assert found(signed_in(cast.doctor), typed) == ["4303040022010042"]


def test_a_household_is_found_by_a_members_identity_number(family, cast, signed_in):
    client = signed_in(cast.doctor)
    assert found(client, family.id_number) == ["4303040022010042"]
    assert found(client, family.id_number[:17] + "0") in ([], ["4303040022010042"])


def test_nothing_is_found_outside_the_area(family, cast, signed_in):
    for typed in ("单小华", "sxh", family.id_number, "13900000007", "430304002201"):
        assert found(signed_in(cast.stranger), typed) == []
        assert found(signed_in(cast.colleague), typed) == []


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("", "nothing"),
        ("11010519491231002x", "id"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id"),
        ("13900000007", "phone"),
        ("073155551234", "phone"),
        ("43030400", "number"),
        ("zs", "latin"),
        ("张三", "name"),
        ("%_'\"", "name"),
    ],
)
def test_the_shape_of_the_text_chooses_the_index(typed, shape):
    assert shape_of(typed).shape == shape


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ({"name_grams__contains": ["小华"]}, "person_name_grams"),
        ({"name_initials__startswith": "sxh"}, "person_initials"),
        ({"name_pinyin__startswith": "shanxi"}, "person_pinyin"),
        ({"id_index": blind_index("x")}, "one_person_per_id_number"),
        ({"phone_index": blind_index("x")}, "person_phone"),
    ],
)
def test_every_shape_has_its_index(condition, index, db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in Person.objects.filter(**condition).explain()


def test_the_list_costs_the_same_for_one_household_and_for_a_page(county, cast, signed_in):
    client = signed_in(cast.county)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("households:list")).status_code == 200
        return len(queries)

    a_person(a_household(county.lianhe))
    cost()
    one = cost()
    for _n in range(29):
        a_condition(a_person(a_household(county.lianhe)))
    assert cost() == one
    assert one <= 14


def test_the_pages_of_the_list_follow_each_other_without_gap_or_repeat(county, cast, signed_in):
    for village in (county.lianhe, county.qingshui):
        for _n in range(35):
            a_person(a_household(village))
    client, url, seen = signed_in(cast.county), reverse("households:list"), []
    query = ""
    while True:
        page = client.get(url + query).context
        seen += [line["register_no"] for line in page["lines"]]
        if not page["next_url"]:
            break
        query = page["next_url"]
    assert len(seen) == len(set(seen)) == 70
    back = client.get(url + page["previous_url"]).context
    assert [line["register_no"] for line in back["lines"]] == seen[30:60]


@pytest.mark.parametrize(
    "key", ["after=x", "after=1-", "before=-", "after=1-2-3", "area=999999", "standing=king"]
)
def test_a_bad_address_never_breaks_the_list(key, family, cast, signed_in):
    assert signed_in(cast.doctor).get(f"{reverse('households:list')}?{key}").status_code == 200


def test_the_household_page_joins_what_is_known(family, cast, signed_in):
    a_condition(family)
    page = signed_in(cast.doctor).get(reverse("households:household", args=[family.household.uuid]))
    text = page.content.decode()
    assert "单小华" in text
    assert "高血压" in text
    assert family.id_number not in text
    assert family.id_masked in text
    assert "13900000007" not in text


def test_administration_does_not_see_sensitive_conditions(family, cast, signed_in):
    a_condition(family, "severe_mental_disorder")
    for name, key in (("household", family.household.uuid), ("person", family.uuid)):
        url = reverse(f"households:{name}", args=[key])
        assert "严重精神障碍" in signed_in(cast.township).get(url).content.decode()
        assert "严重精神障碍" not in signed_in(cast.township_administration).get(url).content.decode()


def test_showing_a_number_needs_a_reason_and_leaves_a_row(family, cast, signed_in):
    client = signed_in(cast.doctor)
    url = reverse("households:reveal", args=[family.uuid, "id_number"])
    assert family.id_number not in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert AccessLog.objects.count() == 0
    assert family.id_number in client.post(url, {"reason": "visit"}).content.decode()
    look = AccessLog.objects.get()
    assert (look.user, look.subject_uuid, look.fields) == (cast.doctor, family.uuid, ["id_number"])


def test_a_wrong_phone_number_is_refused_and_kept_on_the_page(family, cast, signed_in):
    url = reverse("households:contact", args=[family.uuid])
    page = signed_in(cast.doctor).post(url, {"phone": "12ab"})
    assert page.status_code == 422
    assert "12ab" in page.content.decode()


def test_the_history_tells_who_changed_what_and_hides_the_numbers(family, cast, signed_in):
    client = signed_in(cast.doctor)
    client.post(reverse("households:contact", args=[family.uuid]), {"phone": "13900000008"})
    text = (
        signed_in(cast.township)
        .get(reverse("households:person_history", args=[family.uuid]))
        .content.decode()
    )
    assert cast.doctor.full_name in text
    assert "139****0008" in text
    assert "13900000008" not in text


def test_a_household_that_left_is_listed_only_when_asked_for(family, cast, signed_in):
    Household.objects.filter(pk=family.household_id).update(left_on=date(2026, 1, 1), left_reason="moved")
    client = signed_in(cast.doctor)
    assert client.get(reverse("households:list")).context["lines"] == []
    assert len(client.get(reverse("households:list") + "?gone=on").context["lines"]) == 1


def test_the_history_says_codes_in_words(family, cast, signed_in):
    home = Household.objects.get(pk=family.household_id)
    Household.objects.filter(pk=home.pk).update(
        other_causes=["illness", "schooling"], main_cause="disability"
    )
    page = signed_in(cast.township).get(reverse("households:household_history", args=[home.uuid]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "因病、因学" in text
    assert "其他致贫原因" in text
    assert "other causes" not in text


def test_no_link_leads_where_the_role_may_not_go(family, cast, signed_in):
    need = a_need_of(family, cast.doctor)
    address = reverse("followups:need", args=[need.uuid])
    page = reverse("households:person", args=[family.uuid])
    assert address in signed_in(cast.township).get(page).content.decode()
    assert address not in signed_in(cast.clerk).get(page).content.decode()
