"""Villages and the clinics in them: rows without a person or a household."""

from healthaid.reports.indicators.facts.people import REGISTERED

# Villages with registered households: the others are not the programme's. A licence counts on the days it is
# valid, of whoever works in a clinic of the village.
VILLAGES = f"""
SELECT a.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, a.id AS village_id,
       NULL::bigint AS team_id, n.name AS place, n.id IS NOT NULL AS has_clinic,
       l.valid_to, l.valid_to IS NOT NULL AS is_licensed
  FROM accounts_area a
  LEFT JOIN LATERAL (SELECT i.id, i.name FROM clinics_institution i
                      WHERE i.area_id = a.id AND i.kind = 'village_clinic' ORDER BY i.id LIMIT 1) n ON TRUE
  LEFT JOIN LATERAL (SELECT max(l.valid_to) AS valid_to FROM clinics_licence l
                       JOIN clinics_practitioner t ON t.id = l.practitioner_id
                       JOIN clinics_institution i ON i.id = t.institution_id
                      WHERE i.area_id = a.id AND i.kind = 'village_clinic'
                        AND %(on)s BETWEEN l.valid_from AND l.valid_to) l ON TRUE
 WHERE a.id = ANY(%(villages)s)
   AND EXISTS (SELECT FROM households_household h WHERE h.village_id = a.id AND {REGISTERED})
"""  # noqa: S608 - our own texts

# A clinic that was brought up to the standard by a rebuilding meets it from the day this was accepted.
# Ownership is known as it is today: an earlier day shows today's.
CLINICS = """
SELECT i.id AS key, NULL::bigint AS person_id, NULL::bigint AS household_id, i.area_id AS village_id,
       NULL::bigint AS team_id, i.name AS place, i.ownership,
       i.is_standardised AND NOT EXISTS (
           SELECT FROM clinics_rebuildproject b WHERE b.institution_id = i.id AND b.accepted_on > %(on)s)
           AS is_standardised
  FROM clinics_institution i
 WHERE i.area_id = ANY(%(villages)s) AND i.kind = 'village_clinic'
"""
