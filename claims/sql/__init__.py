"""The statements too long for a line of Python, one file each."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def statement(name: str, **parts: str) -> str:
    """This will give one statement; `parts` fill its /*named*/ gaps."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    for gap, words in parts.items():
        text = text.replace(f"/*{gap}*/", words)
    return text
