"""One statement for each kind of thing that the tables count. The same conditions as the tables' own."""

from healthaid.reports.indicators.facts.people import REGISTERED, RESIDENT
from healthaid.reports.queries.behind.model import Shows, Source
from healthaid.reports.queries.tables.bills import GROUP, OTHER, PAYERS, SETTLED
from healthaid.reports.queries.tables.care import PLACE
from healthaid.reports.queries.tables.causes import UNKNOWN

_SUMS = ", ".join(
    f"coalesce(sum(l.amount) FILTER (WHERE {GROUP} = '{group}'), 0) AS paid_{group}"
    for group in (*PAYERS, OTHER)
)
_BILL = """
       x.person_id, NULL::bigint AS household_id, x.village_id, x.institution_id, x.admission_id,
       x.settled_on AS day, '' AS page, CASE WHEN x.n < 0 THEN 'back' ELSE '' END AS note
"""
_SETTLED = f"""
SELECT x.id AS key, {{place}} AS place, {_BILL}, x.n, x.cost, x.compliant, x.paid, x.patient,
       x.compliant_paid,        CASE WHEN i.has_settlement_window THEN x.n ELSE 0 END AS at_window, l.*
  FROM ({SETTLED}) x
  JOIN clinics_institution i ON i.id = x.institution_id
 CROSS JOIN LATERAL (SELECT {_SUMS} FROM claims_settlementline l WHERE l.settlement_id = x.id) l
"""  # noqa: S608 - our own texts
BILLS = Source(
    _SETTLED.format(place="''") + " WHERE %(every_care)s OR x.care = 'inpatient'", Shows.BILL, "see_bills"
)
CARE = Source(_SETTLED.format(place=PLACE), Shows.BILL, "see_bills", holds_sensitive=True)

_PAID = f"""
SELECT l.id AS key, {{place}} || l.layer || '/' || l.payer AS place, {_BILL}, x.n, l.amount
  FROM ({SETTLED}) x JOIN claims_settlementline l ON l.settlement_id = x.id
 WHERE l.amount <> 0
"""  # noqa: S608 - our own texts
LAYERS = Source(_PAID.format(place="''"), Shows.BILL, "see_bills", holds_sensitive=True)
MONTHS = Source(
    _PAID.format(place="to_char(x.settled_on, 'YYYY-MM')"), Shows.BILL, "see_bills", holds_sensitive=True
)


def by_person(source: Source, having: str) -> Source:
    """Each person once, whose bills of the table's row meet the condition."""
    statement = f"""
SELECT min(f.key) AS key, f.place, f.person_id, NULL::bigint AS household_id,
       min(f.village_id) AS village_id,
       NULL::bigint AS institution_id, NULL::bigint AS admission_id, max(f.day) AS day, '' AS page,
       '' AS note,
       1 AS n
  FROM ({source.statement}) f GROUP BY f.place, f.person_id HAVING {having}
"""  # noqa: S608 - our own texts
    return Source(statement, Shows.PERSON, source.act, source.holds_sensitive)


CARED_FOR = by_person(CARE, "TRUE")
PAID_FOR = by_person(LAYERS, "sum(f.n) > 0")
PAID_FOR_BY_MONTH = by_person(MONTHS, "sum(f.n) > 0")

ADMITTED = Source(
    """
SELECT a.id AS key, '' AS place, a.person_id, NULL::bigint AS household_id, a.village_id, a.institution_id,
       a.id AS admission_id, a.admitted_on AS day, '' AS page, a.no_credit AS note, 1 AS n,
       a.treats_first::int AS first
  FROM claims_admission a
 WHERE a.village_id = ANY(%(villages)s) AND a.admitted_on BETWEEN %(since)s AND %(last)s
   AND a.care = 'inpatient' AND a.state <> 'cancelled' AND (%(sensitive)s OR NOT a.is_sensitive)
""",
    Shows.STAY,
    "see_bills",
)

