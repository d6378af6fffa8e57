"""What is on file about residents: a screening result, a health record, the six opinions on an illness."""

from healthaid.reports.indicators.facts.people import CONTRACTS, RESIDENT
from households.health_record import record_rule

# The latest round that was opened for a village or for an area above it.
_ROUNDS = """
    SELECT a.id AS village_id, (SELECT r.id FROM households_screeninground r
                                 WHERE r.area_id = ANY(a.ancestors) AND r.opens_on <= %(on)s
                                 ORDER BY r.opens_on DESC, r.id DESC LIMIT 1) AS round_id
      FROM accounts_area a WHERE a.id = ANY(%(villages)s)
"""

# A record that was brought up to date after the day, as it was kept on it: the version of that day; before
# the oldest version, what that one lacks, looked at when the record was made.
_KEPT = """
    SELECT e.updated_on, e.missing FROM households_healthrecordevent e
     WHERE d.updated_on > %(on)s AND e.pgh_obj_id = d.id
     ORDER BY e.updated_on > %(on)s, abs(e.updated_on - %(on)s::date),
              CASE WHEN e.updated_on > %(on)s THEN e.pgh_id ELSE -e.pgh_id END LIMIT 1
"""

# Complete and up to date as the pages of records say it: nothing missing, a telephone, looked at in time.
FILES = f"""
SELECT p.id AS key, p.id AS person_id, p.household_id, p.village_id, c.team_id,
       o.round_id IS NOT NULL AS has_round, s.on AS screened_on,
       coalesce(s.on <= %(on)s, FALSE) AS is_screened,
       d.id IS NOT NULL AS has_record, w.updated_on,
       d.id IS NOT NULL AND coalesce(k.missing, d.missing) = '{{}}'
           AND (p.phone_masked <> '' OR h.phone_masked <> '')
           AND w.updated_on >= (%(on)s::date - interval '{record_rule().stale_months} months')::date
           AS is_good
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id
  JOIN ({_ROUNDS}) o ON o.village_id = p.village_id
  LEFT JOIN households_screening s ON s.person_id = p.id AND s.round_id = o.round_id
  LEFT JOIN households_healthrecord d ON d.person_id = p.id AND d.made_on <= %(on)s
  LEFT JOIN LATERAL ({_KEPT}) k ON TRUE
  CROSS JOIN LATERAL (SELECT CASE WHEN d.updated_on <= %(on)s THEN d.updated_on
                                  WHEN k.updated_on <= %(on)s THEN k.updated_on
                                  ELSE d.made_on END AS updated_on) w
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
 WHERE p.village_id = ANY(%(villages)s) AND h.village_id = ANY(%(villages)s) AND {RESIDENT}
"""  # noqa: S608 - our own texts

IDENTIFICATIONS = f"""
SELECT i.id AS key, i.person_id, p.household_id, i.village_id, c.team_id, e.code AS disease,
       i.level, i.state, i.opened_on, i.ended_on, coalesce(i.ended_on <= %(on)s, FALSE) AS is_decided
  FROM households_identificationcase i
  JOIN households_person p ON p.id = i.person_id
  JOIN households_household h ON h.id = p.household_id
  JOIN households_disease e ON e.id = i.disease_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = i.person_id
 WHERE i.village_id = ANY(%(villages)s) AND i.opened_on <= %(on)s AND {RESIDENT}
   AND (%(sensitive)s OR NOT i.is_sensitive)
"""  # noqa: S608 - our own texts
