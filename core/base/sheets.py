"""From the bytes of an upload to raw rows: what the file is is judged by its content, never by its name."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 600 * MEGABYTE
MOST_ROWS = 200_000
MOST_COLUMNS = 256
_LOCAL_HEADER = 30
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", "\t", ";", "，", "|")
_SNIFFED = 64 * 1024

Merge = tuple[tuple[int, int], tuple[int, int]]


class OpeningError(ValueError):
    """The file cannot be read at all; code says why (registerfile/messages.toml has words)."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(slots=True)
class Sheet:
    """rows[0] is the file's first line; merges are ((row, column), (row, column)), both ends included."""

    name: str
    rows: list[list[Any]]
    merges: list[Merge] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""


def open_sheets(content: bytes) -> list[Sheet]:
    """Every sheet of an .xlsx, or the one of a .csv. Raises OpeningError."""
    if not content.strip(b"\0 \r\n\t"):
        raise OpeningError("file_empty")
    if len(content) > LARGEST_FILE:
        raise OpeningError("file_too_large", limit=LARGEST_FILE // MEGABYTE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OpeningError("file_old_or_locked")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PK", b"Rar!", b"7z\xbc", b"\x1f\x8b", b"MZ", b"\x7fELF")
    ):
        raise OpeningError("file_kind")
    return [_text_sheet(content)]


def _workbook(content: bytes) -> list[Sheet]:
    _check_archive(content)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        shown = [m.name for m in book.sheets_metadata if _readable(m)]
        return [_calamine_sheet(book, name) for name in shown]
    except OpeningError:
        raise
    except Exception as error:  # the reader has a dozen error types for damaged files
        raise OpeningError("file_damaged") from error


def _readable(sheet: python_calamine.SheetMetadata) -> bool:
    visible = python_calamine.SheetVisibleEnum.Visible
    return sheet.visible == visible and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _calamine_sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    _check_size(sheet.total_height, sheet.total_width)
    rows = sheet.to_python(skip_empty_area=False) if sheet.height else []
    return Sheet(name, rows, list(sheet.merged_cell_ranges or []))


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise OpeningError("file_too_many_rows", limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise OpeningError("file_too_many_columns", limit=MOST_COLUMNS)


def _check_archive(content: bytes) -> None:
    """Unpacks every member without keeping it: the sizes an archive states about itself may be lies."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise OpeningError("file_damaged") from error
    if "xl/workbook.xml" not in {member.filename.replace("\\", "/").lstrip("/") for member in members}:
        raise OpeningError("file_kind")
    left = LARGEST_UNPACKED
    for member in members:
        left -= _unpacked_size(content, member, left)


def _unpacked_size(content: bytes, member: zipfile.ZipInfo, limit: int) -> int:
    start = member.header_offset
    names = int.from_bytes(content[start + 26 : start + 28], "little")
    extras = int.from_bytes(content[start + 28 : start + 30], "little")
    begin = start + _LOCAL_HEADER + names + extras
    packed = memoryview(content)[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise OpeningError("file_kind")
    return sum(_inflated(packed, limit))


def _inflated(packed: memoryview, limit: int) -> Iterator[int]:
    inflate, size, rest = zlib.decompressobj(-15), 0, bytes(packed)
    try:
        while rest and not inflate.eof:
            length = len(inflate.decompress(rest, 4 * MEGABYTE))
            size, rest = size + length, inflate.unconsumed_tail
            yield length
            if size > limit:
                raise OpeningError("file_unpacks_too_large")
    except zlib.error as error:
        raise OpeningError("file_damaged") from error


def _text_sheet(content: bytes) -> Sheet:
    text, encoding = _decoded(content)
    if "\0" in text:
        raise OpeningError("file_kind")
    delimiter = _delimiter(text[:_SNIFFED])
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            _check_size(len(rows), len(row))
    except csv.Error as error:
        raise OpeningError("file_damaged") from error
    return Sheet("", _squared(rows), encoding=encoding, delimiter=delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    marked = [name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise OpeningError("file_encoding")


def _delimiter(sample: str) -> str:
    """The separator that cuts the sample's widest line into the most pieces."""
    lines = sample.splitlines()[:40]
    return max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _squared(rows: list[list[Any]]) -> list[list[Any]]:
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