_OF_COUNTY = "p.county_id = %(county)s AND p.month BETWEEN %(since)s AND %(last)s"
OWED = Source(
    f"""
SELECT s.id AS key, p.payer || '/' || i.code AS place, s.person_id, NULL::bigint AS household_id,
       s.village_id, p.institution_id, s.admission_id, s.settled_on AS day, '' AS page,
       CASE WHEN s.kind = 'reversed' THEN 'back' ELSE '' END AS note,
       1 AS n, sum(l.amount) AS amount,
       coalesce(sum(l.amount) FILTER (WHERE p.state <> 'pending'), 0) AS claimed,
       coalesce(sum(l.amount) FILTER (WHERE p.state = 'refused'), 0) AS refused
  FROM claims_payable p
  JOIN clinics_institution i ON i.id = p.institution_id
  JOIN claims_payableline w ON w.payable_id = p.id
  JOIN claims_settlementline l ON l.id = w.line_id
  JOIN claims_settlement s ON s.id = l.settlement_id
 WHERE {_OF_COUNTY} AND (%(sensitive)s OR NOT s.is_sensitive)
 GROUP BY s.id, p.payer, i.code, p.institution_id
""",  # noqa: S608 - our own texts
    Shows.BILL,
    "see_bills",
    holds_sensitive=True,
)
RECEIVED = Source(
    f"""
SELECT p.id AS key, p.payer || '/' || i.code AS place, NULL::bigint AS person_id,
       NULL::bigint AS household_id, NULL::bigint AS village_id, p.institution_id,
       NULL::bigint AS admission_id, p.month AS day, p.id::text AS page, p.payer AS note, p.received AS amount
  FROM claims_payable p JOIN clinics_institution i ON i.id = p.institution_id
 WHERE {_OF_COUNTY} AND p.state = 'paid'
""",  # noqa: S608 - our own texts
    Shows.CLAIM,
    "see_funds",
)
DIFFERENCES = Source(
    f"""
SELECT d.id AS key, p.payer || '/' || i.code AS place, NULL::bigint AS person_id,
       NULL::bigint AS household_id, NULL::bigint AS village_id, p.institution_id,
       NULL::bigint AS admission_id, p.month AS day, p.id::text AS page, d.kind AS note, 1 AS n
  FROM claims_payabledifference d
  JOIN claims_payable p ON p.id = d.payable_id
  JOIN clinics_institution i ON i.id = p.institution_id
 WHERE {_OF_COUNTY} AND d.resolved_on IS NULL
""",  # noqa: S608 - our own texts
    Shows.DIFFERENCE,
    "see_funds",
)
ENTRIES = Source(
    """
SELECT e.id AS key, d.code || '/' || d.year AS place, s.person_id, NULL::bigint AS household_id, s.village_id,
       s.institution_id, s.admission_id, e.entered_on AS day, d.id::text AS page, e.kind AS note,
       e.amount, e.entered_on < %(since)s AS is_before,
       e.kind IN ('settlement', 'reversal') AS is_of_a_bill,
       CASE e.kind WHEN 'settlement' THEN 1 WHEN 'reversal' THEN -1 ELSE 0 END AS n
  FROM claims_fund d
  JOIN claims_fundentry e ON e.fund_id = d.id AND e.entered_on <= %(last)s
  LEFT JOIN claims_settlementline l ON l.id = e.line_id
  LEFT JOIN claims_settlement s ON s.id = l.settlement_id
 WHERE d.county_id = %(county)s AND d.year BETWEEN %(first_year)s AND %(last_year)s
   AND (%(sensitive)s OR s.is_sensitive IS NOT TRUE)
""",
    Shows.ENTRY,
    "see_funds",
    holds_sensitive=True,
)

