-- Households that the register has as monitored and for which no case is open: one statement for a village or a county.
WITH taken AS (
  INSERT INTO households_monitoringcase (uuid, household_id, kind, risk, source, source_key, found_on, found_by_id,
                                         grounds, state, holder, turn_since, due_on, verified_on, finding,
                                         removable_from, removal_grounds)
  SELECT gen_random_uuid(), t.household_id, t.monitored_kind, coalesce(nullif(t.risk, ''), 'other'), 'register', '',
         lower(t.period), %(by)s::bigint, %(grounds)s, 'verified', 'township', %(on)s::date,
         greatest(lower(t.period) + %(days)s::int, %(on)s::date), lower(t.period), %(grounds)s,
         (lower(t.period) + make_interval(months => %(months)s::int))::date + 1, ''
    FROM households_householdstatus t
    JOIN households_household h ON h.id = t.household_id
   WHERE h.village_id = ANY(%(villages)s::bigint[]) AND h.left_on IS NULL AND t.standing = 'monitored'
     AND lower(t.period) <= %(on)s::date AND upper_inf(t.period)
     AND NOT EXISTS (SELECT FROM households_monitoringcase m WHERE m.household_id = h.id AND m.holder <> '')
   ORDER BY t.household_id
  ON CONFLICT (household_id) WHERE NOT holder = '' DO NOTHING
  RETURNING id
),
noted AS (
  INSERT INTO households_monitoringstep (case_id, state, holder, done_on, done_by_id, note, created_at)
  SELECT id, 'verified', 'township', %(on)s::date, %(by)s::bigint, %(grounds)s, now() FROM taken
)
SELECT count(*)::int FROM taken
