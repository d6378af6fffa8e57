"""Whether a patient is managed as the norm says, and how treatments of tuberculosis ended."""

from healthaid.reports.indicators.facts.people import CHRONIC, CONTRACTS, MET, STANDING

# After a reading that is not good the norm asks for the next visit within two weeks or a month.
SOON_DAYS = 31
# Someone newly found is owed the first visit in the next quarter where less than this is left (duty rules).
LEAST_DAYS = 14

# A visit asked for soon came late where the next one lies after its day, or that day is gone without one.
_VISITS = f"""
    SELECT v.person_id, v.protocol, v.visited_on, v.is_face_to_face, v.visit_class, v.is_controlled,
           v.sbp, v.dbp, v.fpg, v.received_at,
           (v.assessment->>'next_due_days')::int <= {SOON_DAYS} AND (v.assessment->>'next_due_by')::date
               < coalesce(lead(v.visited_on) OVER following, %(on)s) AS is_late
      FROM followups_visit v
     WHERE v.village_id = ANY(%(villages)s) AND v.visited_on BETWEEN %(year_start)s AND %(on)s
       AND v.person_id IS NOT NULL AND {MET}
    WINDOW following AS (PARTITION BY v.person_id, v.protocol ORDER BY v.visited_on, v.received_at)
"""  # noqa: S608 - our own texts

_YEAR = f"""
    SELECT person_id, protocol, count(*) FILTER (WHERE is_face_to_face) AS seen,
           coalesce(bool_or(is_late), FALSE) AS is_late, max(visited_on) AS last_on,
           (array_agg(is_controlled ORDER BY visited_on DESC, received_at DESC))[1] AS is_controlled,
           (array_agg(sbp ORDER BY visited_on DESC, received_at DESC))[1] AS sbp,
           (array_agg(dbp ORDER BY visited_on DESC, received_at DESC))[1] AS dbp,
           (array_agg(fpg ORDER BY visited_on DESC, received_at DESC))[1] AS fpg
      FROM ({_VISITS}) v GROUP BY 1, 2
"""  # noqa: S608 - our own texts

# One visit for each quarter that has ended: four in the year, fewer for someone found during it.
_OWED = f"""
    %(quarters_ended)s - CASE
        WHEN k.confirmed_on + {LEAST_DAYS} < %(year_start)s THEN 0
        WHEN extract(year FROM k.confirmed_on + {LEAST_DAYS}) > %(year)s THEN 4
        ELSE (extract(month FROM k.confirmed_on + {LEAST_DAYS})::int - 1) / 3 END
"""

# Who refuses to be managed for a mental disorder stays registered; the norm's rates are of those.
REGISTERED = "(k.is_managed OR e.code = 'severe_mental_disorder')"

MANAGED = f"""
SELECT k.id AS key, k.person_id, p.household_id, p.village_id, c.team_id, e.code AS disease,
       l.last_on, l.sbp, l.dbp, l.fpg, coalesce(l.is_controlled, FALSE) AS is_controlled,
       {_OWED} AS owed, coalesce(l.seen, 0) AS seen, coalesce(l.is_late, FALSE) AS is_late,
       EXISTS (SELECT 1 FROM households_exam x
                WHERE x.person_id = k.person_id AND x.examined_on <= %(on)s
                  AND x.examined_on > %(on)s::date - interval '1 year') AS is_examined
{CHRONIC}
  LEFT JOIN ({_YEAR}) l ON l.person_id = p.id AND l.protocol = e.code
 WHERE k.village_id = ANY(%(villages)s) AND {REGISTERED} AND {STANDING}
"""  # noqa: S608 - our own texts

CLOSINGS = f"""
SELECT v.uuid AS key, v.person_id, v.household_id, v.village_id, c.team_id, 'tuberculosis' AS disease,
       v.visited_on, v.visited_on AS last_on, v.mode, v.protocol, NULL AS sbp, NULL AS dbp, NULL AS fpg,
       v.answers->>'stop_reason' = '1' AS is_finished, v.visit_class = 'a' AS is_regular,
       v.visit_class = 'a' AS is_controlled
  FROM followups_visit v
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = v.person_id
 WHERE v.village_id = ANY(%(villages)s) AND v.visited_on BETWEEN %(year_start)s AND %(on)s
   AND v.is_current AND v.protocol = 'tuberculosis_closing' AND (%(sensitive)s OR NOT v.is_sensitive)
"""  # noqa: S608 - our own texts
