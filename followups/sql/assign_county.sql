-- The doctors of the hospital, the least burdened first, take the waiting patients of its towns, town by town.
WITH waiting AS (
    SELECT p.person_id, row_number() OVER (ORDER BY p.township_id, p.village_id, p.person_id) - 1 AS place
      FROM (SELECT DISTINCT c.person_id, c.village_id, v.parent_id AS township_id
              FROM followups_majorcase c
              JOIN accounts_area v ON v.id = c.village_id
              JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL
              JOIN clinics_hospitaltown t ON t.township_id = v.parent_id AND t.period @> %(on)s::date
                                         AND t.institution_id = %(hospital)s
             WHERE c.village_id = ANY(%(villages)s) AND c.stage <> 'closed' AND c.registered_on <= %(on)s
               AND (%(sensitive)s OR NOT c.is_sensitive)
               AND NOT EXISTS (SELECT 1 FROM followups_caseassignment a
                                WHERE a.person_id = c.person_id AND a.level = 'county'
                                  AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s))) p
), doctors AS (
    SELECT d.id, count(*) OVER () AS many,
           row_number() OVER (ORDER BY (SELECT count(*) FROM followups_caseassignment a
                                         WHERE a.practitioner_id = d.id AND a.period @> %(on)s::date), d.id) - 1 AS place
      FROM clinics_practitioner d WHERE d.institution_id = %(hospital)s
)
INSERT INTO followups_caseassignment (person_id, level, practitioner_id, period, by_id)
SELECT w.person_id, 'county', d.id, daterange(%(on)s::date, NULL), %(by)s
  FROM waiting w
  JOIN doctors d ON d.place = floor(w.place * d.many::numeric / GREATEST((SELECT count(*) FROM waiting), d.many))
