"""What must not grow with the data: statements for a page, blocks read for a page, memory of an export."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.tokens import resolve
from healthaid.api.cursors import Place
from healthaid.api.feeds import Question
from healthaid.api.resources.households import HOUSEHOLDS
from tests.bench.plans import plan_of
from tests.factories.programs import Program, a_token, settled
from tests.factories.registry import a_household, a_person

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
FILL = """
    INSERT INTO households_household (uuid, register_no, former_numbers, village_id, county_id, group_name, address,
        household_type, standing, main_cause, other_causes, phone_masked, visit_order, left_reason)
    SELECT gen_random_uuid(), %(mark)s || n, '{{}}', v.id, v.county_id, 'x', '', 'ordinary', 'lifted', 'illness',
           '{{}}', '', 0, ''
      FROM generate_series(1, %(count)s) n
      JOIN (SELECT id, county_id, row_number() OVER (ORDER BY id) - 1 AS number, count(*) OVER () AS villages
              FROM accounts_area WHERE level = 'village') v ON n %% v.villages = v.number
""".replace("{{}}", "{}")


def _fill(count: int, mark: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"count": count, "mark": mark})
        cursor.execute("ANALYZE households_household")
    settled()


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("households", 2),
        ("households?village=430304002201&standing=lifted", 2),
        ("persons", 2),
        ("visits", 2),
        ("duties?overdue=true", 2),
        ("areas", 2),
        ("households/{home}", 2),
        ("persons/{head}", 2),
    ],
)
def test_the_number_of_statements_is_the_same_for_one_row_and_for_many(world, path, statements):
    program = world.program()
    where = "/api/v1/" + path.format(home=world.near.uuid, head=world.head.uuid)
    program.get(where)
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert program.get(where).status == 200
        assert len(asked) == statements
        for number in range(6):
            a_person(a_household(world.county.lianhe), name=f"陈{number}")
            a_person(world.near, name=f"林{number}", relation="99")
        settled()


@pytest.fixture
def questions(world: Any) -> dict[str, Question]:
    """The same page asked by a county, a street, a province; from the start and from far behind."""
    _fill(12_000, "P")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(changed_xid), max(id) FROM households_household")
        xid, key = cursor.fetchone()
    far = Place(xid, key - 300, xid, 0)
    areas = {
        "county": world.county.county,
        "street": world.county.dongping,
        "province": world.county.province,
    }
    asked = {}
    for name, area in areas.items():
        caller = resolve(f"Token {a_token(area)}")
        asked[name] = Question(caller=caller, on=timezone.localdate(), size=100)
        asked[f"{name}, far behind"] = Question(caller=caller, on=timezone.localdate(), size=100, after=far)
    return asked


def test_every_page_comes_through_an_index(questions):
    for name, question in questions.items():
        plan = plan_of(HOUSEHOLDS, question)
        indexes = plan.index_of("households_household")
        assert "" not in indexes, (name, plan)
        assert indexes <= {"household_feed", "household_scope", "households_household_uuid_key"}, (name, plan)


def test_a_page_far_behind_costs_no_more_than_the_first(questions):
    for name in ("county", "province"):
        first = plan_of(HOUSEHOLDS, questions[name]).shared_blocks
        assert plan_of(HOUSEHOLDS, questions[f"{name}, far behind"]).shared_blocks < 2 * first + 200


PULL = """
import resource, sys
import django
django.setup()
from tests.factories.programs import Program
front = Program(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = front.drain("/api/v1/households/export")
print(count, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _pull(token: str) -> tuple[int, int, int]:
    """Lines, and the greatest memory of a fresh process before and after it has served the export (kB)."""
    database = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    variables = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    found = subprocess.run(
        [sys.executable, "-c", PULL, token],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    count, before, after = map(int, found.stdout.split())
    return count, before, after


@pytest.mark.slow
def test_an_export_ten_times_as_large_takes_no_more_memory(world):
    token = world.program().token
    _fill(4_000, "S")
    small = _pull(token)
    _fill(40_000, "L")
    large = _pull(token)
    assert large[0] > 8 * small[0]
    assert large[2] - large[1] < (small[2] - small[1]) + 6_000


@pytest.mark.slow
def test_an_export_that_is_left_half_way_leaves_nothing_open(world):
    _fill(3_000, "H")
    program = Program(a_token(world.county.county))
    program.abandon("/api/v1/households/export")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        )
        assert cursor.fetchone() == (0,)
    assert program.get("/api/v1/households/export").lines()[-1]["count"] > 1000
