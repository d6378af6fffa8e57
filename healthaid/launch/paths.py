"""Where things are: the checkout, its virtual environment, and var/ where everything changeable lives."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"


def var_dir() -> Path:
    return Path(os.environ.get("HEALTHAID_VAR") or ROOT / "var").absolute()


def site_packages() -> Path:
    return next(iter(sorted(VENV.glob("lib/python3*/site-packages"))), VENV / "lib" / "site-packages")


def program(name: str) -> str:
    """A console script of the virtual environment."""
    return str(VENV / "bin" / name)


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]
