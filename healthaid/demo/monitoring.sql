-- Households at risk: the ones the register has as monitored, the ones it had, and risks that were found of late.
-- The same rows that the product's own steps leave, one statement for each kind of row.

CREATE TEMP TABLE demo_risk ON COMMIT DROP AS
SELECT s.*, v.parent_id AS town,
       coalesce((SELECT u.id FROM accounts_user u WHERE u.area_id = s.village_id AND u.role = 'village_doctor'
                  ORDER BY u.id LIMIT 1), %(officer)s) AS doctor,
       coalesce((SELECT u.id FROM accounts_user u WHERE u.area_id = v.parent_id AND u.role = 'township_staff'
                    AND u.sector = 'health' ORDER BY u.id LIMIT 1), %(officer)s) AS town_officer,
       CASE WHEN until IS NOT NULL THEN 'removed'
            WHEN verified_on IS NULL THEN CASE n %% 5 WHEN 2 THEN 'dismissed' ELSE 'found' END
            WHEN n %% 19 = 3 THEN 'verified'
            WHEN n %% 11 = 5 AND verified_on < %(on)s::date - 110 THEN 'asked'
            ELSE 'helped' END AS state,
       (verified_on + interval '2 months')::date + 1 AS removable_from,
       least(verified_on + 6 + (n %% 17)::int, %(on)s::date) AS helped_on,
       %(on)s::date - ((n * 13) %% 96)::int AS looked_on,
       %(on)s::date - (n %% 21)::int AS asked_on
  FROM (SELECT t.household_id, h.village_id, t.monitored_kind AS kind, coalesce(nullif(t.risk, ''), 'illness') AS risk,
               lower(t.period) AS verified_on, upper(t.period) AS until,
               lower(t.period) - (3 + t.household_id %% 9)::int AS found_on,
               row_number() OVER (ORDER BY t.household_id) AS n
          FROM households_householdstatus t JOIN households_household h ON h.id = t.household_id
         WHERE h.county_id = %(county)s AND h.left_on IS NULL AND t.standing = 'monitored'
        UNION ALL
        SELECT h.id, h.village_id, 'unstable', 'illness', NULL, NULL,
               %(on)s::date - (row_number() OVER (ORDER BY h.id) * 3 %% 24)::int, row_number() OVER (ORDER BY h.id)
          FROM (SELECT h.*, row_number() OVER (ORDER BY h.id) AS place FROM households_household h
                 WHERE h.county_id = %(county)s AND h.left_on IS NULL AND h.standing = 'lifted'
                   AND h.main_cause = 'illness') h
         WHERE h.place %% 41 = 7) s
  JOIN accounts_area v ON v.id = s.village_id
 WHERE s.until IS NULL OR s.until > (s.verified_on + interval '2 months')::date
 ORDER BY s.n, s.household_id;
-- Two of a hundred stand in the register only: nobody has opened a case yet.
DELETE FROM demo_risk WHERE verified_on IS NOT NULL AND until IS NULL AND n %% 29 = 11;

INSERT INTO households_monitoringcase (uuid, household_id, kind, risk, source, source_key, found_on, found_by_id, grounds,
       state, holder, turn_since, due_on, verified_on, verified_by_id, finding, removable_from, asked_on, asked_by_id,
       removal_grounds, removed_by_id, ended_on)
SELECT md5('risk ' || household_id || ' ' || found_on)::uuid, household_id, kind, risk,
       (ARRAY['sweep', 'report', 'need', 'visit'])[1 + n %% 4], '', found_on, town_officer,
       (ARRAY['排查发现：家中有人住院，借款较多', '群众反映：主要劳力生病停工', '自付费用较高，家庭无力承担',
              '随访多次未遇，邻居反映家中困难'])[1 + n %% 4],
       state, CASE state WHEN 'found' THEN 'village' WHEN 'asked' THEN 'county' WHEN 'verified' THEN 'township'
                         WHEN 'helped' THEN 'township' ELSE '' END,
       CASE state WHEN 'found' THEN found_on WHEN 'verified' THEN verified_on WHEN 'helped' THEN helped_on
                  WHEN 'asked' THEN asked_on WHEN 'removed' THEN until ELSE found_on + 2 END,
       CASE state WHEN 'found' THEN found_on + 15 WHEN 'verified' THEN verified_on + 30
                  WHEN 'helped' THEN greatest(looked_on, helped_on) + 90 WHEN 'asked' THEN asked_on + 15 END,
       verified_on, CASE WHEN verified_on IS NOT NULL THEN doctor END,
       CASE WHEN state = 'found' THEN ''
            WHEN state = 'dismissed' THEN '入户核实：子女已垫付，家庭有存款，无返贫风险'
            ELSE (ARRAY['入户核实：住院后欠亲友两万元，主要劳力停工三个月', '入户核实：慢病用药负担重，靠子女接济',
                        '入户核实：一人长期照料病人，收入减少一半'])[1 + n %% 3] END,
       removable_from, CASE state WHEN 'asked' THEN asked_on WHEN 'removed' THEN until - 6 END,
       CASE WHEN state IN ('asked', 'removed') THEN town_officer END,
       CASE WHEN state IN ('asked', 'removed') THEN '病情稳定，欠款已还清，人均收入高于监测线' ELSE '' END,
       CASE state WHEN 'removed' THEN %(second)s::bigint END,
       CASE state WHEN 'removed' THEN until WHEN 'dismissed' THEN found_on + 2 END
  FROM demo_risk ORDER BY n, household_id;

