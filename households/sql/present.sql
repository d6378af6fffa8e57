-- Everybody present in these villages on a day: living, in the register, born.
present AS (
  SELECT p.id, p.household_id, p.village_id, p.birth_date, p.health_class, p.phone_masked, h.phone_masked AS home_phone
    FROM households_person p
    JOIN households_household h ON h.id = p.household_id
         AND (h.left_on IS NULL AND h.standing <> 'removed' OR h.left_on > %(on)s::date)
   WHERE p.village_id = ANY(%(villages)s::bigint[]) AND (p.left_on IS NULL OR p.left_on > %(on)s::date)
     AND p.birth_date <= %(on)s::date
)
