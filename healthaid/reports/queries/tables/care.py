"""Care and what the insurance paid of it, by the kind of care and the hospital's level."""

from typing import Any

from core.base.sql import rows
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.tables.bills import PAYERS, SETTLED
from healthaid.reports.queries.tables.sums import added

_KIND = "CASE WHEN x.care = 'inpatient' THEN 'inpatient' ELSE 'outpatient' END"
# The code of a row, as `_row` writes it.
PLACE = f"{_KIND} || '/' || x.level || CASE WHEN x.is_in_county THEN '/in' ELSE '/out' END"
_CARE = f"""
SELECT {_KIND} AS kind, x.level, x.is_in_county, sum(x.n)::int, count(DISTINCT x.person_id)::int,
       sum(x.cost), sum(x.compliant), sum(coalesce(b.amount, 0)), sum(x.paid), sum(x.patient)
  FROM ({SETTLED}) x
  LEFT JOIN LATERAL (SELECT sum(l.amount) AS amount FROM claims_settlementline l
                      WHERE l.settlement_id = x.id AND l.payer = ANY(%(basic)s)) b ON TRUE
 GROUP BY 1, 2, 3
HAVING sum(x.n) <> 0 OR sum(x.cost) <> 0
 ORDER BY 1, x.is_in_county DESC,
       array_position(ARRAY['village', 'township', 'county', 'city', 'province'], x.level)
"""  # noqa: S608 - our own texts


def care(asked: Asked) -> Counted:
    """All bills of the area's people settled in the period, net of what was taken back in it."""
    villages = list(below(asked.area).villages)
    values = {"villages": villages, "since": asked.since, "last": asked.last, "sensitive": True}
    found = [_row(*row) for row in rows(_CARE, values | {"basic": list(PAYERS["basic"])})]
    return {"tables": {"care": {"rows": found, "together": added(_sums(row) for row in found)}}}


def _row(kind: str, level: str, is_in_county: bool, *sums: Any) -> dict[str, Any]:
    bills, persons, cost, compliant, basic, paid, patient = sums
    return {
        "code": f"{kind}/{level}/{'in' if is_in_county else 'out'}",
        "figures": {
            "bills": bills,
            "persons": persons,
            "cost": cost,
            "compliant": compliant,
            "basic": [basic, compliant],
            "paid": [paid, cost],
            "patient": patient,
        },
    }


def _sums(row: dict[str, Any]) -> dict[str, Any]:
    """A person may have been in several hospitals: persons are no sum."""
    return {code: value for code, value in row["figures"].items() if code != "persons"}
