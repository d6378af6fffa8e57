"""The roster of persons: two-level headings, words for codes, and no more memory for a county than for a village."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook

from healthaid.reports.documents.model import Asked
from healthaid.reports.documents.roster import groups, write_roster
from healthaid.reports.queries.tables.roster import roster
from tests.factories.claims import a_hospital_at, a_settlement, an_admission, an_approved_policy
from tests.factories.registry import a_condition, a_household, a_person


def some_rows(count: int) -> Iterator[tuple[Any, ...]]:
    amounts = [Decimal("100.00")] * 8
    for number in range(count):
        yield (
            *("联合村村委会", f"4303040022010{number:04d}", f"=村民{number}", "1", date(1960, 5, 4)),
            *("430***********1234", "ordinary", "普通劳动力", "lifted", ["basic", "critical"]),
            *(1, "chronic", "高血压", "Hypertension", "I10", date(2020, 3, 1), "乡镇卫生院"),
            *(date(2026, 3, 10), "县医院", True, "county", "inpatient", *amounts),
        )


def the_peak(tmp_path: Path, count: int) -> int:
    """Bytes that writing so many rows held at most, beyond what was there before."""
    gc.collect()
    tracemalloc.start()
    with (tmp_path / f"{count}.xlsx").open("wb") as file:
        assert write_roster(file, lines=["表"], rows=some_rows(count)).count == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_rows(tmp_path):
    the_peak(tmp_path, 50)
    few, many = the_peak(tmp_path, 200), the_peak(tmp_path, 2000)
    # Ten times the rows: what is held for each row would be megabytes.
    assert many - few < 500_000


def test_the_sheet_has_two_levels_of_headings_and_no_formula(settings):
    held = BytesIO()
    write_roster(held, lines=["健康扶贫帮扶表", "填报单位"], rows=some_rows(2))
    page = load_workbook(held).active
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A3:J3", "K3:P3", "Q3:AC3"} <= merged
    assert [page.cell(4, column).value for column in (1, 13, 22)] == [
        "村（社区）",
        "疾病名称",
        "总费用（元）",
    ]
    assert page["C5"].value == "'=村民0"
    assert (page["D5"].value, page["I5"].value, page["V5"].value) == ("男", "已脱贫", 100)
    assert page.max_column == sum(len(names) for _text, names in groups())


@pytest.fixture
def ill(db, county, cast):
    """One person with two diseases, one of them for health staff only, and one bill."""
    person = a_person(a_household(county.lianhe), name="陈铁光")
    a_condition(person)
    a_condition(person, "severe_mental_disorder")
    policy = an_approved_policy(county.county, cast.county, cast.auditor)
    a_settlement(an_admission(person, a_hospital_at(county.county), cast.clerk), policy, cast.clerk)
    return person


def the_rows(area, *, sees_sensitive: bool) -> list[tuple[Any, ...]]:
    asked = Asked(area, date(2026, 1, 1), date(2026, 10, 31), date(2026, 11, 1), sees_sensitive)
    with transaction.atomic():
        return list(roster(asked))


def test_diseases_and_bills_stand_beside_each_other(ill, county):
    first, second = the_rows(county.dongping, sees_sensitive=True)
    assert (first[2], second[2]) == ("陈铁光", "陈铁光")
    assert {first[12], second[12]} == {"高血压", "严重精神障碍"} or first[12] != second[12]
    assert (first[22], first[24], first[28]) == (Decimal("1000.00"), Decimal("700.00"), Decimal("200.00"))
    assert second[17] is None


def test_what_is_for_health_staff_only_is_in_their_roster_alone(ill, county):
    (only,) = the_rows(county.dongping, sees_sensitive=False)
    assert only[11] == "chronic"
    assert the_rows(county.hetang, sees_sensitive=True) == []
