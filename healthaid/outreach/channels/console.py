"""Messages as log lines, for a developer to watch. Repeats carry the same number."""

import logging

log = logging.getLogger("healthaid.outbox")


class ConsoleChannel:
    def deliver(self, number: int, recipient: str, text: str) -> None:
        log.info("message %s to %s: %s", number, recipient, text)
