-- Cases of major disease, walked as far as each has come: the same rows that the product's own steps leave,
-- one statement for each kind of row, in the order in which the database lets them in.

-- goal: how many of the five steps after the first were taken; recent ones have not come far.
CREATE TEMP TABLE demo_case ON COMMIT DROP AS
SELECT *, CASE WHEN hospital IS NULL OR n %% 23 = 0 THEN 0
               WHEN n > %(lived)s OR on_day > %(on)s::date - 25 OR n %% 9 = 0 THEN 1
               WHEN n %% 8 = 0 THEN 2
               WHEN n %% 5 = 0 AND on_day <= %(on)s::date - 100 THEN 4
               ELSE 3 END AS goal
  FROM (SELECT k.id AS condition_id, k.person_id, k.disease_id, k.village_id, k.is_sensitive, d.catalogues, d.code,
               d.icd10_prefixes[1] LIKE 'C%%' AS is_cancer, t.institution_id AS hospital,
               row_number() OVER w AS n, v.parent_id AS town,
               GREATEST(k.confirmed_on, %(on)s::date - (30 + (row_number() OVER w * 37) %% 500)::int) AS on_day
          FROM households_condition k
          JOIN households_disease d ON d.id = k.disease_id AND d.catalogues <> '{}'
          JOIN households_person p ON p.id = k.person_id AND p.left_on IS NULL AND p.county_id = %(county)s
          JOIN accounts_area v ON v.id = k.village_id
          LEFT JOIN clinics_hospitaltown t ON t.township_id = v.parent_id AND t.period @> %(on)s::date
         WHERE k.ended_on IS NULL
        WINDOW w AS (ORDER BY k.id)) c
 WHERE n %% 17 <> 3 AND on_day <= %(on)s;

INSERT INTO followups_majorcase (uuid, condition_id, person_id, disease_id, village_id, county_id, is_sensitive,
                                     catalogue, stage, registered_on, treatment, why_not, close_reason)
    SELECT md5('case ' || condition_id)::uuid, condition_id, person_id, disease_id, village_id, %(county)s, is_sensitive,
           (SELECT c FROM unnest(catalogues) c ORDER BY length(c) DESC, c DESC LIMIT 1), 'registered', on_day, '', '', ''
      FROM demo_case ORDER BY n;

ALTER TABLE demo_case ADD COLUMN id bigint, ADD COLUMN village_doctor bigint, ADD COLUMN town_officer bigint;
UPDATE demo_case c SET id = m.id FROM followups_majorcase m WHERE m.condition_id = c.condition_id;
UPDATE demo_case c SET village_doctor = (SELECT u.id FROM accounts_user u WHERE u.area_id = c.village_id
                                          AND u.role = 'village_doctor' ORDER BY u.id LIMIT 1),
       town_officer = (SELECT u.id FROM accounts_user u WHERE u.area_id = c.town AND u.role = 'township_staff'
                        AND u.sector = 'health' ORDER BY u.id LIMIT 1);
UPDATE demo_case SET village_doctor = coalesce(village_doctor, %(officer)s),
       town_officer = coalesce(town_officer, %(officer)s);

INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'registered', on_day + 0, '摸排登记，已核对出院小结', village_doctor FROM demo_case WHERE goal >= 0 ORDER BY n;

