-- A survey of what households know of the policy: 20 households of each village, drawn by the seed; most are asked, a
-- few were away, and the last village of each town has only begun. Then the prices of six drugs in every clinic, one
-- clinic in nine not checked yet and one in thirteen above what it paid. The same day gives the same rows.
WITH drawn AS (
  SELECT s.id, s.household_id AS h, v.doctor, v.place,
         row_number() OVER (PARTITION BY v.id ORDER BY s.household_id) AS n
    FROM outreach_surveyhome s
    JOIN households_household o ON o.id = s.household_id
    JOIN (SELECT a.id, row_number() OVER (PARTITION BY a.parent_id ORDER BY a.code DESC) AS place,
                 (SELECT u.id FROM accounts_user u WHERE u.area_id = a.id AND u.role = 'village_doctor'
                   ORDER BY u.id LIMIT 1) AS doctor
            FROM accounts_area a WHERE a.level = 'village' AND a.county_id = %(county)s) v ON v.id = o.village_id
   WHERE s.round_id = %(round)s AND v.doctor IS NOT NULL
), told AS (
  SELECT d.*, (d.h * 7 + d.n * 3) %% 17 AS chance, %(first)s::date + (d.n %% 12)::int AS asked_on
    FROM drawn d WHERE d.place > 1 OR d.n <= 6
), said AS (
  SELECT t.*, t.chance = 5 AS is_away,
         ARRAY(SELECT q.code FROM unnest(ARRAY['deposit', 'window', 'doctor', 'free', 'help']) WITH ORDINALITY
                                  AS q (code, number)
                WHERE NOT (t.chance %% 4 = 1 AND q.number = 1 + t.n %% 5)
                  AND NOT (t.chance IN (2, 11) AND q.number IN (1, 2, 5)) ORDER BY q.number) AS right_ones
    FROM told t
)
UPDATE outreach_surveyhome s
   SET asked_on = t.asked_on, asked_by_id = t.doctor,
       why_not = CASE WHEN t.is_away THEN 'away' ELSE '' END,
       answered_by = CASE WHEN t.is_away THEN '' WHEN t.chance %% 6 = 3 THEN 'member' ELSE 'head' END,
       "right" = CASE WHEN t.is_away THEN '{}'::varchar[] ELSE t.right_ones END,
       is_aware = CASE WHEN NOT t.is_away THEN cardinality(t.right_ones) >= 4 END,
       answers = CASE WHEN NOT t.is_away THEN jsonb_build_object(
           'deposit', CASE WHEN 'deposit' = ANY(t.right_ones) THEN 'no' ELSE 'unknown' END,
           'window', CASE WHEN 'window' = ANY(t.right_ones) THEN 'one' ELSE 'several' END,
           'doctor', CASE WHEN 'doctor' = ANY(t.right_ones) THEN 'named' ELSE 'not_named' END,
           'free', CASE WHEN 'free' = ANY(t.right_ones) THEN 'no' ELSE 'unknown' END,
           'help', CASE WHEN 'help' = ANY(t.right_ones) THEN 'named' ELSE 'not_named' END) END
  FROM said t WHERE t.id = s.id;

WITH clinics AS (
  SELECT i.id, row_number() OVER (ORDER BY i.code) AS place
    FROM clinics_institution i JOIN accounts_area a ON a.id = i.area_id
   WHERE i.kind = 'village_clinic' AND a.county_id = %(county)s
), drugs (number, drug, pack, paid) AS (
  VALUES (1, '硝苯地平缓释片', '10mg×30片', 6.20), (2, '二甲双胍片', '0.25g×48片', 3.85),
         (3, '卡托普利片', '25mg×100片', 5.40), (4, '阿司匹林肠溶片', '100mg×30片', 9.60),
         (5, '格列齐特缓释片', '30mg×30片', 12.75), (6, '对乙酰氨基酚片', '0.5g×12片', 1.30)
)
INSERT INTO outreach_pricecheck (institution_id, drug, pack, paid, asked, checked_on, checked_by_id)
SELECT c.id, d.drug, d.pack, d.paid,
       CASE WHEN c.place %% 13 = 4 AND d.number IN (4, 6) THEN round(d.paid * 1.15, 2) ELSE d.paid END,
       %(on)s::date - (40 + c.place %% 60)::int, %(officer)s
  FROM clinics c CROSS JOIN drugs d
 WHERE c.place %% 9 <> 7
 ORDER BY c.place, d.number;
