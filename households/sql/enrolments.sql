-- Insurance of a year in one scheme: who is enrolled and who paid, who is not and whether it is said why. Whoever has
-- employee insurance is not asked for the residents' one.
WITH /*present*/, listed AS (
  SELECT p.id AS person_id, p.village_id, p.household_id,
         CASE WHEN e.is_enrolled THEN 2 WHEN o.id IS NOT NULL THEN 2 WHEN coalesce(e.why_not, '') = '' THEN 0 ELSE 1 END AS rank,
         array_remove(CASE WHEN e.is_enrolled THEN ARRAY['enrolled', nullif(e.paid_by, '')]
              WHEN o.id IS NOT NULL THEN ARRAY['enrolled', 'employee']
              WHEN coalesce(e.why_not, '') = '' THEN ARRAY['not_enrolled', 'unsaid']
              ELSE ARRAY['not_enrolled'] END, NULL) AS states
    FROM present p
    LEFT JOIN households_enrolment e ON e.person_id = p.id AND e.year = %(year)s AND e.scheme = %(scheme)s
    LEFT JOIN households_enrolment o ON o.person_id = p.id AND o.year = %(year)s AND o.scheme = 'employee'
          AND o.is_enrolled AND %(scheme)s = 'basic'
)
