"""Many rows in a workbook: read back as they were given, never a formula, never held."""

import gc
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from openpyxl import load_workbook

from core.base.listing import write_listing


def a_list(file, rows) -> int:
    return write_listing(
        file, title="名单", watermark="张三导出", headings=["姓名", "日", "元"], rows=rows, sheet="名单"
    )


def test_rows_are_read_back_as_they_were_given():
    held = BytesIO()
    rows = [("陈铁光 & <子>", date(2026, 3, 1), Decimal("12.50")), ("", None, 3), ("=1+1", None, 0.5)]
    assert a_list(held, [*rows, (datetime(2026, 3, 1, 8, 5), True, None)]) == 4
    page = load_workbook(held).active
    assert [cell.value for cell in page[3]] == ["姓名", "日", "元"]
    assert page["A4"].value == "陈铁光 & <子>"
    assert (page["B4"].value.date(), page["B4"].number_format) == (date(2026, 3, 1), "yyyy-mm-dd")
    assert (page["C4"].value, page["C5"].value, page["A5"].value) == (12.5, 3, None)
    assert (page["A6"].value, page["C6"].value) == ("'=1+1", 0.5)
    assert (page["A7"].value, page["B7"].value) == ("2026-03-01 08:05", 1)


def test_no_rows_are_a_list_with_its_headings():
    held = BytesIO()
    assert a_list(held, []) == 0
    assert load_workbook(held).active.max_row == 3


def test_what_no_cell_can_hold_is_refused():
    with pytest.raises(TypeError):
        a_list(BytesIO(), [(object(),)])


def peak(count: int) -> int:
    gc.collect()
    tracemalloc.start()
    with TemporaryFile() as file:
        a_list(file, ((f"村民{number}", date(2026, 3, 1), Decimal(number)) for number in range(count)))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def test_memory_does_not_grow_with_the_rows():
    peak(2000)
    few, many = peak(2000), peak(20_000)
    assert many - few < 200_000
