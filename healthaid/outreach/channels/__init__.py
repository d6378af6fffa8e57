"""Ways out. Each takes a message by its number and does nothing the second time."""

from typing import Protocol

from healthaid.outreach.channels.console import ConsoleChannel
from healthaid.outreach.channels.file import FileChannel


class Channel(Protocol):
    def deliver(self, number: int, recipient: str, text: str) -> None:
        """Delivers once for each number. Raises OSError when it could not."""


_CHANNELS: dict[str, Channel] = {"console": ConsoleChannel(), "file": FileChannel()}


def channel(code: str) -> Channel:
    return _CHANNELS[code]
