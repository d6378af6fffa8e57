"""Taking an uploaded register file in: checked by content, stored under its hash, and left for a worker."""

import hashlib
from pathlib import PurePath
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.sheets import LARGEST_FILE, MEGABYTE
from households.models import RegisterImport
from households.registerfile import Problem

FOLDER = "registers"
READ_AT_ONCE = MEGABYTE


class ImportRefused(ValueError):
    """What was asked cannot be done; `problem` says why and what to do, in either language."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(code: str, **values: Any) -> ImportRefused:
    return ImportRefused(Problem(code, scope="file", values=values))


def receive_register(*, file: Any, by: User) -> RegisterImport:
    """This will store the file and leave an import that a worker picks up. `file` has chunks() and name.

    Raises ImportRefused when the file is empty or too large; everything else is judged by the worker."""
    check(by, "import_register")
    content = _content(file)
    digest = hashlib.sha256(content).hexdigest()
    path = _store(content, digest)
    with transaction.atomic(), pghistory.context(user=by.pk, act="receive_register"):
        return RegisterImport.objects.create(
            area=by.area,
            file_name=PurePath(file.name or "register").name[-200:],
            file_path=path,
            sha256=digest,
            uploaded_by=by,
        )


def _content(file: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in file.chunks(READ_AT_ONCE):
        size += len(part)
        if size > LARGEST_FILE:
            raise refuse("file_too_large", limit=LARGEST_FILE // MEGABYTE)
        parts.append(part)
    if not size:
        raise refuse("file_empty")
    return b"".join(parts)


def _store(content: bytes, digest: str) -> str:
    """Kept without its own name or ending: nothing will ever serve or run it."""
    path = f"{FOLDER}/{digest[:2]}/{digest}"
    return path if default_storage.exists(path) else default_storage.save(path, ContentFile(content))
