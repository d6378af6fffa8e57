-- Whatever somebody has to act on so that illness makes no household poor again, one row for each item. Every item
-- has one holder, and never none: what a level cannot do because nobody works there is the next one's, at last the county's.
items AS (
  SELECT 'case' AS source, m.uuid::text AS key, m.household_id, m.village_id, m.holder::text AS asked,
         m.turn_since AS since, m.due_on, m.state::text, m.source::text AS what, 1 AS how_many
    FROM households_monitoringcase m
   WHERE m.village_id = ANY(%(villages)s::bigint[]) AND m.holder <> ''
  UNION ALL
  SELECT 'warning', w.id::text, w.household_id, w.village_id, 'township',
         coalesce((SELECT max(s.done_on) FROM claims_warningstep s WHERE s.warning_id = w.id), w.raised_on),
         CASE WHEN w.state IN ('raised', 'verified') THEN w.due_on END, w.state::text, w.rule, 1
    FROM claims_burdenwarning w
   WHERE w.village_id = ANY(%(villages)s::bigint[]) AND w.state IN ('raised', 'verified', 'helped')
  UNION ALL
  SELECT 'need', n.uuid::text, n.household_id, n.village_id, coalesce(o.level, 'township'), n.raised_on, n.due_on,
         n.state::text, CASE WHEN n.is_put_off THEN 'put_off' ELSE '' END, 1
    FROM followups_need n
    JOIN accounts_area v ON v.id = n.village_id
    LEFT JOIN LATERAL (
         SELECT CASE WHEN a.level IN ('village', 'township') THEN a.level ELSE 'county' END AS level
           FROM accounts_user u JOIN accounts_area a ON a.id = u.area_id
          WHERE u.id = n.owner_id AND u.is_active AND u.area_id = ANY(v.ancestors)) o ON TRUE
   WHERE n.village_id = ANY(%(villages)s::bigint[]) AND n.state IN ('open', 'in_progress') AND n.kind = 'cost'
     AND (%(sensitive)s OR NOT n.is_sensitive)
  UNION ALL
  -- A cost that could not be met, until somebody has looked whether the household is at risk.
  SELECT 'unmet', n.uuid::text, n.household_id, n.village_id, 'township', n.closed_on,
         n.closed_on + %(verify_days)s::int, n.state::text, '', 1
    FROM followups_need n
   WHERE n.village_id = ANY(%(villages)s::bigint[]) AND n.state = 'unmet' AND n.kind = 'cost'
     AND n.closed_on > %(on)s::date - %(unmet_days)s::int AND (%(sensitive)s OR NOT n.is_sensitive)
     AND NOT EXISTS (SELECT FROM households_monitoringcase m
                      WHERE m.household_id = n.household_id AND (m.holder <> '' OR m.ended_on >= n.closed_on))
  UNION ALL
  SELECT 'visit', min(d.id)::text, d.household_id, d.village_id,
         CASE WHEN min(d.ends_on) < %(on)s::date - %(county_days)s::int THEN 'county' ELSE 'township' END,
         min(d.ends_on) + %(overdue_days)s::int, min(d.ends_on), 'overdue', '', count(*)::int
    FROM followups_duty d
   WHERE d.village_id = ANY(%(villages)s::bigint[]) AND d.state = 'open'
     AND d.ends_on < %(on)s::date - %(overdue_days)s::int AND (%(sensitive)s OR NOT d.is_sensitive)
   GROUP BY d.household_id, d.village_id
  UNION ALL
  SELECT 'register', t.id::text, t.household_id, h.village_id, 'township', lower(t.period), lower(t.period), 'monitored', '', 1
    FROM households_householdstatus t
    JOIN households_household h ON h.id = t.household_id
   WHERE h.village_id = ANY(%(villages)s::bigint[]) AND t.standing = 'monitored' AND t.period @> %(on)s::date
     AND upper_inf(t.period)
     AND NOT EXISTS (SELECT FROM households_monitoringcase m WHERE m.household_id = h.id AND m.holder <> '')
),
posts AS (
  SELECT v.id AS village_id,
         EXISTS (SELECT FROM accounts_user u WHERE u.area_id = ANY(v.ancestors) AND u.is_active
                    AND u.role IN ('village_doctor', 'team_doctor', 'village_clerk')) AS has_somebody,
         EXISTS (SELECT FROM accounts_user u WHERE u.area_id = v.parent_id AND u.is_active
                    AND u.role = 'township_staff' AND u.sector = 'health') AS has_officer
    FROM accounts_area v WHERE v.id = ANY(%(villages)s::bigint[])
),
held AS (
  SELECT i.source, i.key, i.household_id, i.village_id, i.since, i.due_on, i.state, i.what, i.how_many,
         coalesce(c.kind, t.monitored_kind, '') AS kind,
         coalesce(c.risk, nullif(t.risk, ''), CASE WHEN i.source IN ('warning', 'need', 'unmet') THEN 'illness' ELSE '' END) AS risk,
         CASE WHEN i.asked = 'village' AND p.has_somebody THEN 'village'
              WHEN i.asked IN ('village', 'township') AND p.has_officer THEN 'township'
              ELSE 'county' END AS holder,
         coalesce(i.due_on < %(on)s::date, FALSE) AS is_late
    FROM items i
    JOIN posts p ON p.village_id = i.village_id
    JOIN households_household h ON h.id = i.household_id AND h.left_on IS NULL
    LEFT JOIN households_monitoringcase c ON c.household_id = i.household_id AND c.holder <> ''
    LEFT JOIN households_householdstatus t ON t.household_id = i.household_id AND t.standing = 'monitored'
                                          AND t.period @> %(on)s::date
),
asked AS (
  SELECT * FROM held
   WHERE (%(kind)s::text = '' OR kind = %(kind)s) AND (%(risk)s::text = '' OR risk = %(risk)s)
     AND (%(source)s::text = '' OR source = %(source)s)
     AND (NOT %(late)s OR is_late) AND since <= %(on)s::date - %(age)s::int
)
