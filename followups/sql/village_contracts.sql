-- How many are present in a village, and how many of them under contract.
SELECT count(*), count(c.id)
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s::date
 WHERE p.village_id = %(village)s AND p.left_on IS NULL
