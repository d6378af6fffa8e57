-- Identification: two rounds, a result for everybody asked, cases on the way. listed is the list of 30.

INSERT INTO households_screeninground (uuid, area_id, catalogue_id, kind, name, opens_on, due_on, closed_on, grounds, by_id)
VALUES (md5(concat('sweep ', %(county)s))::uuid, %(county)s, %(listed)s, 'sweep', (%(year)s - 1) || '年全面排查',
        %(first)s, %(first)s::date + 30, %(first)s::date + 31, '区卫健局、区扶贫办联合通知，逐村逐户逐人逐病排查', %(officer)s),
       (md5(concat('verify ', %(county)s))::uuid, %(county)s, %(listed)s, 'verification', %(year)s || '年复核',
        %(on)s::date - 40, %(on)s::date + 10, NULL, '扶贫对象核实和数据清洗，与识别工作同步', %(officer)s);

-- goal: how many opinions were given; of the first cases of every third village some wait at each desk.
CREATE TEMP TABLE demo_identified ON COMMIT DROP AS
SELECT i.*, CASE WHEN i.is_returned THEN 2 WHEN i.place > 6 OR i.village_id %% 3 > 0 AND i.place > 1 THEN 6
                 WHEN i.place = 1 THEN 0 WHEN i.place = 2 THEN 1 WHEN i.place = 3 THEN 2
                 WHEN i.place = 5 THEN 4 ELSE 5 END AS goal,
       NULL::bigint AS case_id,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = i.village_id AND u.role = 'village_doctor'
         ORDER BY u.id LIMIT 1) AS doctor,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = i.village_id AND u.role = 'village_clerk'
         ORDER BY u.id LIMIT 1) AS committee,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = i.town AND u.role = 'township_staff'
           AND u.sector = 'health' ORDER BY u.id LIMIT 1) AS town_health,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = i.town AND u.role = 'township_staff'
           AND u.sector = 'administration' ORDER BY u.id LIMIT 1) AS town_office,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = %(county)s AND u.role = 'county_staff'
           AND u.sector = 'health' ORDER BY u.id LIMIT 1) AS bureau,
       (SELECT u.id FROM accounts_user u WHERE u.area_id = %(county)s AND u.role = 'county_staff'
           AND u.sector = 'administration' ORDER BY u.id DESC LIMIT 1) AS county_office
  FROM (SELECT k.id AS condition_id, k.person_id, k.disease_id, p.village_id, v.parent_id AS town, e.id AS entry_id,
               row_number() OVER w AS place, row_number() OVER w = 4 AND p.village_id %% 3 = 0 AS is_returned
          FROM households_condition k
          JOIN households_catalogueentry e ON e.disease_id = k.disease_id AND e.catalogue_id = %(listed)s
          JOIN households_person p ON p.id = k.person_id AND p.left_on IS NULL AND p.county_id = %(county)s
          JOIN accounts_area v ON v.id = p.village_id
         WHERE k.ended_on IS NULL
        WINDOW w AS (PARTITION BY p.village_id ORDER BY k.id)) i;
DELETE FROM demo_identified WHERE doctor IS NULL OR committee IS NULL OR town_health IS NULL OR town_office IS NULL;

-- Last year everybody was asked; this year a village in four is far behind. Households go as a whole.
INSERT INTO households_screening (round_id, person_id, village_id, result, how, note, "on", by_id)
SELECT r.id, p.id, p.village_id,
       CASE WHEN r.kind = 'sweep' AND EXISTS (SELECT 1 FROM demo_identified d WHERE d.person_id = p.id AND d.goal = 6)
              OR r.kind = 'verification' AND EXISTS (SELECT 1 FROM demo_identified d WHERE d.person_id = p.id)
            THEN 'found' WHEN p.id %% 241 = 7 AND r.kind = 'verification' THEN 'suspected' ELSE 'none' END,
       (ARRAY['home', 'home', 'home', 'records', 'clinic'])[1 + p.household_id %% 5], '',
       r.opens_on + 1 + (p.household_id * 7 %% 19)::int, u.id
  FROM households_screeninground r
  JOIN households_person p ON p.county_id = %(county)s AND p.left_on IS NULL
  JOIN LATERAL (SELECT u.id FROM accounts_user u WHERE u.area_id = p.village_id AND u.role = 'village_doctor'
                 ORDER BY u.id LIMIT 1) u ON TRUE
 WHERE r.area_id = %(county)s
   AND (r.kind = 'sweep' OR EXISTS (SELECT 1 FROM demo_identified d WHERE d.person_id = p.id)
        OR (p.household_id * 7919) %% 100 >= CASE WHEN p.village_id %% 4 = 0 THEN 55 ELSE 9 END)
 ORDER BY r.id, p.id;

