"""Each fact is read through an index that begins with the village, however large the province."""

import re

import pytest
from django.db import connection

from healthaid.reports.indicators import STATEMENTS, Fact, Slice
from tests.factories.facts import ON

MAIN = {
    Fact.HOUSEHOLDS: "households_household",
    Fact.PEOPLE: "households_person",
    Fact.PATIENTS: "households_condition",
    Fact.DUTIES: "followups_duty",
    Fact.VISITS: "followups_visit",
    Fact.NEEDS: "followups_need",
}


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("past", [False, True])
def test_a_fact_is_found_by_its_villages(county, fact, past):
    cut = Slice((county.lianhe.pk, county.shunjiang.pk), ON, ON.replace(day=1), past=past)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {STATEMENTS[fact]}", cut.parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert f"Seq Scan on {MAIN[fact]}" not in plan
    assert re.search(r"Index Cond: \(+village_id = ANY", plan), plan
