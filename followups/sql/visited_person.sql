-- One person and who is responsible on the day; a lock makes visits to the person follow each other.
SELECT p.id, p.household_id, p.village_id, p.county_id, p.birth_date, p.left_on, c.team_id, l.user_id, p.id, p.sex
  FROM households_person p
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(visited_on)s
  LEFT JOIN followups_teammember m ON m.team_id = c.team_id AND m.slot = 'leader' AND m.to_on IS NULL
  LEFT JOIN clinics_practitioner l ON l.id = m.practitioner_id
 WHERE p.uuid = %(uuid)s AND p.village_id = ANY(%(villages)s::bigint[])
   /*lock*/
