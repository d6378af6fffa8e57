-- Each contract in force on the day, and whether anybody met the person, or called at the home as a whole, face to
-- face within the last /*days*/ days. Who signed for the first time within them is left out: there was no time yet.
SELECT c.id AS key, c.person_id, p.household_id, c.village_id, c.team_id, upper(c.period) AS contract_ends_on,
       (m.person_id IS NOT NULL OR h.household_id IS NOT NULL) AS is_served
  FROM followups_contract c
  JOIN households_person p ON p.id = c.person_id AND (p.left_on IS NULL OR p.left_on > %(on)s)
  LEFT JOIN (SELECT DISTINCT v.person_id FROM followups_visit v
              WHERE v.village_id = ANY(%(villages)s) AND v.visited_on > %(on)s::date - /*days*/
                AND v.visited_on <= %(on)s AND v.is_current AND v.is_face_to_face AND v.person_id IS NOT NULL
                AND (%(sensitive)s OR NOT v.is_sensitive)) m ON m.person_id = c.person_id
  LEFT JOIN (SELECT DISTINCT v.household_id FROM followups_visit v
              WHERE v.village_id = ANY(%(villages)s) AND v.visited_on > %(on)s::date - /*days*/
                AND v.visited_on <= %(on)s AND v.is_current AND v.is_face_to_face AND v.person_id IS NULL
                AND (%(sensitive)s OR NOT v.is_sensitive)) h ON h.household_id = p.household_id
 WHERE c.village_id = ANY(%(villages)s) AND c.state <> 'draft' AND c.period @> %(on)s::date
   AND (lower(c.period) <= %(on)s::date - /*days*/
        OR EXISTS (SELECT 1 FROM followups_contract f WHERE f.person_id = c.person_id AND f.state <> 'draft'
                      AND lower(f.period) <= %(on)s::date - /*days*/))
