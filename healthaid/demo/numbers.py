"""Identity and telephone numbers that nobody can have been given, and identifiers made from a seed."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from core.base.idnumber import check_digit

# No division 430399 has ever been assigned, nor any prefecture 4399: those of Hunan are 4301-4313 and 4331.
FIRST_COUNTY = "430399"
# 154 is in no published list of ranges given to an operator.
PHONE_RANGE = "154"


def unissued_county(place: int) -> str:
    """The county digits of the demo's identity numbers: 430399 for the first county, then 439902, …"""
    return FIRST_COUNTY if place == 0 else f"4399{place + 1:02d}"


class IdNumbers:
    """Valid shape, date, sex and checksum; no number twice; a county code that was never assigned."""

    def __init__(self, place: int) -> None:
        self._county = unissued_county(place)
        self._given: Counter[tuple[date, bool]] = Counter()

    def next(self, born: date, *, male: bool) -> str:
        place = self._given[born, male]
        self._given[born, male] += 1
        seventeen = f"{self._county}{born:%Y%m%d}{place * 2 + male:03d}"
        return seventeen + check_digit(seventeen)


def phone_number(serial: int) -> str:
    return f"{PHONE_RANGE}{serial:08d}"


def phone_masked(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


def midday(day: date) -> int:
    """Noon of a day in China, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp() * 1000)


def seeded_uuid(random: Random, milliseconds: int) -> UUID:
    """A version 7 identifier whose random part comes from the seed."""
    value = (milliseconds << 80) | random.getrandbits(80)
    value = (value & ~(0xF << 76)) | (7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (2 << 62))