ALTER TABLE demo_risk ADD COLUMN id bigint;
UPDATE demo_risk r SET id = m.id FROM households_monitoringcase m
 WHERE m.uuid = md5('risk ' || r.household_id || ' ' || r.found_on)::uuid;

INSERT INTO households_monitoringmeasure (case_id, kind, what, who, since, until, done_on, outcome, by_id)
SELECT r.id, m.kind, m.what, m.who, r.helped_on + m.after, CASE WHEN m.days > 0 THEN r.helped_on + m.after + m.days END,
       CASE WHEN m.done AND r.helped_on + m.after + 20 < %(on)s::date THEN r.helped_on + m.after + 20 END,
       CASE WHEN m.done AND r.helped_on + m.after + 20 < %(on)s::date THEN m.outcome ELSE '' END, r.town_officer
  FROM demo_risk r
  JOIN (VALUES (0, 'medical_aid', '协助申请医疗救助，一站式结算', '街道卫生健康办', 0, 30, TRUE, '已结算到位'),
               (1, 'temporary', '协助申请临时救助三千元', '街道民政办', 0, 30, TRUE, '救助款已到账'),
               (2, 'chronic', '办理慢病门诊待遇，家庭医生调整用药', '家庭医生团队', 0, 0, FALSE, ''),
               (3, 'work', '安排村内公益性岗位', '村民委员会', 0, 0, FALSE, ''),
               (0, 'treatment', '加密随访，每月一次', '村医', 0, 0, FALSE, ''),
               (2, 'subsistence', '按程序申请低保', '街道民政办', 0, 60, FALSE, ''))
       m (which, kind, what, who, after, days, done, outcome) ON m.which = r.n %% 4
 WHERE r.state IN ('helped', 'asked', 'removed') ORDER BY r.n, r.household_id, m.kind;

INSERT INTO households_monitoringstep (case_id, state, holder, done_on, done_by_id, note, created_at)
SELECT r.id, s.state, s.holder, s.done_on, s.by, s.note, s.done_on + time '09:00'
  FROM demo_risk r
 CROSS JOIN LATERAL (VALUES
       (1, 'found', 'village', r.found_on, r.town_officer, '发现风险线索', TRUE),
       (2, 'dismissed', '', r.found_on + 2, r.doctor, '入户核实：无返贫风险', r.state = 'dismissed'),
       (3, 'verified', 'township', r.verified_on, r.doctor, '入户核实，存在返贫风险', r.verified_on IS NOT NULL),
       (4, 'helped', 'township', r.helped_on, r.town_officer, '落实帮扶措施', r.state IN ('helped', 'asked', 'removed')),
       (5, 'helped', 'township', r.looked_on, r.doctor, '再次走访：病情平稳，措施在落实',
        r.state = 'helped' AND r.looked_on > r.helped_on),
       (6, 'asked', 'county', r.asked_on, r.town_officer, '申请消除风险', r.state = 'asked'),
       (7, 'asked', 'county', r.until - 6, r.town_officer, '申请消除风险', r.state = 'removed'),
       (8, 'removed', '', r.until, %(second)s::bigint, '同意消除风险', r.state = 'removed'))
       s (place, state, holder, done_on, by, note, holds)
 WHERE s.holds ORDER BY r.n, r.household_id, s.place;

DROP TABLE demo_risk;
