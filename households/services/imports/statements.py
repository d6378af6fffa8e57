"""The SQL of the import, read from the files beside this one: whole tables at a time, never row by row."""

import re
from functools import lru_cache
from pathlib import Path

_NAMED = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^-- .*\n", re.MULTILINE)


@lru_cache(maxsize=8)
def statements(file: str) -> dict[str, str]:
    """Statement name → SQL, in the order of the file."""
    text = (Path(__file__).parent / "sql" / f"{file}.sql").read_text(encoding="utf-8")
    _head, *parts = _NAMED.split(text)
    return {name: _COMMENT.sub("", sql).strip() for name, sql in zip(parts[::2], parts[1::2], strict=True)}
