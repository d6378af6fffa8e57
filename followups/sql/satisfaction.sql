-- What people said at the end of visits: how many visits, how many answered, how many of them satisfied (4 or 5),
-- the sum of the marks. A visit belongs to the team the person, or the head of the household, is under contract with.
SELECT /*by*/ AS place, count(*)::int, count(v.satisfaction)::int,
       count(*) FILTER (WHERE v.satisfaction >= 4)::int, COALESCE(sum(v.satisfaction), 0)::int
  FROM followups_visit v
  LEFT JOIN households_person p ON p.household_id = v.household_id
   AND (p.id = v.person_id OR v.person_id IS NULL AND p.relation = '02' AND p.left_on IS NULL)
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state <> 'draft' AND c.period @> v.visited_on
 WHERE v.village_id = ANY(%(villages)s) AND v.visited_on BETWEEN %(since)s AND %(on)s
   AND v.is_current AND v.is_face_to_face AND (%(sensitive)s OR NOT v.is_sensitive)
 GROUP BY 1
