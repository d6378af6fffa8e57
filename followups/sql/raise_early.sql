-- Early intervention: everybody who stands in the sub-healthy class and has no need for it gets one, owned by the
-- village's doctor (where there is none: whoever of the health side is nearest above). One that was closed is raised
-- again after a year, or when the class has come back since. Gives how many were raised.
WITH waiting AS (
  SELECT p.id, p.household_id, p.village_id, p.county_id, (
         SELECT u.id FROM accounts_user u JOIN accounts_area a ON a.id = u.area_id
          WHERE u.is_active AND u.sector = 'health' AND v.ancestors @> ARRAY[u.area_id]
            AND u.role IN ('village_doctor', 'team_doctor', 'township_staff', 'county_staff')
          ORDER BY cardinality(a.ancestors) DESC, u.role <> 'village_doctor', u.id LIMIT 1) AS owner_id
    FROM households_healthclassperiod c
    JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL AND p.county_id = ANY(%(counties)s::bigint[])
    JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
    JOIN accounts_area v ON v.id = p.village_id
   WHERE upper_inf(c.period) AND c.health_class = 'sub_healthy'
     AND NOT EXISTS (
         SELECT 1 FROM followups_need n
          WHERE n.person_id = p.id AND n.kind = 'early'
            AND (n.closed_on IS NULL OR n.raised_on >= greatest(lower(c.period), %(on)s::date - 365)))
), raised AS (
  INSERT INTO followups_need
      (uuid, household_id, person_id, village_id, county_id, kind, description, state, raised_on, raised_by_id,
       owner_id, due_on, outcome, person_says)
  SELECT uuidv7(), w.household_id, w.id, w.village_id, w.county_id, 'early', %(words)s, 'open', %(on)s::date,
         w.owner_id, w.owner_id, %(due_on)s::date, '', ''
    FROM waiting w WHERE w.owner_id IS NOT NULL
  RETURNING id, owner_id
), logged AS (
  INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
  SELECT id, %(on)s::date, 'open', 'raised', %(words)s, owner_id FROM raised
)
SELECT count(*) FROM raised
