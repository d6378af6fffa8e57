"""What stands on the scan of an invented document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    issuer: str
    number: str
    title: str
    day: str
