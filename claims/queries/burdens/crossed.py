"""Which lines of early warning a household's costs cross, now or as far as can be expected."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.sql import statement
from claims.warnings.reading import rules_as_rows
from core.base.sql import rows
from households.models import Person

# {0} is a sum of costs. Without a threshold, income or line nothing can be said, so nothing is crossed.
_OVER = """coalesce({0} > 0 AND ({0} > j.threshold OR j.is_inclusive AND {0} = j.threshold)
    AND (NOT j.is_of_income OR (j.income - {0}) / nullif(j.members, 0) < j.line), FALSE)"""
_CHRONIC = "b.is_chronic AND b.settled_on > (%(on)s::date - interval '1 year')::date"
_SINCE_FIRST = f"age(%(on)s::date, min(b.settled_on) FILTER (WHERE {_CHRONIC}))"
_MONTHS = f"""least(12, greatest(1, 1 + extract(year FROM {_SINCE_FIRST}) * 12
    + extract(month FROM {_SINCE_FIRST})))"""
_PREVIEWED = """UNION ALL SELECT %(household)s::bigint, %(person)s::bigint, %(patient)s::numeric,
    %(compliant)s::numeric, extract(year FROM %(on)s::date)::int, %(on)s::date, %(is_chronic)s::boolean"""
OF_HOUSEHOLD = "s.household_id = %(household)s::bigint"
OF_COUNTY = "s.county_id = %(county)s::bigint"
_CROSSED = """
SELECT code, coalesce((SELECT p.name FROM households_person p WHERE p.id = person_id), ''), burden, projected,
       threshold, is_expected
  FROM crossed ORDER BY threshold, code
"""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One line that is crossed: `burden` yuan so far against `threshold`; `is_expected` where only
    `projected`, the sum that is to be expected by the year's end, lies above it."""

    rule: str
    person: str
    """Whose costs they are; "" where the household's are added up."""
    burden: Decimal
    projected: Decimal | None
    threshold: Decimal
    is_expected: bool


def crossed_sql(*, whose: str, added: str = "") -> str:
    """The opening of a statement that has `crossed` among its tables."""
    return statement(
        "crossed",
        whose=whose,
        added=added,
        chronic=_CHRONIC,
        months=_MONTHS,
        now=_OVER.format("j.burden"),
        then=_OVER.format("j.projected"),
    )


def library() -> str:
    return json.dumps(rules_as_rows())


def burden_after(
    *, person: Person, patient: Decimal, compliant_patient: Decimal, on: date, is_chronic: bool = False
) -> list[Crossing]:
    """The lines that the household would be over once the person has borne `patient` yuan more
    (`compliant_patient` of it within the policy's range); those that it is over already stand among them.

    One statement; writes nothing. `is_chronic` for a bill of chronic outpatient care.
    """
    values = {
        "on": on,
        "rules": library(),
        "household": person.household_id,
        "person": person.pk,
        "patient": patient,
        "compliant": compliant_patient,
        "is_chronic": is_chronic,
    }
    found = rows(crossed_sql(whose=OF_HOUSEHOLD, added=_PREVIEWED) + _CROSSED, values)
    return [Crossing(*row) for row in found]
