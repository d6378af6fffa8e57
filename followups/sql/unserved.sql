-- 只签不约: the unserved contracts with the last day anybody met the person, the longest wait first.
SELECT s.key, last.met_on
  FROM (
/*served*/
) s
  LEFT JOIN LATERAL (
       SELECT max(v.visited_on) AS met_on FROM followups_visit v
        WHERE v.household_id = s.household_id AND (v.person_id = s.person_id OR v.person_id IS NULL)
          AND v.is_current AND v.is_face_to_face AND v.visited_on <= %(on)s
          AND (%(sensitive)s OR NOT v.is_sensitive)) last ON TRUE
 WHERE NOT s.is_served AND (%(team)s::bigint IS NULL OR s.team_id = %(team)s)
 ORDER BY last.met_on NULLS FIRST, s.village_id, s.household_id, s.key
