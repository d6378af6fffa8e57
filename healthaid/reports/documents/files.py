"""Files that are either there whole or not there at all."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings


def put(path: Path, content: bytes) -> str:
    """Writes the file under MEDIA_ROOT and gives its relative path. A crash leaves the old file or none."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    return put_written(path, write)


def put_written(path: Path, write: Callable[[BinaryIO], Any]) -> str:
    """The same for a file that is written bit by bit and never held as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return str(path.relative_to(settings.MEDIA_ROOT))


def opened(relative: str, expected_sha256: str) -> BinaryIO | None:
    """The file as it was made; None when it is gone or is no longer the same. Never held as a whole."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / relative).resolve()
    if not relative or not path.is_relative_to(root) or not path.is_file():
        return None
    return path.open("rb") if digest_of(relative) == expected_sha256 else None


def digest_of(relative: str) -> str:
    """The checksum of a file under MEDIA_ROOT, read bit by bit."""
    with (Path(settings.MEDIA_ROOT) / relative).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
