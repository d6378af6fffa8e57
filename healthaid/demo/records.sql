-- The record of a county's people as the health centres keep it. Every number comes from the person's key, so that the
-- same demo has the same rows. Most records are complete and fresh; some are old, some lack a few answers, a few people
-- have none, and a few moved from a township that still keeps theirs.

-- name: records
INSERT INTO households_healthrecord
    (person_id, archive_number, owner_id, unit, doctor, made_on, updated_on, missing)
SELECT p.id, c.code || lpad(((p.village_id * 7) %% 1000)::text, 3, '0') || lpad((100 + p.village_id %% 99)::text, 3, '0')
         || lpad((p.id %% 100000)::text, 5, '0'),
       o.id, o.name, coalesce(d.name, ''), m.made_on,
       greatest(m.made_on, %(on)s::date - CASE WHEN n.dice < 8 THEN 380 + n.days ELSE n.days END),
       CASE WHEN n.dice %% 17 = 3 THEN ARRAY['blood', 'family_father'] WHEN n.dice %% 23 = 5 THEN ARRAY['contact_name']
            ELSE '{}'::text[] END
  FROM households_person p
  JOIN accounts_area v ON v.id = p.village_id
  JOIN accounts_area c ON c.id = p.county_id
  CROSS JOIN LATERAL (SELECT (p.id * 7919 %% 101)::int AS dice, (p.id * 104729 %% 330)::int AS days) n
  CROSS JOIN LATERAL (SELECT greatest(p.birth_date, date '2018-03-01' + n.days) AS made_on) m
  JOIN LATERAL (
       SELECT i.id, i.name FROM clinics_institution i JOIN accounts_area t ON t.id = i.area_id
        WHERE i.kind = 'township_hospital' AND t.county_id = p.county_id
        ORDER BY (t.id = v.parent_id) = (n.dice <> 50) DESC, i.id LIMIT 1) o ON TRUE
  LEFT JOIN LATERAL (
       SELECT q.name FROM clinics_practitioner q JOIN clinics_institution i ON i.id = q.institution_id
        WHERE i.area_id = p.village_id ORDER BY q.id LIMIT 1) d ON TRUE
 WHERE p.county_id = %(county)s AND p.left_on IS NULL AND n.dice <> 77
 ORDER BY p.id

-- name: forms
UPDATE households_healthrecord r
   SET visit = l.uuid, updated_on = greatest(r.made_on, l.visited_on), missing = '{}',
       archive_number = coalesce(l.answers->>'archive_number', r.archive_number)
  FROM (SELECT DISTINCT ON (v.person_id) v.person_id, v.uuid, v.visited_on, v.answers FROM followups_visit v
         WHERE v.county_id = %(county)s AND v.protocol = 'health_record' AND v.is_current
         ORDER BY v.person_id, v.visited_on DESC) l
 WHERE l.person_id = r.person_id

-- name: premiums
UPDATE households_enrolment e SET paid_by = 'government'
  FROM households_identity i JOIN households_person p ON p.id = i.person_id
 WHERE p.county_id = %(county)s AND i.kind = 'destitute' AND i.period @> %(on)s::date
   AND e.person_id = p.id AND e.scheme = 'basic' AND e.is_enrolled AND e.paid_by <> ''

-- name: campaign
INSERT INTO households_examcampaign (area_id, year, opens_on, due_on, borne_by, cost_per_head, by_id)
SELECT %(county)s, y, make_date(y, 3, 1), make_date(y, 12, 10), 'township', 80, %(officer)s
  FROM unnest(ARRAY[extract(year FROM %(on)s::date)::int - 1, extract(year FROM %(on)s::date)::int]) y

-- name: by_hand
WITH chosen AS (
  SELECT p.id, row_number() OVER (ORDER BY p.id * 7919 %% 1009) AS n FROM households_person p
    JOIN households_healthclassperiod c ON c.person_id = p.id AND upper_inf(c.period) AND c.health_class = 'general'
                                       AND lower(c.period) < %(on)s::date - 40
   WHERE p.county_id = %(county)s
), ended AS (
  UPDATE households_healthclassperiod c SET period = daterange(lower(c.period), %(on)s::date - 30)
    FROM chosen WHERE chosen.id = c.person_id AND chosen.n <= 3 AND upper_inf(c.period) RETURNING c.person_id
)
INSERT INTO households_healthclassperiod (person_id, health_class, period, basis, rule, reason, holds_until, by_id)
SELECT person_id, 'major', daterange(%(on)s::date - 30, NULL), 'override', '', '术后恢复期，按重大疾病管理',
       %(on)s::date + 60 + (person_id %% 30)::int, %(officer)s
  FROM ended ORDER BY person_id

