"""健康扶贫帮扶表 (DOMAIN B6.1): every registered person, each disease and each bill of the period."""

from collections.abc import Iterator
from typing import Any

from core.base.sql import streamed
from healthaid.reports.documents.model import Asked
from healthaid.reports.indicators.facts.people import RESIDENT
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.tables.bills import PAYERS, SETTLED

_SUMS = ", ".join(f"sum(l.amount) FILTER (WHERE l.payer = ANY(%({group})s)) AS {group}" for group in PAYERS)
# A person's diseases and bills stand beside each other, the first of both in the first row.
_ROWS = f"""
SELECT a.name, h.register_no, p.name, p.sex, p.birth_date, p.id_masked, h.household_type, p.labour,
       h.standing, e.schemes, n.number, z."group", z.name_zh, z.name_en, k.icd10, k.confirmed_on,
       k.confirmed_at, b.settled_on, i.name, b.is_in_county, b.level, b.care, b.cost, b.patient,
       b.basic, b.critical, b.commercial, b.civil, b.fund, b.others
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id
  JOIN accounts_area a ON a.id = p.village_id
  LEFT JOIN LATERAL (SELECT array_agg(DISTINCT e.scheme ORDER BY e.scheme) AS schemes
                       FROM households_enrolment e
                      WHERE e.person_id = p.id AND e.year = %(year)s AND e.is_enrolled) e ON TRUE
 CROSS JOIN LATERAL (
      SELECT generate_series(1, greatest(1,
          (SELECT count(*) FROM households_condition k
            WHERE k.person_id = p.id AND k.confirmed_on <= %(on)s
              AND (k.ended_on IS NULL OR k.ended_on > %(on)s) AND (%(sensitive)s OR NOT k.is_sensitive)),
          (SELECT count(*) FROM claims_settlement s
            WHERE s.person_id = p.id AND s.settled_on BETWEEN %(since)s AND %(last)s
              AND s.village_id = p.village_id AND (%(sensitive)s OR NOT s.is_sensitive))
      )) AS number) n
  LEFT JOIN LATERAL (
      SELECT k.* FROM households_condition k
       WHERE k.person_id = p.id AND k.confirmed_on <= %(on)s
         AND (k.ended_on IS NULL OR k.ended_on > %(on)s) AND (%(sensitive)s OR NOT k.is_sensitive)
       ORDER BY k.confirmed_on, k.id OFFSET n.number - 1 LIMIT 1) k ON TRUE
  LEFT JOIN households_disease z ON z.id = k.disease_id
  LEFT JOIN LATERAL (
      SELECT x.*, l.*, x.paid - coalesce(l.known, 0) AS others
        FROM ({SETTLED} AND s.person_id = p.id) x
        LEFT JOIN LATERAL (SELECT {_SUMS}, sum(l.amount) FILTER (WHERE l.payer = ANY(%(known)s)) AS known
                             FROM claims_settlementline l WHERE l.settlement_id = x.id) l ON TRUE
       ORDER BY x.settled_on, x.id OFFSET n.number - 1 LIMIT 1) b ON TRUE
  LEFT JOIN clinics_institution i ON i.id = b.institution_id
 WHERE p.village_id = ANY(%(villages)s) AND h.village_id = ANY(%(villages)s) AND {RESIDENT}
 ORDER BY a.code, h.visit_order, h.id, p.id, n.number
"""  # noqa: S608 - our own texts


def roster(asked: Asked) -> Iterator[tuple[Any, ...]]:
    """Row by row through a server-side cursor, so that a county takes no more memory than a village.

    Needs a transaction. Identity numbers are masked."""
    payers = {group: list(payers) for group, payers in PAYERS.items()}
    return streamed(
        _ROWS,
        {
            **payers,
            "known": [payer for group in payers.values() for payer in group],
            "villages": list(below(asked.area).villages),
            "since": asked.since,
            "last": asked.last,
            "on": asked.last,
            "year": asked.last.year,
            "sensitive": asked.sees_sensitive,
        },
    )
