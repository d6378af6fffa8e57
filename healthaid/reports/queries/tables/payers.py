"""What each payer owes which hospital and has paid, and what came into and went out of the funds."""

from typing import Any

from claims.queries.payers import payer_words
from core.base.sql import rows
from core.base.texts import Text
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.queries.tables.layers import both
from healthaid.reports.queries.tables.sums import added

_OWED = """
SELECT p.payer, i.name, i.code, count(DISTINCT l.settlement_id)::int, coalesce(sum(l.amount), 0),
       coalesce(sum(l.amount) FILTER (WHERE p.state <> 'pending'), 0),
       (SELECT coalesce(sum(q.received), 0) FROM claims_payable q
         WHERE q.county_id = %(county)s AND q.payer = p.payer AND q.institution_id = i.id
           AND q.month BETWEEN %(since)s AND %(last)s AND q.state = 'paid'),
       coalesce(sum(l.amount) FILTER (WHERE p.state = 'refused'), 0),
       (SELECT count(*)::int FROM claims_payabledifference d JOIN claims_payable q ON q.id = d.payable_id
         WHERE q.county_id = %(county)s AND q.payer = p.payer AND q.institution_id = i.id
           AND q.month BETWEEN %(since)s AND %(last)s AND d.resolved_on IS NULL)
  FROM claims_payable p
  JOIN clinics_institution i ON i.id = p.institution_id
  LEFT JOIN claims_payableline w ON w.payable_id = p.id
  LEFT JOIN claims_settlementline l ON l.id = w.line_id
 WHERE p.county_id = %(county)s AND p.month BETWEEN %(since)s AND %(last)s
 GROUP BY p.payer, i.id ORDER BY p.payer, i.code
"""
_FUNDS = """
SELECT f.code, f.name_zh, f.name_en, f.year,
       coalesce(sum(e.amount) FILTER (WHERE e.entered_on < %(since)s), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.entered_on >= %(since)s
                                        AND e.kind NOT IN ('settlement', 'reversal')), 0),
       count(*) FILTER (WHERE e.entered_on >= %(since)s AND e.kind = 'settlement')::int
         - count(*) FILTER (WHERE e.entered_on >= %(since)s AND e.kind = 'reversal')::int,
       -coalesce(sum(e.amount) FILTER (WHERE e.entered_on >= %(since)s
                                         AND e.kind IN ('settlement', 'reversal')), 0),
       coalesce(sum(e.amount), 0)
  FROM claims_fund f LEFT JOIN claims_fundentry e ON e.fund_id = f.id AND e.entered_on <= %(last)s
 WHERE f.county_id = %(county)s AND f.year BETWEEN %(first_year)s AND %(last_year)s
 GROUP BY f.id ORDER BY f.year, f.code
"""


def payers(asked: Asked) -> Counted:
    """The claims of the period's months by payer and hospital, and the ledgers of the county's funds."""
    county = asked.area.county_id
    values = {
        "county": county,
        "since": asked.since,
        "last": asked.last,
        "first_year": asked.since.year,
        "last_year": asked.last.year,
    }
    words = payer_words(county) if county else {}
    owed = [_owed(words, *row) for row in rows(_OWED, values)]
    funds = [_fund(*row) for row in rows(_FUNDS, values)]
    return {"tables": {"owed": _table(owed), "funds": _table(funds)}}


def _table(found: list[dict[str, Any]]) -> Counted:
    return {"rows": found, "together": added(row["figures"] for row in found)}


def _owed(words: dict[str, Text], payer: str, hospital: str, code: str, *sums: Any) -> dict[str, Any]:
    bills, amount, claimed, received, refused, unclear = sums
    return {
        "code": f"{payer}/{code}",
        "name": both(words, payer),
        "figures": {
            "hospital": hospital,
            "bills": bills,
            "amount": amount,
            "claimed": claimed,
            "received": received,
            "refused": refused,
            "unclear": unclear,
        },
    }


def _fund(code: str, name_zh: str, name_en: str, year: int, *sums: Any) -> dict[str, Any]:
    before, put_in, bills, paid_out, left = sums
    return {
        "code": f"{code}/{year}",
        "name": {"zh": f"{name_zh}（{year}）", "en": f"{name_en} ({year})"},
        "figures": {"before": before, "put_in": put_in, "bills": bills, "paid_out": paid_out, "left": left},
    }