INSERT INTO followups_caseassignment (person_id, level, practitioner_id, period, by_id)
SELECT DISTINCT ON (level, person_id) c.person_id, level, doctor, daterange(c.on_day + 3, NULL), %(officer)s
  FROM (SELECT c.*, l.level,
               CASE l.level
               WHEN 'county' THEN (SELECT d.id FROM clinics_practitioner d
                                    WHERE d.institution_id = c.hospital AND d.user_id IS NOT NULL
                                    ORDER BY (d.id * 7919 + c.person_id) %% 101, d.id LIMIT 1)
               WHEN 'township' THEN (SELECT m.practitioner_id FROM followups_contract k
                                       JOIN followups_teammember m ON m.team_id = k.team_id AND m.slot = 'leader'
                                      WHERE k.person_id = c.person_id AND m.to_on IS NULL
                                      ORDER BY k.id DESC LIMIT 1)
               ELSE (SELECT d.id FROM clinics_practitioner d WHERE d.user_id = c.village_doctor LIMIT 1)
               END AS doctor
          FROM demo_case c CROSS JOIN (VALUES ('county'), ('township'), ('village')) l (level)
         WHERE c.goal >= 1) c
 WHERE doctor IS NOT NULL
 ORDER BY level, person_id, on_day;

UPDATE demo_case c SET goal = 0
 WHERE goal >= 1 AND (SELECT count(*) FROM followups_caseassignment a
                       WHERE a.person_id = c.person_id AND a.period @> c.on_day + 3) < 3;

INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'assigned', on_day + 3, 
    left((SELECT string_agg(d.name || '（' || i.name || '）', '、' ORDER BY a.level) FROM followups_caseassignment a
          JOIN clinics_practitioner d ON d.id = a.practitioner_id
          JOIN clinics_institution i ON i.id = d.institution_id WHERE a.person_id = demo_case.person_id), 300), town_officer FROM demo_case WHERE goal >= 1 ORDER BY n;

INSERT INTO followups_careplan (case_id, version, goals, treatment, hospital_id, visits, medicines, cost, payers,
                                change_reason, made_by_id, made_on)
SELECT c.id, 1,
       CASE WHEN c.is_cancer THEN '手术或放化疗后病情稳定，一年内不复发' ELSE '症状缓解，能自理，按时服药' END,
       CASE WHEN c.is_cancer THEN '多学科会诊后手术，术后化疗四至六个周期'
            WHEN c.code = 'cataract' THEN '白内障超声乳化摘除加人工晶体植入'
            WHEN c.code LIKE '%%child' THEN '择期手术矫治，术后门诊随访'
            WHEN c.code = 'end_stage_renal_disease' THEN '每周三次血液透析，控制血压和贫血'
            WHEN c.code = 'severe_mental_disorder' THEN '规律服药，家庭监护，每月复诊'
            ELSE '药物治疗，康复训练，每季度复查' END,
       c.hospital, '县级医院医生每季度一次，镇卫生院医生每月一次，村医每月两次',
       CASE WHEN c.is_cancer THEN '按化疗方案；止吐、护胃药备用' ELSE '按处方规律服用，不自行停药' END,
       (6000 + (c.n * 1730) %% 52000)::numeric(10, 2),
       '基本医保约七成，大病保险和医疗救助补足到九成，个人约付一成',
       '', coalesce((SELECT d.user_id FROM followups_caseassignment a
                       JOIN clinics_practitioner d ON d.id = a.practitioner_id
                      WHERE a.person_id = c.person_id AND a.level = 'county' LIMIT 1), %(officer)s), c.on_day + 5
  FROM demo_case c WHERE c.n <= %(lived)s AND (c.goal >= 2 OR c.goal = 1 AND c.n %% 2 = 1 AND c.on_day <= %(on)s::date - 8)
 ORDER BY c.n;

INSERT INTO followups_plansignature (plan_id, level, practitioner_id, signer_id, signed_on)
SELECT p.id, a.level, a.practitioner_id, d.user_id, c.on_day + 6 + s.later
  FROM demo_case c JOIN followups_careplan p ON p.case_id = c.id AND p.version = 1
  JOIN followups_caseassignment a ON a.person_id = c.person_id
  JOIN clinics_practitioner d ON d.id = a.practitioner_id AND d.user_id IS NOT NULL
  JOIN (VALUES ('county', 0), ('township', 1), ('village', 2)) s (level, later) ON s.level = a.level
 WHERE c.goal >= 2 AND c.on_day + 6 + s.later <= %(on)s ORDER BY c.n, s.later;

