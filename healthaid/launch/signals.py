"""Ctrl-C and SIGTERM: the first asks everything to end well, the second ends it at once."""

import signal
from collections.abc import Callable
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Raised where a stop signal arrives while something is being set up."""


class Signals:
    def __init__(self) -> None:
        self.received = 0
        self.raises = True
        self.kill_all: Callable[[], None] = lambda: None

    def install(self) -> None:
        for number in STOPPING:
            signal.signal(number, self._receive)

    @property
    def stop_wanted(self) -> bool:
        return self.received > 0

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.received += 1
        if self.received > 1:
            self.kill_all()
        elif self.raises:
            raise Stopped