INSERT INTO households_screeningfinding (screening_id, disease_id)
SELECT DISTINCT s.id, d.disease_id
  FROM households_screening s JOIN households_screeninground r ON r.id = s.round_id AND r.area_id = %(county)s
  JOIN demo_identified d ON d.person_id = s.person_id
 WHERE s.result = 'found'
 UNION ALL
SELECT s.id, (SELECT id FROM households_disease WHERE code = 'stroke')
  FROM households_screening s JOIN households_screeninground r ON r.id = s.round_id AND r.area_id = %(county)s
 WHERE s.result = 'suspected'
 ORDER BY 1, 2;

INSERT INTO households_identificationcase
       (uuid, person_id, disease_id, entry_id, screening_id, village_id, county_id, is_sensitive, grounds, level, state,
        turn, opened_on, opened_by_id, moved_on, cause_reason)
SELECT md5(concat('identified ', d.condition_id))::uuid, d.person_id, d.disease_id, d.entry_id, s.id, d.village_id,
       %(county)s, FALSE, (ARRAY['区人民医院出院小结', '医保住院记录和病历', '门诊慢特病证和检查报告'])[1 + d.person_id %% 3],
       'village', 'open', 1, s.on, d.doctor, s.on, ''
  FROM demo_identified d
  JOIN households_screeninground r ON r.area_id = %(county)s
       AND r.kind = CASE WHEN d.goal = 6 THEN 'sweep' ELSE 'verification' END
  JOIN households_screening s ON s.round_id = r.id AND s.person_id = d.person_id AND s.result = 'found'
 ORDER BY d.condition_id;
UPDATE demo_identified d SET case_id = c.id
  FROM households_identificationcase c WHERE c.person_id = d.person_id AND c.disease_id = d.disease_id;

-- the opinions
INSERT INTO households_identificationletter (uuid, area_id, addressee, year, number, dated, written_by_id, received_on,
                                             received_by, receipt_by_id)
SELECT md5(concat('letter ', o.area_id))::uuid, o.area_id, o.addressee, extract(year FROM o.dated), 1, o.dated,
       o.writer, o.dated + 2, o.receiver, o.writer
  FROM (SELECT c.village_id AS area_id, 'committee' AS addressee, %(first)s::date + 40 AS dated,
               min(d.doctor) AS writer, '村委会主任' AS receiver
          FROM households_identificationcase c JOIN demo_identified d ON d.case_id = c.id
         WHERE c.state = 'confirmed' AND NOT c.is_sensitive GROUP BY 1
        UNION ALL
        SELECT d.town, 'town', %(first)s::date + 45, min(d.town_health), '街道办事处收文'
          FROM households_identificationcase c JOIN demo_identified d ON d.case_id = c.id
         WHERE c.state = 'confirmed' AND NOT c.is_sensitive GROUP BY 1) o
 ORDER BY o.area_id;

INSERT INTO households_letterline (letter_id, case_id, level, state)
SELECT l.id, c.id, c.level, c.state
  FROM households_identificationletter l
  JOIN demo_identified d ON l.area_id IN (d.village_id, d.town)
  JOIN households_identificationcase c ON c.id = d.case_id AND c.state = 'confirmed' AND NOT c.is_sensitive
 ORDER BY l.id, c.id;

-- Two counties may be loaded in one transaction.
DROP TABLE demo_identified;
