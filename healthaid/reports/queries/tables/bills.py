"""What stays in hospital cost and who paid it, by village: what was settled in a period, net of what was
taken back in it. Bills of illnesses that only health staff may know are in no village's sum."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.base.sql import rows
from healthaid.reports.queries.tables.sums import NAUGHT, Values

# The payers that the office's form has columns for; whoever else pays stands under "other".
PAYERS = {
    "basic": ("basic",),
    "critical": ("critical",),
    "commercial": ("commercial", "supplement"),
    "civil": ("civil",),
    "fund": ("fund",),
}
OTHER = "other"
SETTLED = """
    SELECT s.id, s.village_id, s.person_id, s.settled_on, s.institution_id, s.admission_id, a.care, s.level,
           a.is_in_county, CASE WHEN s.kind = 'reversed' THEN -1 ELSE 1 END AS n,
           s.total - s.discount AS cost, s.compliant, s.paid, s.patient,
           s.compliant - s.compliant_patient AS compliant_paid
      FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
     WHERE s.village_id = ANY(%(villages)s) AND s.settled_on BETWEEN %(since)s AND %(last)s
       AND (%(sensitive)s OR NOT s.is_sensitive)
"""
_STAYS = f"""
SELECT x.village_id, sum(x.n)::int, sum(x.cost), sum(x.compliant), sum(x.paid), sum(x.patient),
       sum(x.compliant_paid), coalesce(sum(x.n) FILTER (WHERE i.has_settlement_window), 0)::int
  FROM ({SETTLED}) x JOIN clinics_institution i ON i.id = x.institution_id
 WHERE %(every_care)s OR x.care = 'inpatient' GROUP BY 1
"""  # noqa: S608 - our own texts
# A bill counts once in a column, however many of the column's payers paid of it.
GROUP = "CASE {} ELSE '{}' END".format(
    " ".join(
        f"WHEN l.payer IN ({', '.join(map(repr, payers))}) THEN '{group}'" for group, payers in PAYERS.items()
    ),
    OTHER,
)
_PAID = f"""
SELECT b.village_id, b.paid_by, (sum(b.n) FILTER (WHERE b.amount <> 0))::int, sum(b.amount)
  FROM (SELECT x.village_id, x.id, x.n, {GROUP} AS paid_by, sum(l.amount) AS amount
          FROM ({SETTLED}) x JOIN claims_settlementline l ON l.settlement_id = x.id
         WHERE %(every_care)s OR x.care = 'inpatient' GROUP BY 1, 2, 3, 4) b
 GROUP BY 1, 2
"""  # noqa: S608 - our own texts
_ADMITTED = """
SELECT a.village_id, count(*) FILTER (WHERE a.treats_first)::int, count(*)::int
  FROM claims_admission a
 WHERE a.village_id = ANY(%(villages)s) AND a.admitted_on BETWEEN %(since)s AND %(last)s
   AND a.care = 'inpatient' AND a.state <> 'cancelled'
   AND (%(sensitive)s OR NOT a.is_sensitive)
 GROUP BY 1
"""


def stays_by_village(
    villages: Sequence[int],
    *,
    since: date,
    last: date,
    every_care: bool = False,
    sees_sensitive: bool = False,
) -> dict[int, Values]:
    """By village id the values under the codes of the monthly table; villages without a stay are absent.

    `every_care` takes in bills of outpatients, `sees_sensitive` those for health staff only. Three
    statements, whatever the number of villages."""
    asked: Values = {"villages": list(villages), "since": since, "last": last}
    asked |= {"sensitive": sees_sensitive, "every_care": every_care}
    found: dict[int, Values] = {}
    for village, *sums in rows(_STAYS, asked):
        found[village] = _stays(*sums)
    for village, group, bills, amount in rows(_PAID, asked):
        found[village] |= {f"bills_{group}": bills or 0, f"paid_{group}": amount}
    for village, first, every in rows(_ADMITTED, asked):
        found.setdefault(village, _stays())["treats_first"] = [first, every]
    return found


def _stays(
    bills: int = 0,
    cost: Decimal = NAUGHT,
    compliant: Decimal = NAUGHT,
    paid: Decimal = NAUGHT,
    patient: Decimal = NAUGHT,
    compliant_paid: Decimal = NAUGHT,
    at_windows: int = 0,
) -> Values:
    values: Values = {
        "stays": bills,
        "stay_cost": cost,
        "stay_patient": patient,
        "stay_ratio": [paid, cost],
        "stay_policy_ratio": [compliant_paid, compliant],
        "one_stop": [at_windows, bills],
        "treats_first": [0, 0],
    }
    for group in (*PAYERS, OTHER):
        values |= {f"paid_{group}": NAUGHT, f"bills_{group}": 0}
    return values
