-- The households a doctor goes to: contracted to one of his teams, or owed something in his own village now or
-- within the last month; the same of whom he stands in for. For each, digests of every row that its pages show;
-- which tables those are is read off the models.
WITH mine AS (
  SELECT m.team_id FROM followups_teammember m JOIN clinics_practitioner k ON k.id = m.practitioner_id
   WHERE k.user_id = ANY(%(users)s) AND m.to_on IS NULL
), homes AS (
  SELECT h.id, h.uuid
    FROM households_household h
   WHERE h.village_id = ANY(%(villages)s) AND h.left_on IS NULL
     AND (EXISTS (SELECT 1 FROM households_person p
                    JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s
                   WHERE p.household_id = h.id AND p.left_on IS NULL AND c.team_id IN (SELECT team_id FROM mine))
          OR (h.village_id = ANY(%(doors)s) AND EXISTS (SELECT 1 FROM followups_duty d
                                          WHERE d.household_id = h.id
                                            AND (d.state = 'open' AND d.starts_on <= %(ahead)s
                                                 OR d.closed_on > %(on)s - 30))))
   ORDER BY (SELECT min(d.due_on) FROM followups_duty d WHERE d.household_id = h.id AND d.state = 'open') NULLS LAST,
            h.id
   LIMIT %(limit)s
), people AS (
  SELECT p.id, p.uuid, p.household_id, p.village_id, p.left_on IS NULL AS present
    FROM households_person p JOIN homes h ON h.id = p.household_id
), contracted AS (
  SELECT c.person_id, bool_or(c.team_id IN (SELECT team_id FROM mine)) AS to_mine
    FROM followups_contract c
   WHERE c.person_id IN (SELECT id FROM people) AND c.state = 'signed' AND c.period @> %(on)s
   GROUP BY c.person_id
), secret AS (
  -- Facts for the case's own doctor only, and the case is another doctor's.
  SELECT p.id, p.household_id FROM people p LEFT JOIN contracted c ON c.person_id = p.id
   WHERE NOT coalesce(c.to_mine, p.village_id = ANY(%(doors)s)) AND p.id IN (/*secrets*/)
), marks AS (
  /*marks*/
), numbers AS (
  SELECT household_id, sum(hashtextextended(concat(uuid, phone_index), 0)::numeric)::text AS digest
    FROM (SELECT id AS household_id, uuid, phone_index FROM households_household WHERE id IN (SELECT id FROM homes)
           UNION ALL
          SELECT household_id, uuid, phone_index FROM households_person
           WHERE id IN (SELECT id FROM people WHERE present)) told
   GROUP BY 1
), hashes AS (
  SELECT household_id, person_id, sum(hashtextextended(mark, 0)::numeric) AS sum FROM marks GROUP BY 1, 2
), of_home AS (
  SELECT household_id, sum(sum)::text AS digest, (sum(sum) FILTER (WHERE person_id IS NULL))::text AS shared
    FROM hashes GROUP BY 1
), duties AS (
  SELECT d.household_id, d.person_id, json_agg(DISTINCT d.protocol) AS forms
    FROM followups_duty d JOIN homes h ON h.id = d.household_id
   WHERE d.state = 'open' AND d.starts_on <= %(ahead)s
   GROUP BY 1, 2
), ill AS (
  SELECT c.person_id, json_agg(DISTINCT d.code) AS codes
    FROM households_condition c JOIN households_disease d ON d.id = c.disease_id
   WHERE c.ended_on IS NULL AND c.person_id IN (SELECT id FROM people WHERE present)
   GROUP BY 1
), members AS (
  SELECT p.household_id,
         json_agg(json_build_array(p.uuid, concat(s.sum, '.', o.shared), i.codes, d.forms) ORDER BY p.id) AS listed
    FROM people p
    JOIN of_home o ON o.household_id = p.household_id
    LEFT JOIN hashes s ON s.person_id = p.id AND s.household_id = p.household_id
    LEFT JOIN ill i ON i.person_id = p.id
    LEFT JOIN duties d ON d.person_id = p.id
   WHERE p.present AND p.id NOT IN (SELECT id FROM secret)
   GROUP BY 1
)
SELECT h.uuid, o.digest, EXISTS (SELECT 1 FROM secret s WHERE s.household_id = h.id), m.listed, d.forms,
       n.digest
  FROM homes h
  JOIN of_home o ON o.household_id = h.id
  JOIN numbers n ON n.household_id = h.id
  LEFT JOIN members m ON m.household_id = h.id
  LEFT JOIN duties d ON d.household_id = h.id AND d.person_id IS NULL
 ORDER BY h.id
