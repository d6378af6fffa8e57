"""The wording of messages, kept as data."""

import tomllib
from functools import cache
from pathlib import Path

from healthaid.outreach.models import Message


@cache
def wordings() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text())


def rendered(message: Message) -> str:
    """The message in the recipient's language."""
    wording = wordings()[message.template]
    return wording["en" if message.language.startswith("en") else "zh"].format(**message.context)
