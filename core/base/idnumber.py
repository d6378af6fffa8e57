"""GB 11643-1999 identity numbers: length, date, checksum. County codes are not checked against a year:
people born before a county was founded carry its older codes (and 430304 exists only since 1984)."""

from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_FOLD = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX", " \u3000\t\r\n'’‘-·")


class IdNumberError(ValueError):
    """code is one of: empty, mangled, length, characters, province, date, checksum."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class IdNumber:
    number: str
    birth_date: date
    sex: str  # GB/T 2261.1: "1" male, "2" female
    disability_kind: str = ""
    disability_level: str = ""


def check_digit(seventeen: str) -> str:
    return CHECK_DIGITS[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def masked(number: str) -> str:
    """First three and last four characters: 430***********1234."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * len(number)


def _date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise IdNumberError("date") from None


def _eighteen(text: str) -> str:
    if len(text) == 15 and text.isdigit():
        seventeen = f"{text[:6]}19{text[6:]}"
        return seventeen + check_digit(seventeen)
    if len(text) not in (18, 20, 22):
        raise IdNumberError("length")
    return text[:18]


def check_id_number(text: str, *, on: date | None = None) -> IdNumber:
    """Reads 15, 18, 20 or 22 characters (the last two: disability certificate, with kind and level behind).

    Raises IdNumberError. `on` is the day on which the birth date must not lie ahead."""
    folded = text.translate(_FOLD).upper() if text else ""
    if not folded:
        raise IdNumberError("empty")
    if "E+" in folded or "." in folded:
        raise IdNumberError("mangled")
    number = _eighteen(folded)
    if not number[:17].isascii() or not number[:17].isdigit() or number[17] not in "0123456789X":
        raise IdNumberError("characters")
    return _checked(number, folded[18:], on)


def _checked(number: str, certificate: str, on: date | None) -> IdNumber:
    if number[:2] not in PROVINCES:
        raise IdNumberError("province")
    born = _date(number[6:14])
    if on is not None and born > on:
        raise IdNumberError("date")
    if check_digit(number[:17]) != number[17]:
        raise IdNumberError("checksum")
    sex = "1" if int(number[16]) % 2 else "2"
    return IdNumber(number, born, sex, certificate[:1], certificate[1:2])
