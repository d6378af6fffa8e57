"""What a resource is to the API: its table, who may see which rows, and its rows' JSON."""

from dataclasses import dataclass
from typing import Any

from psycopg.types.numeric import Int8

from core.accounts.tokens import Caller, Scope
from healthaid.api.filters import Narrowed

# Masked on the left, as it is on the right; the keys of a row are the same in both.
NAME = ("left({0}.name, 1) || repeat('*', greatest(char_length({0}.name) - 1, 1))", "{0}.name")
BIRTH_DATE = ("NULL::date", "{0}.birth_date")
ID_NUMBER = ("{0}.id_masked", "encode({0}.id_number, 'base64')")
PHONE = ("{0}.phone_masked", "encode({0}.phone, 'base64')")
ADDRESS = ("NULL::text", "{0}.address")
LATITUDE = ("NULL::numeric", "{0}.latitude")
LONGITUDE = ("NULL::numeric", "{0}.longitude")
NO_UUID = "00000000-0000-0000-0000-000000000000"
LAST_UUID = "ffffffff-ffff-ffff-ffff-ffffffffffff"
BEHIND_ALL = 2**62
PERSONAL = {
    "name": NAME,
    "birth_date": BIRTH_DATE,
    "id_number": ID_NUMBER,
    "phone": PHONE,
    "address": ADDRESS,
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
}


def personal(name: str, alias: str, *, revealed: bool) -> str:
    """The SQL of one personal field, masked or as it is. Encrypted ones are opened later."""
    return PERSONAL[name][revealed].format(alias)


@dataclass(frozen=True, slots=True)
class Resource:
    """Columns are of the row aliased t; `whole` is the larger record of one row, `kind` its tombstones.

    Of a row `of_person` more is shown for a stated purpose, and the person it names goes on record."""

    name: str
    scope: Scope
    table: str
    key: str
    public_key: str
    masked: str
    revealed: str
    filters: type[Narrowed]
    whole: str = ""
    whole_revealed: str = ""
    kind: str = ""
    sensitive: str = ""
    by_area_tree: bool = False
    of_person: bool = False

    @property
    def named(self) -> str:
        """Where one row is asked for by its public key."""
        current = " AND t.valid_to IS NULL" if self.by_area_tree else ""
        return f"t.{self.public_key} = %(id)s{current}"

    @property
    def has_masks(self) -> bool:
        """Whether a stated purpose shows more of a row."""
        return self.masked != self.revealed

    def columns(self, *, revealed: bool) -> str:
        return self.revealed if revealed else self.masked

    def record(self, *, revealed: bool) -> str:
        return (self.whole_revealed if revealed else self.whole) or self.columns(revealed=revealed)

    @property
    def first_key(self) -> int | str:
        """Below every key."""
        return 0 if self.key == "id" else NO_UUID

    @property
    def last_key(self) -> int | str:
        """Above every key."""
        return BEHIND_ALL if self.key == "id" else LAST_UUID

    def visible(self, caller: Caller) -> str:
        """The area rule, and what only some may see, as a condition on t."""
        area = self.in_area(caller)
        return f"{area} AND NOT t.{self.sensitive}" if self.sensitive and not caller.sees_sensitive else area

    def in_area(self, caller: Caller, alias: str = "t") -> str:
        """The area rule in the form that an index of the table serves."""
        if self.by_area_tree:
            return f"{alias}.ancestors @> ARRAY[%(area)s::bigint]"
        one_county = len(caller.counties) == 1
        county = f"{alias}.county_id = " + ("%(county)s" if one_county else "ANY(%(counties)s::bigint[])")
        return (
            county
            if caller.villages is None
            else f"{county} AND {alias}.village_id = ANY(%(villages)s::bigint[])"
        )


def scope_parameters(caller: Caller) -> dict[str, Any]:
    return {
        "area": Int8(caller.area_id),
        "county": Int8(caller.counties[0]) if caller.counties else None,
        "counties": caller.counties,
        "villages": caller.villages,
        "sees_sensitive": caller.sees_sensitive,
    }
