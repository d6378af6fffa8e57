"""What has changed since the last start, so that a second start does only that."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from healthaid.launch import paths, private

PACKAGES = ("core", "households", "followups", "claims", "healthaid")
NOTES = "prepared.json"


def files(pattern: str) -> list[Path]:
    return sorted(
        path for package in PACKAGES for path in (paths.ROOT / package).glob(pattern) if path.is_file()
    )


def fingerprint(found: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in [paths.LOCK, *found]:
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def current() -> dict[str, str]:
    return {
        "migrate": fingerprint([*files("**/migrations/*.py"), *files("**/*triggers*.py")]),
        "static": fingerprint(files("**/static/**/*")),
    }


def stale_messages() -> bool:
    """Whether a compiled catalogue is missing or older than its source."""
    return any(_is_older(path.with_suffix(".mo"), path) for path in files("**/locale/*/LC_MESSAGES/*.po"))


def _is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def parts_to_prepare(home: Path, static_root: Path, *, known_database: bool) -> list[str]:
    """The parts of `manage.py prepare` that this start needs: migrate, lists, messages, static, demo."""
    noted = private.read_json(home / NOTES) if known_database else {}
    now = current()
    parts = ["migrate", "lists"] if noted.get("migrate") != now["migrate"] else []
    parts += ["messages"] if stale_messages() else []
    changed_static = noted.get("static") != now["static"] or not any(static_root.glob("*"))
    parts += ["static"] if changed_static else []
    return parts if noted.get("demo") or not wants_demo() else [*parts, "demo"]


def note_prepared(home: Path) -> None:
    earlier = private.read_json(home / NOTES)
    private.write_json(home / NOTES, {**current(), "demo": bool(earlier.get("demo")) or wants_demo()})


def wants_demo() -> bool:
    return os.environ.get("HEALTHAID_DEMO", "on") != "off"
