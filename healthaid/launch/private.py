"""What is generated once into var/ and stays private: keys and passwords; and the ports last used."""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

KEYS = "keys.json"
PORTS = "ports.json"


def keys(var: Path) -> dict[str, str]:
    """The keys of this installation. They go with the data: without them it cannot be read."""
    known = read_json(var / KEYS)
    wanted = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": _key_of_32_bytes(),
        "INDEX_KEY": _key_of_32_bytes(),
        "DATABASE_PASSWORD": secrets.token_urlsafe(24),
        "BROKER_PASSWORD": secrets.token_urlsafe(24),
    }
    if not wanted.keys() <= known.keys():
        known = wanted | known
        write_json(var / KEYS, known)
    return {name: str(value) for name, value in known.items()}


def _key_of_32_bytes() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, and readable by its owner only."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(content, indent=1) + "\n")
    beside.replace(path)
