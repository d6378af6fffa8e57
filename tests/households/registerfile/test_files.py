"""What comes in as a file: kinds, encodings, bounds."""

import io
import zipfile

import openpyxl
import pytest

from core.base import sheets
from households.registerfile import read_register
from tests.factories.registers import HEADERS, csv_bytes, csv_register, household, table, xlsx_bytes

ROWS = [*household(1), *household(2)]


def codes(content: bytes, name: str = "register.xlsx") -> list[str]:
    return [p.code for p in read_register(content, filename=name).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    content = csv_register(ROWS, encoding=encoding, delimiter=delimiter)
    found = read_register(content, filename="册.csv")
    assert found.problems == []
    assert len(found.line_numbers) == 6
    assert found.rows[0]["name"] == ROWS[0]["姓名"]


def test_xlsx_and_csv_give_the_same_people() -> None:
    lines = table(ROWS)
    sheet = read_register(xlsx_bytes(lines), filename="a.xlsx")
    text = read_register(csv_bytes(lines), filename="a.csv")
    assert sheet.problems == text.problems == []
    assert sheet.rows == text.rows
    assert sheet.households == text.households


def test_the_kind_is_judged_by_content_not_by_name() -> None:
    assert read_register(xlsx_bytes(table(ROWS)), filename="register.csv").readable
    assert codes(b"%PDF-1.7 ...", "register.xlsx") == ["file_kind"]
    assert codes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99) == ["file_old_or_locked"]
    assert codes(b"PK\x03\x04 broken") == ["file_damaged"]
    assert codes(b"\xff\xfa\xfb\x80\x81", "a.csv") == ["file_encoding"]
    assert codes(b"a,b\0c\n" * 9, "a.csv") == ["file_kind"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\0\0\0"])
def test_an_empty_file_says_so(content: bytes) -> None:
    assert codes(content) == ["file_empty"]


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert codes(content.getvalue()) == ["file_kind"]


def test_an_archive_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    assert codes(content.getvalue()) == ["file_unpacks_too_large"]


def test_an_archive_that_lies_about_its_size_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    said = (20_000_000).to_bytes(4, "little")
    lying = content.getvalue().replace(said, (10).to_bytes(4, "little"))
    assert lying != content.getvalue()
    assert codes(lying) == ["file_unpacks_too_large"]


def test_bounds_of_size_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    content = csv_register(ROWS)
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    assert codes(content) == ["file_too_many_rows"]
    monkeypatch.setattr(sheets, "MOST_ROWS", 500)
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 3)
    assert codes(content) == ["file_too_many_columns"]
    monkeypatch.setattr(sheets, "LARGEST_FILE", 10)
    assert codes(content) == ["file_too_large"]


def test_two_sheets_with_a_register_are_refused_by_name() -> None:
    book = openpyxl.Workbook()
    for title in ("清水村", "联合村"):
        page = book.create_sheet(title)
        for line in table(ROWS):
            page.append(line)
    content = io.BytesIO()
    book.save(content)
    problem = read_register(content.getvalue(), filename="a.xlsx").problems[0]
    assert problem.code == "several_sheets"
    assert "清水村" in problem.message("zh-hans")


def test_a_file_without_header_or_rows_or_columns_says_what_is_missing() -> None:
    assert codes(csv_bytes([["随便", "写写"], ["1", "2"]])) == ["header_not_found"]
    assert codes(csv_register([])) == ["no_rows"]
    short = [header for header in HEADERS if header != "证件号码"]
    found = read_register(csv_register(ROWS, short), filename="a.csv")
    assert [p.code for p in found.problems] == ["column_missing"]
    assert "证件号码" in found.problems[0].message("zh")
    assert "ID number" in found.problems[0].message("en")
    assert not found.readable
