"""The command, the same rows from the same wish, and counties that are plainly invented."""

import hashlib
import json
from collections.abc import Iterator
from random import Random

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from core.accounts.models import Area
from core.accounts.tokens import resolve
from core.base.idnumber import check_id_number
from healthaid.demo.accounts import TOKEN
from healthaid.demo.loading import Wish, empty, load
from healthaid.demo.shapes import DISTRICT, LARGE_COUNTY, household_sizes, shapes
from healthaid.demo.signins import write_signins
from households.models import Household, Person
from tests.healthaid.demo.conftest import HAMLETS, ON, one, undone

APPS = ("accounts", "clinics", "households", "followups", "claims")
# Encrypted columns never repeat; clocks and transactions are the database's own.
VOLATILE = (
    *("id_number", "phone", "password", "created_at", "updated_at", "changed_xid", "date_joined"),
    *("changed_password_at", "expires_at", "pgh_created_at", "pgh_context_id", "epoch", "finished_at"),
)
# Rows of one statement of the database get their keys in the order of its plan.
KEYED_BY_PLAN = (
    *("households_householdcause", "households_healthclassperiod", "claims_fundentry"),
    *("claims_payable", "claims_payableline", "claims_payabledifference"),
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hamlets")]


def checksums() -> dict[str, str]:
    """One checksum for each table, over every column that is not volatile."""
    found = {}
    models = [m for label in APPS for m in apps.get_app_config(label).get_models(include_auto_created=True)]
    for table in sorted({m._meta.db_table for m in models if not m._meta.db_table.endswith("event")}):
        left_out = [*VOLATILE, *(("id", "payable_id") if table in KEYED_BY_PLAN else ())]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} t ORDER BY 1", [left_out])
            lines = "\n".join(line for (line,) in cursor.fetchall())
        found[table] = hashlib.sha256(lines.encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def hamlets(database: None) -> Iterator[dict[str, str]]:
    """Two very small counties, and their checksums."""
    with undone():
        yield loaded_afresh()


def loaded_afresh(seed: int = 2026) -> dict[str, str]:
    empty()
    load(Wish(1, seed, ON), counties_like=[HAMLETS, HAMLETS])
    return checksums()


def test_the_same_wish_gives_the_same_rows_and_another_seed_other_ones(hamlets):
    assert loaded_afresh() == hamlets
    other = loaded_afresh(seed=7)
    assert other["households_person"] != hamlets["households_person"]
    assert other["accounts_area"] == hamlets["accounts_area"]


def test_the_second_county_is_invented_in_name_code_and_identity_numbers():
    county = Area.objects.get(code="439902")
    assert "虚构" in county.name and "虚构" in county.parent.name
    assert Area.objects.filter(county=county, level="village").count() == 61
    assert Person.objects.filter(county=county).count() == HAMLETS.persons
    for person in Person.objects.filter(county=county):
        assert check_id_number(person.id_number).number.startswith("439902")


def test_history_and_traces_of_every_county_stay_within_it():
    assert (
        one(
            "SELECT count(*) FROM households_person p JOIN accounts_area a ON a.id = p.village_id WHERE a.county_id <> p.county_id"
        )
        == 0
    )
    assert one("SELECT count(DISTINCT pgh_obj_id) FROM households_personevent") == 2 * HAMLETS.persons


def test_the_programs_token_is_the_printed_one():
    assert resolve(f"Token {TOKEN}").name == "demo-client"


def test_if_empty_leaves_what_is_there_alone(capsys):
    call_command("load_demo", if_empty=True)
    assert Household.objects.count() == 2 * HAMLETS.households


def test_a_second_load_without_replace_is_refused_with_the_remedy():
    with pytest.raises(CommandError, match="--replace"):
        call_command("load_demo")


@pytest.mark.parametrize(
    ("options", "named"), [({"scale": 0}, "--scale"), ({"on": "22.11.2026"}, "YYYY-MM-DD")]
)
def test_an_option_that_cannot_be_used_is_named(options, named):
    arguments = [f"--{name}={value}" for name, value in options.items()]
    with pytest.raises(CommandError, match=named):
        call_command("load_demo", *arguments)


def test_production_refuses_the_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--i-know-this-is-demo-data"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="--replace"):
        call_command("load_demo", "--replace", "--i-know-this-is-demo-data")


def test_sign_ins_are_written_for_seven_kinds_of_user(tmp_path):
    listed = json.loads(write_signins(tmp_path).read_text(encoding="utf-8"))
    assert [each["role"] for each in listed][-1] == "api_client"
    assert len(listed) == 7
    assert all(each["username"] and each["password"] and each["note"] for each in listed)


def test_scales_make_one_district_one_large_county_or_ten():
    assert shapes(1) == [DISTRICT]
    assert shapes(2)[0].persons == 2 * 3584
    assert shapes(15) == [LARGE_COUNTY]
    assert shapes(150) == [LARGE_COUNTY] * 10
    assert shapes(16) == [LARGE_COUNTY, DISTRICT]


@pytest.mark.parametrize(("households", "persons"), [(1268, 3584), (15_000, 53_000), (3, 21), (5, 5)])
def test_household_sizes_add_up_whatever_the_mean(households, persons):
    sizes = household_sizes(households, persons, Random(1))
    assert (len(sizes), sum(sizes)) == (households, persons)
    assert set(sizes) <= set(range(1, 8))