_CAUSE = f"""
  LEFT JOIN households_householdcause c
    ON c.household_id = h.id AND c.is_main AND c.period @> %(last)s::date
 WHERE h.village_id = ANY(%(villages)s) AND {REGISTERED}
"""
HOUSEHOLDS = Source(
    f"""
SELECT h.id AS key, coalesce(c.cause, '{UNKNOWN}') AS place, NULL::bigint AS person_id, h.id AS household_id,
       h.village_id, NULL::bigint AS institution_id, NULL::bigint AS admission_id, NULL::date AS day,
       '' AS page, h.standing AS note, 1 AS n,
       (EXISTS (SELECT FROM households_householdstatus t
                 WHERE t.household_id = h.id AND t.standing = 'monitored'
                   AND t.period @> %(last)s::date))::int AS monitored
  FROM households_household h {_CAUSE}
""",  # noqa: S608 - our own texts
    Shows.HOUSEHOLD,
    "see_households",
)
MEMBERS = Source(
    f"""
SELECT m.id AS key, coalesce(c.cause, '{UNKNOWN}') AS place, m.id AS person_id, h.id AS household_id,
       h.village_id, NULL::bigint AS institution_id, NULL::bigint AS admission_id, NULL::date AS day,
       '' AS page, '' AS note, 1 AS n
  FROM households_household h
  JOIN households_person m ON m.household_id = h.id AND m.birth_date <= %(last)s
                          AND (m.left_on IS NULL OR m.left_on > %(last)s) {_CAUSE}
""",  # noqa: S608 - our own texts
    Shows.PERSON,
    "see_households",
)
AGED = Source(
    f"""
SELECT p.id AS key,
       'band' || width_bucket(date_part('year', age(%(on)s::date, p.birth_date)),
                              %(bands)s::float8[]) AS place,
       p.id AS person_id, p.household_id, p.village_id, NULL::bigint AS institution_id,
       NULL::bigint AS admission_id, NULL::date AS day, '' AS page, '' AS note, 1 AS n,
       (p.sex = '1')::int AS men, (p.sex = '2')::int AS women
  FROM households_person p JOIN households_household h ON h.id = p.household_id
 WHERE p.village_id = ANY(%(villages)s) AND {RESIDENT}
""",  # noqa: S608 - our own texts
    Shows.PERSON,
    "see_households",
)

CLINICS = Source(
    """
SELECT i.id AS key, a.code || '/' || i.code AS place, NULL::bigint AS person_id, NULL::bigint AS household_id,
       a.id AS village_id, i.id AS institution_id, NULL::bigint AS admission_id, NULL::date AS day,
       i.id::text AS page, i.ownership AS note, 1 AS n, i.is_standardised::int AS standardised,
       (i.ownership = 'public')::int AS public, i.beds, i.reserved_beds
  FROM accounts_area a JOIN clinics_institution i ON i.area_id = a.id AND i.kind = 'village_clinic'
 WHERE a.level = 'village' AND a.ancestors @> ARRAY[%(area)s]::bigint[]
   AND (a.valid_to IS NULL OR a.valid_to > %(last)s)
""",
    Shows.CLINIC,
    "see_reports",
)
WORKERS = Source(
    """
SELECT p.id AS key, a.code || '/' || i.code AS place, NULL::bigint AS person_id, NULL::bigint AS household_id,
       a.id AS village_id, i.id AS institution_id, NULL::bigint AS admission_id, min(l.valid_to) AS day,
       p.name AS page, 1 AS n,
       concat_ws(' ', p.title, string_agg(concat_ws(' ', l.kind, l.number), '; ')) AS note
  FROM accounts_area a
  JOIN clinics_institution i ON i.area_id = a.id AND i.kind = 'village_clinic'
  JOIN clinics_practitioner p ON p.institution_id = i.id
  JOIN clinics_licence l
    ON l.practitioner_id = p.id AND l.valid_from <= %(last)s AND l.valid_to >= %(last)s
 WHERE a.level = 'village' AND a.ancestors @> ARRAY[%(area)s]::bigint[]
   AND (a.valid_to IS NULL OR a.valid_to > %(last)s)
 GROUP BY p.id, a.id, i.id
""",
    Shows.WORKER,
    "see_reports",
)
