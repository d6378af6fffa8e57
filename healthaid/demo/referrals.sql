-- What became of the visits of the last months that said refer: one referral for each person, by the last visit.
-- A number drawn from the visit's own id decides how it went, so the same demo gives the same rows.
WITH asked AS (
  SELECT DISTINCT ON (coalesce(v.person_id, -v.household_id))
         v.uuid, v.household_id, coalesce(v.person_id, head.id) AS person_id, v.visited_on, v.by_id, v.answers,
         v.assessment, %(on)s::date - v.visited_on AS age,
         ('x' || substr(md5(v.uuid::text), 1, 7))::bit(28)::int AS dice
    FROM followups_visit v
    LEFT JOIN LATERAL (SELECT p.id FROM households_person p
                        WHERE p.household_id = v.household_id AND p.left_on IS NULL
                        ORDER BY p.birth_date, p.id LIMIT 1) head ON TRUE
   WHERE v.county_id = %(county)s AND v.is_current AND (v.assessment -> 'referral') = 'true'
     AND v.visited_on > %(on)s::date - 150 AND v.visited_on < %(on)s
   ORDER BY coalesce(v.person_id, -v.household_id), v.visited_on DESC, v.uuid
), sorted AS (
  SELECT a.*, a.dice %% 100 AS luck, a.dice / 100 %% 100 AS other,
         CASE WHEN a.age <= 2 THEN CASE WHEN a.dice %% 100 < 60 THEN 'sent' ELSE 'accepted' END
              WHEN a.dice %% 100 < 4 THEN 'declined'
              WHEN a.dice %% 100 < 9 THEN 'cancelled'
              WHEN a.age <= 9 AND a.dice %% 100 < 45 THEN 'accepted'
              WHEN a.age <= 16 AND a.dice %% 100 < 60 THEN 'arrived'
              WHEN a.dice %% 100 < 13 THEN 'accepted'
              ELSE 'returned' END AS state
    FROM asked a WHERE a.person_id IS NOT NULL AND a.dice / 10000 %% 100 < 92
), timed AS (
  SELECT s.*, s.visited_on + time '09:10' + (s.other * interval '5 minutes') AS sent_at,
         s.state IN ('arrived', 'returned') AS came, s.luck %% 3 = 0 AS admitted,
         CASE WHEN s.state IN ('declined', 'cancelled') OR s.age < 4 OR s.luck >= 88 THEN NULL
              WHEN s.luck >= 82 THEN least(s.visited_on + 15 + s.other %% 6, %(on)s::date)
              ELSE least(s.visited_on + 3 + s.other %% 11, %(on)s::date) END AS checked
    FROM sorted s
), placed AS (
  SELECT t.*, (t.sent_at AT TIME ZONE 'Asia/Shanghai') AS at,
         CASE WHEN t.came THEN least(t.visited_on + t.other %% 3, %(on)s::date) END AS arrived,
         h.id AS hospital, c.id AS clinic
    FROM timed t
    CROSS JOIN LATERAL (SELECT i.id FROM clinics_institution i
                         WHERE i.area_id = %(county)s AND i.kind = 'county_hospital' ORDER BY i.id LIMIT 1) h
    LEFT JOIN clinics_practitioner w ON w.user_id = t.by_id
    LEFT JOIN clinics_institution c ON c.id = w.institution_id
), made AS (
  INSERT INTO followups_referral (uuid, household_id, person_id, village_id, visit_id, from_institution_id,
         to_institution_id, department, reason, urgency, is_priority, referred_at, referred_on, referred_by_id,
         check_by, state, answered_at, answered_by_id, decline_reason, cancel_reason, arrived_on, is_admitted,
         discharged_on, returned_at, returned_by_id, result, diagnosis, advice, checked_on, checked_by_id,
         check_result, check_note)
  SELECT md5('referral' || p.uuid::text)::uuid, p.household_id, p.person_id, v.village_id, p.uuid, p.clinic,
         p.hospital, CASE WHEN p.assessment ->> 'urgent' = 'true' THEN '急诊科'
                          WHEN v.protocol = 'type2_diabetes' THEN '内分泌科'
                          WHEN v.protocol = 'hypertension' THEN '心血管内科' ELSE '全科' END,
         left(coalesce(p.answers ->> 'referral_reason', p.answers ->> 'condition_text',
                       p.assessment -> 'reasons' -> 0 ->> 'zh', '病情需要'), 300),
         CASE WHEN p.assessment ->> 'urgent' = 'true' THEN 'emergency'
              WHEN p.luck %% 2 = 0 THEN 'urgent' ELSE 'routine' END,
         TRUE, p.at, p.visited_on, p.by_id, p.visited_on + 14, p.state,
         CASE WHEN p.state IN ('accepted', 'declined', 'arrived', 'returned')
              THEN p.at + interval '20 minutes' + p.luck * interval '2 minutes' END,
         CASE WHEN p.state IN ('accepted', 'declined', 'arrived', 'returned') THEN %(clerk)s::bigint END,
         CASE WHEN p.state = 'declined' THEN '专科床位已满，建议转市级医院' ELSE '' END,
         CASE WHEN p.state = 'cancelled' THEN '本人已在中心就诊，好转' ELSE '' END,
         p.arrived, p.came AND p.admitted,
         CASE WHEN p.state = 'returned' AND p.admitted THEN least(p.arrived + 5 + p.other %% 6, %(on)s::date) END,
         CASE WHEN p.state = 'returned'
              THEN least((p.arrived + 5 + p.other %% 6 + time '16:30') AT TIME ZONE 'Asia/Shanghai',
                         (%(on)s::date + time '07:00') AT TIME ZONE 'Asia/Shanghai') END,
         CASE WHEN p.state = 'returned' THEN %(clerk)s::bigint END,
         CASE WHEN p.state <> 'returned' THEN '' WHEN p.luck %% 5 = 0 THEN 'cured'
              WHEN p.luck %% 11 = 0 THEN 'moved_up' ELSE 'improved' END,
         CASE WHEN p.state <> 'returned' THEN '' WHEN v.protocol = 'type2_diabetes' THEN '2型糖尿病，血糖控制不佳'
              WHEN v.protocol = 'hypertension' THEN '高血压2级，调整用药' ELSE '上呼吸道感染' END,
         CASE WHEN p.state = 'returned' THEN '按新方案服药，两周后复测' ELSE '' END,
         p.checked, CASE WHEN p.checked IS NOT NULL THEN p.by_id END,
         CASE WHEN p.checked IS NULL THEN '' WHEN p.state = 'accepted' AND p.luck %% 4 = 0 THEN 'cost'
              WHEN p.state = 'accepted' THEN 'waiting' WHEN p.state = 'arrived' THEN 'in_hospital'
              WHEN p.state = 'sent' THEN 'did_not_go' ELSE 'treated' END, ''
    FROM placed p JOIN followups_visit v ON v.uuid = p.uuid
   ORDER BY p.visited_on, p.uuid
  RETURNING id, referred_at, answered_at, arrived_on, is_admitted, state
)
INSERT INTO followups_priorityservice (referral_id, kind, asked_at, served_at, by_id)
SELECT m.id, k.kind, coalesce(m.answered_at, m.referred_at),
       CASE WHEN m.arrived_on IS NOT NULL
            THEN coalesce(m.answered_at, m.referred_at) + k.minutes * (50 + m.id %% 120) / 100 * interval '1 minute' END,
       %(clerk)s
  FROM made m
  JOIN (VALUES ('registration', 35, 1), ('examination', 95, 2), ('admission', 210, 3)) k(kind, minutes, place)
    ON k.kind = 'registration' OR (m.arrived_on IS NOT NULL AND k.kind = 'examination')
       OR (m.is_admitted AND k.kind = 'admission')
 WHERE m.state NOT IN ('declined', 'cancelled')
 ORDER BY m.id, k.place
