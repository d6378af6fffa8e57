"""What a person holds by spans of days: identities, causes of poverty, enrolments; gathered one way."""

from datetime import date
from functools import cache
from typing import Any

import orjson

from claims.sql import statement
from core.base.sql import one
from households.models import Person

_SPAN = """jsonb_build_object(
    'code', i.kind, 'starts_on', coalesce(lower(i.period), '1900-01-01'), 'ends_on', upper(i.period))"""


def identities_sql() -> str:
    """Kind and period of each identity over `a` (person_id, household_id) and its household `h`."""
    return statement("identities")


@cache
def held_sql(first_year: str, last_year: str) -> str:
    """Pairs for a jsonb_build_object over `a` (person_id, household_id) and its household `h`; the years, as
    SQL, are those whose enrolments count."""
    years = {"first_year": first_year, "last_year": last_year}
    return statement("held", identities=identities_sql(), span=_SPAN, **years)


def held_by(person: Person, on: date) -> dict[str, Any]:
    """The three lists as the facts of a bill have them, enrolments of the year of `on`."""
    text = f"""SELECT jsonb_build_object({held_sql("%(year)s", "%(year)s")})
                 FROM (SELECT %(person)s::bigint AS person_id, %(household)s::bigint AS household_id) a
                 JOIN households_household h ON h.id = a.household_id"""  # noqa: S608 - no value is joined in
    found = one(text, {"person": person.pk, "household": person.household_id, "year": on.year})
    held: dict[str, Any] = orjson.loads(found[0]) if found else {}
    return held