INSERT INTO followups_plansignature (plan_id, level, practitioner_id, signer_id, signed_on)
SELECT p.id, a.level, a.practitioner_id, d.user_id, c.on_day + 6 + s.later
  FROM demo_case c JOIN followups_careplan p ON p.case_id = c.id AND p.version = 1
  JOIN followups_caseassignment a ON a.person_id = c.person_id
  JOIN clinics_practitioner d ON d.id = a.practitioner_id AND d.user_id IS NOT NULL
  JOIN (VALUES ('county', 0), ('township', 1), ('village', 2)) s (level, later) ON s.level = a.level
 WHERE c.goal = 1 AND a.level = 'county' AND c.on_day + 6 + s.later <= %(on)s ORDER BY c.n, s.later;

INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'planned', on_day + 8, 
    left('治疗方案第1版，' || (SELECT string_agg(d.name, '、' ORDER BY s.id) FROM followups_plansignature s
          JOIN followups_careplan p ON p.id = s.plan_id JOIN clinics_practitioner d ON d.id = s.practitioner_id
         WHERE p.case_id = demo_case.id AND p.version = 1) || '签字', 300), village_doctor FROM demo_case WHERE goal >= 2 ORDER BY n;

INSERT INTO followups_treatment (case_id, status, "on", hospital_id, place, why_not, note, by_id)
SELECT c.id, t.status, t.day, CASE WHEN t.status <> 'not_treated' AND c.n %% 4 <> 0 THEN c.hospital END,
       CASE WHEN t.status <> 'not_treated' AND c.n %% 4 = 0 THEN '省人民医院' ELSE '' END,
       CASE WHEN t.status = 'not_treated'
            THEN (ARRAY['waiting', 'unsuitable', 'declined', 'transferred'])[1 + (c.n / 6) %% 4] ELSE '' END,
       CASE WHEN t.status = 'operated' THEN '术后恢复良好' ELSE '' END, c.village_doctor
  FROM demo_case c
  CROSS JOIN LATERAL (
       SELECT CASE WHEN c.n %% 6 = 5 AND c.goal = 3 THEN 'not_treated' WHEN c.is_cancer OR c.code = 'cataract' THEN 'operated'
                   WHEN c.n %% 2 = 0 THEN 'conservative' ELSE 'in_treatment' END AS status, c.on_day + 12 AS day) t
 WHERE c.goal >= 3 ORDER BY c.n;

INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'treating', on_day + 12, '住院或门诊治疗已落实，见治疗记录', village_doctor FROM demo_case WHERE goal >= 3 ORDER BY n;

INSERT INTO followups_careplan (case_id, version, goals, treatment, hospital_id, visits, medicines, cost, payers,
                                change_reason, made_by_id, made_on)
SELECT p.case_id, 2, p.goals, '本人不愿手术，改为药物治疗加中医康复', p.hospital_id, p.visits,
       '加用中成药，两周后复查肝肾功能', p.cost / 2, p.payers, '本人和家属商量后不做手术，改保守治疗', p.made_by_id,
       c.on_day + 40
  FROM followups_careplan p JOIN demo_case c ON c.id = p.case_id
 WHERE c.goal = 3 AND c.n %% 11 = 0 AND c.on_day <= %(on)s::date - 60 ORDER BY c.n;

INSERT INTO followups_plansignature (plan_id, level, practitioner_id, signer_id, signed_on)
SELECT p.id, a.level, a.practitioner_id, d.user_id, c.on_day + 42 + s.later
  FROM demo_case c JOIN followups_careplan p ON p.case_id = c.id AND p.version = 2
  JOIN followups_caseassignment a ON a.person_id = c.person_id
  JOIN clinics_practitioner d ON d.id = a.practitioner_id AND d.user_id IS NOT NULL
  JOIN (VALUES ('county', 0), ('township', 1), ('village', 2)) s (level, later) ON s.level = a.level
 WHERE c.n %% 2 = 0 AND c.on_day + 42 + s.later <= %(on)s ORDER BY c.n, s.later;

