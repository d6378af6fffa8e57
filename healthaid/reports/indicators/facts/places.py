"""Villages and the clinics in them, hospitals, events: rows without a person or a household."""

from core.clinics.models import Institution
from healthaid.reports.indicators.facts.people import REGISTERED

# Villages with registered households: the others are not the programme's. A licence counts on the days it is
# valid, of whoever works in a clinic of the village.
VILLAGES = f"""
SELECT a.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, a.id AS village_id,
       NULL::bigint AS team_id, n.name AS place, n.id IS NOT NULL AS has_clinic,
       l.valid_to, l.valid_to IS NOT NULL AS is_licensed,
       e.held_on, e.held_on IS NOT NULL AS had_free_clinic
  FROM accounts_area a
  LEFT JOIN LATERAL (SELECT i.id, i.name FROM clinics_institution i
                      WHERE i.area_id = a.id AND i.kind = 'village_clinic' ORDER BY i.id LIMIT 1) n ON TRUE
  LEFT JOIN LATERAL (SELECT max(l.valid_to) AS valid_to FROM clinics_licence l
                       JOIN clinics_practitioner t ON t.id = l.practitioner_id
                       JOIN clinics_institution i ON i.id = t.institution_id
                      WHERE i.area_id = a.id AND i.kind = 'village_clinic'
                        AND %(on)s BETWEEN l.valid_from AND l.valid_to) l ON TRUE
  LEFT JOIN LATERAL (SELECT max(e.held_on) AS held_on FROM outreach_event e
                      WHERE e.area_id = a.id AND e.kind = 'free_clinic'
                        AND e.held_on BETWEEN %(year_start)s AND %(on)s) e ON TRUE
 WHERE a.id = ANY(%(villages)s)
   AND EXISTS (SELECT FROM households_household h WHERE h.village_id = a.id AND {REGISTERED})
"""  # noqa: S608 - our own texts

# A clinic that was brought up to the standard by a rebuilding meets it from the day this was accepted.
# Ownership is known as it is today: an earlier day shows today's. Of prices the last check of twelve months
# counts; a clinic that was not checked is not at zero mark-up.
CLINICS = """
SELECT i.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, i.area_id AS village_id,
       NULL::bigint AS team_id, i.name AS place, i.ownership,
       i.is_standardised AND NOT EXISTS (
           SELECT FROM clinics_rebuildproject b WHERE b.institution_id = i.id AND b.accepted_on > %(on)s)
           AS is_standardised,
       c.checked_on, c.drugs, c.marked_up, coalesce(c.marked_up = 0, FALSE) AS is_zero_markup
  FROM clinics_institution i
  LEFT JOIN LATERAL (
      SELECT c.checked_on, count(*) AS drugs, count(*) FILTER (WHERE c.asked > c.paid) AS marked_up
        FROM outreach_pricecheck c
       WHERE c.institution_id = i.id AND c.checked_on <= %(on)s
         AND c.checked_on > (%(on)s::date - interval '1 year')::date
       GROUP BY c.checked_on ORDER BY c.checked_on DESC LIMIT 1) c ON TRUE
 WHERE i.area_id = ANY(%(villages)s) AND i.kind = 'village_clinic'
"""

# What belongs to a town or to the county as a whole is counted once, in the first village of it by code: the
# figures of an area are the sums of its villages.
_IN_FIRST = """
  JOIN LATERAL (SELECT v.id FROM accounts_area v
                 WHERE v.level = 'village' AND v.ancestors @> ARRAY[{area}]
                 ORDER BY v.code, v.id LIMIT 1) s ON s.id = a.id
"""

# Written out as an array of its own, so that the planner looks these areas up and reads nobody else's rows.
_AROUND = "ARRAY(SELECT DISTINCT unnest(x.ancestors) FROM accounts_area x WHERE x.id = ANY(%(villages)s))"

# Beds are known as they are today, too. Hospitals above the county belong to no county.
HOSPITALS = f"""
SELECT i.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, a.id AS village_id,
       NULL::bigint AS team_id, i.name AS place, i.beds, i.reserved_beds,
       ceil(i.beds * {Institution.RESERVED_SHARE} / 100.0)::int AS needed
  FROM accounts_area a
  JOIN clinics_institution i ON i.area_id = ANY(a.ancestors) AND i.beds > 0
       AND i.kind IN ('township_hospital', 'county_hospital') AND i.area_id = ANY({_AROUND})
  {_IN_FIRST.format(area="i.area_id")}
 WHERE a.id = ANY(%(villages)s)
"""  # noqa: S608 - our own texts

EVENTS = f"""
SELECT e.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, a.id AS village_id,
       NULL::bigint AS team_id, e.title AS place, e.kind, e.held_on, e.attendance, e.found,
       n.name AS held_at
  FROM accounts_area a
  JOIN outreach_event e ON e.area_id = ANY(a.ancestors) AND e.area_id = ANY({_AROUND})
       AND e.held_on BETWEEN %(year_start)s AND %(on)s
  JOIN accounts_area n ON n.id = e.area_id
  {_IN_FIRST.format(area="e.area_id")}
 WHERE a.id = ANY(%(villages)s)
"""  # noqa: S608 - our own texts