-- name: early
WITH raised AS (
  SELECT p.id, p.household_id, p.village_id, p.county_id, x.examined_on, n.dice,
         least(greatest(x.examined_on + 4, lower(c.period)), %(on)s::date) AS raised_on, (
         SELECT u.id FROM accounts_user u JOIN accounts_area a ON a.id = u.area_id
          WHERE u.is_active AND u.sector = 'health' AND v.ancestors @> ARRAY[u.area_id]
            AND u.role IN ('village_doctor', 'team_doctor', 'township_staff', 'county_staff')
          ORDER BY cardinality(a.ancestors) DESC, u.role <> 'village_doctor', u.id LIMIT 1) AS owner_id
    FROM households_healthclassperiod c
    JOIN households_person p ON p.id = c.person_id AND p.county_id = %(county)s AND p.left_on IS NULL
    JOIN accounts_area v ON v.id = p.village_id
    JOIN LATERAL (SELECT examined_on FROM households_exam e WHERE e.person_id = p.id AND e.examined_on <= %(on)s::date
                   ORDER BY e.examined_on DESC LIMIT 1) x ON TRUE
    CROSS JOIN LATERAL (SELECT (p.id * 6947 %% 97)::int AS dice) n
   WHERE upper_inf(c.period) AND c.health_class = 'sub_healthy'
), told AS (
  SELECT r.*, CASE WHEN r.raised_on > %(on)s::date - 25 THEN NULL
                   WHEN r.raised_on > %(on)s::date - 60 AND r.dice < 40 THEN NULL
                   WHEN r.dice < 3 THEN NULL ELSE least(r.raised_on + 12 + r.dice %% 17, %(on)s::date - 1) END AS closed_on
    FROM raised r WHERE r.owner_id IS NOT NULL
), needs AS (
  INSERT INTO followups_need
      (uuid, household_id, person_id, village_id, county_id, kind, description, state, raised_on, raised_by_id, owner_id,
       due_on, closed_on, outcome, satisfaction, person_says)
  SELECT md5(concat('early ', t.id))::uuid, t.household_id, t.id, t.village_id, t.county_id, 'early',
         '亚健康早期干预：复查体检异常指标，指导饮食、运动、戒烟限酒', CASE WHEN t.closed_on IS NULL
         THEN CASE WHEN t.dice %% 2 = 0 THEN 'open' ELSE 'in_progress' END ELSE 'met' END, t.raised_on, t.owner_id, t.owner_id,
         t.raised_on + 30, t.closed_on,
         CASE WHEN t.closed_on IS NULL THEN '' WHEN t.dice %% 3 = 0 THEN '已复测，指标恢复正常，继续观察'
              WHEN t.dice %% 3 = 1 THEN '已入户指导，减盐减重，三个月后复测' ELSE '已戒烟限酒，血压较前下降' END,
         CASE WHEN t.closed_on IS NOT NULL THEN 4 + (t.dice %% 2) END, ''
    FROM told t ORDER BY t.id RETURNING id, raised_on, closed_on, outcome, description, owner_id, state
), begun AS (
  INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
  SELECT id, raised_on, 'open', 'raised', description, owner_id FROM needs
   UNION ALL
  SELECT id, least(raised_on + 3, %(on)s::date), 'in_progress', 'note', '已电话联系，约好入户时间', owner_id
    FROM needs WHERE state = 'in_progress' ORDER BY 1, 2
)
INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
SELECT id, closed_on, 'met', 'closed', outcome, owner_id FROM needs WHERE closed_on IS NOT NULL ORDER BY id

-- name: benefits
INSERT INTO households_benefituse (person_id, benefit, used_on, amount, giver, note, by_id)
SELECT p.id, 'free_consultation', %(on)s::date - (p.id * 31 %% 200)::int, 10, i.name, '村卫生室就诊，免收一般诊疗费', u.id
  FROM households_person p
  JOIN accounts_user u ON u.area_id = p.village_id AND u.role = 'village_doctor' AND u.is_active
  JOIN LATERAL (SELECT name FROM clinics_institution WHERE area_id = p.village_id ORDER BY id LIMIT 1) i ON TRUE
 WHERE p.county_id = %(county)s AND p.left_on IS NULL AND p.id * 7919 %% 1009 < 60
   AND p.birth_date < %(on)s::date - 400
 ORDER BY p.id, u.id
ON CONFLICT DO NOTHING