INSERT INTO followups_plansignature (plan_id, level, practitioner_id, signer_id, signed_on)
SELECT p.id, a.level, a.practitioner_id, d.user_id, c.on_day + 42 + s.later
  FROM demo_case c JOIN followups_careplan p ON p.case_id = c.id AND p.version = 2
  JOIN followups_caseassignment a ON a.person_id = c.person_id
  JOIN clinics_practitioner d ON d.id = a.practitioner_id AND d.user_id IS NOT NULL
  JOIN (VALUES ('county', 0), ('township', 1), ('village', 2)) s (level, later) ON s.level = a.level
 WHERE c.n %% 2 = 1 AND a.level = 'township' AND c.on_day + 42 + s.later <= %(on)s ORDER BY c.n, s.later;

INSERT INTO followups_caseclosing (case_id, reason, evidence, requested_on, requested_by_id, state, decided_on,
                                   decided_by_id, note)
SELECT c.id, CASE WHEN c.is_cancer OR c.code = 'cataract' THEN 'cured' ELSE 'stable' END, '区人民医院复查报告：病情稳定，随访三个月无反复',
       CASE WHEN c.goal = 4 THEN c.on_day + 80 ELSE %(on)s::date - 4 END, c.village_doctor,
       CASE WHEN c.goal = 4 THEN 'approved' ELSE 'pending' END,
       CASE WHEN c.goal = 4 THEN c.on_day + 83 END, CASE WHEN c.goal = 4 THEN c.town_officer END, ''
  FROM demo_case c
 WHERE c.goal = 4 OR c.goal = 3 AND c.n %% 10 = 3 AND c.n %% 6 <> 5 AND c.on_day <= %(on)s::date - 100
 ORDER BY c.n;

INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'closed', on_day + 83, '复查报告已审核', town_officer FROM demo_case WHERE goal >= 4 ORDER BY n;

UPDATE followups_caseassignment a SET period = daterange(lower(a.period), m.closed_on + 1)
  FROM followups_majorcase m JOIN demo_case c ON c.id = m.id
 WHERE a.person_id = m.person_id AND m.stage = 'closed' AND lower(a.period) <= m.closed_on
   AND NOT EXISTS (SELECT 1 FROM followups_majorcase o
                    WHERE o.person_id = m.person_id AND o.id <> m.id
                      AND (o.stage <> 'closed' OR o.closed_on > m.closed_on));

INSERT INTO followups_screeningday (uuid, area_id, title, "on", hospital_id, experts, by_id)
SELECT md5('screening ' || %(county)s)::uuid, %(county)s, '大病集中筛查救治日', %(on)s::date - 117, min(hospital), '省人民医院、西京医院专家六人', %(officer)s
  FROM demo_case HAVING min(hospital) IS NOT NULL;

INSERT INTO followups_screeningresult (day_id, person_id, village_id, disease_id, is_sensitive, outcome, note, by_id)
SELECT DISTINCT ON (c.person_id) (SELECT max(id) FROM followups_screeningday WHERE area_id = %(county)s), c.person_id,
       c.village_id, CASE WHEN c.n %% 3 <> 0 THEN c.disease_id END, FALSE,
       CASE WHEN c.n %% 3 = 0 THEN 'none_found' WHEN c.is_cancer THEN 'to_operate'
            WHEN c.n %% 3 = 1 THEN 'confirmed' ELSE 'suspected' END,
       CASE WHEN c.is_cancer AND c.n %% 3 <> 0 THEN '建议尽快住院' ELSE '' END, %(officer)s
  FROM demo_case c WHERE c.n <= 60 AND EXISTS (SELECT 1 FROM followups_screeningday WHERE area_id = %(county)s)
 ORDER BY c.person_id, c.n;

DROP TABLE demo_case;
