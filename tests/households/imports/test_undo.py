"""Undo puts back exactly what was there, and only while nobody has built on the import."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from households.models import Household, Person, RegisterImport
from households.services import imports
from tests.factories.ground import Cast
from tests.factories.registers import HEADERS, csv_register, household
from tests.factories.registry import a_condition
from tests.households.imports.conftest import DAY, contents

Upload = Callable[..., RegisterImport]
pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = [*HEADERS, "享受低保/特困政策情况", "是否参加城乡居民基本医疗保险"]


def undo(found: RegisterImport, by: Any) -> RegisterImport:
    imports.order_undo(register_import=found, by=by)
    imports.run_undo(import_id=found.pk)
    found.refresh_from_db()
    return found


def test_a_first_import_is_taken_out_without_rest(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    before = contents()
    found = apply_import(upload([*household(1), *household(2)], by=cast.county), by=cast.county)
    undone = undo(found, cast.county)
    assert (undone.state, undone.problem) == ("undone", {})
    assert contents() == before


def test_every_kind_of_change_is_put_back_exactly(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    first = [*household(1, size=4), *household(2), *household(3), *household(4)]
    for row in first:
        row |= {COLUMNS[-2]: "低保", COLUMNS[-1]: "是"}
    start = upload(csv_register(first, COLUMNS), by=cast.county)
    apply_import(start, by=cast.county, day=date(2020, 1, 1))
    before = contents()
    second = [dict(row) for row in first if row["户编号"] != "0000000004"]
    second[0]["与户主关系"], second[1]["与户主关系"] = "配偶", "户主"  # heads change places
    second[0]["姓名"] = "改名人"
    second[2][COLUMNS[-2]] = "特困"  # one identity closes, another opens
    second[2][COLUMNS[-1]] = "否"
    second[3] |= {"户编号": "0000000002", "人编号": "000000000204"}  # moves to another household
    for row in second:
        if row["户编号"] == "0000000003":
            row |= {
                "户编号": "0000000033",
                "脱贫属性": "返贫",
                "户联系电话": "13811112222",
                "致贫原因1": "因学",
            }
    for row in second:
        row["人数"] = str(sum(other["户编号"] == row["户编号"] for other in second))
    second += [{**row, COLUMNS[-2]: "无"} for row in household(9)]
    found = upload(csv_register(second, COLUMNS), by=cast.county)
    assert found.counts["person"] == {"same": 6, "changed": 4, "gone": 3, "new": 3}
    imports.set_left_reasons(register_import=found, reasons={}, rest="moved", by=cast.county)
    applied = apply_import(found, by=cast.county, day=DAY)
    assert (applied.state, applied.problem) == ("applied", {})
    assert contents() != before
    undone = undo(found, cast.county)
    assert (undone.state, undone.problem) == ("undone", {})
    assert contents() == before
    again = upload(csv_register(first, COLUMNS), by=cast.county)
    assert again.counts["person"] == {"same": 13}


def test_a_later_change_stops_the_undo_and_is_named(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    rows = household(1)
    found = apply_import(upload(rows, by=cast.county), by=cast.county)
    Person.objects.filter(person_no=rows[1]["人编号"]).update(education="高中")
    refused = undo(found, cast.county)
    assert (refused.state, refused.problem["code"]) == ("applied", "undo_changed_later")
    assert refused.problem["values"]["names"] == rows[1]["姓名"]
    assert Household.objects.count() == 1


def test_a_later_fact_stops_the_undo_and_is_named(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    rows = household(1)
    found = apply_import(upload(rows, by=cast.county), by=cast.county)
    person = Person.objects.get(person_no=rows[2]["人编号"])
    a_condition(person)
    refused = undo(found, cast.county)
    assert (refused.problem["code"], refused.problem["values"]["names"]) == ("undo_in_use", person.name)


def test_an_import_is_undone_only_once(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    found = apply_import(upload(household(1), by=cast.county), by=cast.county)
    undo(found, cast.county)
    with pytest.raises(imports.ImportRefused):
        imports.order_undo(register_import=found, by=cast.county)
