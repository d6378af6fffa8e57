-- The health class of everybody present in these counties on a day, by the first rule that fits, and what changes
-- with it: gives how many persons came into each class. What was set by hand holds until its day.
-- A class that changes twice on one day leaves no trace of the first change.
WITH rules AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb)
      AS r(position int, code text, class text, kind text, groups text[], months int, abnormal boolean, readings jsonb)
), people AS MATERIALIZED (
  SELECT p.id FROM households_person p
    JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
   WHERE p.left_on IS NULL AND p.county_id = ANY(%(counties)s::bigint[])
     AND (%(persons)s::bigint[] IS NULL OR p.id = ANY(%(persons)s::bigint[]))
), ill AS MATERIALIZED (
  SELECT c.person_id, array_agg(DISTINCT d."group"::text) AS groups
    FROM households_condition c
    JOIN households_disease d ON d.id = c.disease_id
    JOIN people ON people.id = c.person_id
   WHERE c.confirmed_on <= %(on)s::date AND (c.ended_on IS NULL OR c.ended_on > %(on)s::date)
   GROUP BY c.person_id
), examined AS MATERIALIZED (
  SELECT DISTINCT ON (x.person_id) x.person_id, x.examined_on, x.is_normal, x.findings
    FROM households_exam x JOIN people ON people.id = x.person_id
   WHERE x.examined_on <= %(on)s::date
   ORDER BY x.person_id, x.examined_on DESC
), judged AS (
  SELECT DISTINCT ON (people.id) people.id AS person_id, r.code, r.class
    FROM people
    LEFT JOIN ill ON ill.person_id = people.id
    LEFT JOIN examined x ON x.person_id = people.id
    JOIN rules r ON CASE r.kind
      WHEN 'disease' THEN r.groups && ill.groups
      WHEN 'exam' THEN x.examined_on > (%(on)s::date - make_interval(months => r.months))::date
           AND (r.abnormal AND NOT x.is_normal OR EXISTS (
                SELECT 1 FROM jsonb_each_text(r.readings) mark
                 WHERE jsonb_typeof(x.findings -> mark.key) = 'number'
                   AND (x.findings ->> mark.key)::numeric >= mark.value::numeric))
      ELSE TRUE END
   ORDER BY people.id, r.position
), standing AS (
  SELECT c.id, c.person_id, c.health_class, c.basis, c.rule, c.holds_until, lower(c.period) AS since
    FROM households_healthclassperiod c JOIN people ON people.id = c.person_id
   WHERE upper_inf(c.period)
), changed AS MATERIALIZED (
  SELECT j.person_id, j.code, j.class, s.id AS old_id, s.since
    FROM judged j LEFT JOIN standing s USING (person_id)
   WHERE s.id IS NULL OR s.since <= %(on)s::date AND CASE s.basis
         WHEN 'override' THEN s.holds_until < %(on)s::date
         ELSE (s.health_class, s.rule) <> (j.class, j.code) END
), rewritten AS (
  UPDATE households_healthclassperiod c
     SET health_class = n.class, rule = n.code, basis = 'rule', reason = '', holds_until = NULL, by_id = NULL
    FROM changed n WHERE n.old_id = c.id AND n.since = %(on)s::date
  RETURNING c.health_class
), ended AS (
  UPDATE households_healthclassperiod c SET period = daterange(lower(c.period), %(on)s::date)
    FROM changed n WHERE n.old_id = c.id AND n.since < %(on)s::date
  RETURNING c.person_id
), begun AS (
  INSERT INTO households_healthclassperiod (person_id, health_class, period, basis, rule, reason)
  SELECT n.person_id, n.class, daterange(%(on)s::date, NULL), 'rule', n.code, ''
    FROM changed n LEFT JOIN ended USING (person_id)
   WHERE n.old_id IS NULL OR ended.person_id IS NOT NULL
  RETURNING health_class
)
SELECT health_class, count(*) FROM (SELECT health_class FROM rewritten UNION ALL SELECT health_class FROM begun) made
 GROUP BY health_class
