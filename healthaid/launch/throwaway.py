"""Services that live for one command, in a temporary directory, without care for their data."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from healthaid.launch import services

OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "HEALTHAID_VAR",
    "SECRET_KEY",
    "FIELD_KEYS",
    "INDEX_KEY",
    "HEALTHAID_ENV",
)


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Starts a database and a broker of its own and yields the variables that lead to them."""
    directory = Path(tempfile.mkdtemp(prefix="healthaid-"))
    directory.chmod(0o711)
    chosen = services.choose(directory, durable=durable, environment={})
    try:
        chosen.start()
        rest = {name: value for name, value in os.environ.items() if name not in OURS}
        yield {**rest, "HEALTHAID_VAR": str(directory), **chosen.environment()}
    finally:
        chosen.stop()
        _remove(directory)


def _remove(directory: Path) -> None:
    data = directory / "data"
    if data.is_symlink():
        shutil.rmtree(data.resolve(), ignore_errors=True)
    shutil.rmtree(directory, ignore_errors=True)
