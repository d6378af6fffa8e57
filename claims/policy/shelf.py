"""The policies that stand here to be used and learnt from: one TOML file each in library/."""

from functools import cache
from pathlib import Path

from claims.policy.reading import read_policy
from claims.policy.schema import Policy

LIBRARY = Path(__file__).parent / "library"


def codes() -> tuple[str, ...]:
    """This will give the codes of the policies of the library, which are the names of their files."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.toml")))


def text_of(code: str) -> str:
    """This will give the text of a policy of the library.

    :raises FileNotFoundError: where there is none of that code.
    """
    return (LIBRARY / f"{code}.toml").read_text(encoding="utf-8")


@cache
def library_policy(code: str) -> Policy:
    """This will read a policy of the library; it is read once."""
    return read_policy(text_of(code))
