-- The household as a whole; its head stands in where a need must have a person.
SELECT NULL::bigint, h.id, h.village_id, h.county_id, NULL::date, h.left_on, c.team_id, l.user_id, p.id, ''
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(visited_on)s
  LEFT JOIN followups_teammember m ON m.team_id = c.team_id AND m.slot = 'leader' AND m.to_on IS NULL
  LEFT JOIN clinics_practitioner l ON l.id = m.practitioner_id
 WHERE h.uuid = %(uuid)s AND h.village_id = ANY(%(villages)s::bigint[])
   /*lock*/
