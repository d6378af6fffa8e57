-- Two of three registered cases show their report, half of the treated ones a discharge note, and so does
-- every closing; beside quotes that were put off stands the hospital's sheet.

INSERT INTO followups_casepaper (case_id, stage, path, sha256, media_type, size, added_on, added_by_id)
SELECT s.case_id, s.stage, f.path, f.sha256, f.media_type, f.size, s."on", s.by_id
  FROM followups_casestep s
  JOIN followups_majorcase m ON m.id = s.case_id AND m.county_id = %(county)s
  JOIN (VALUES ('registered', %(report_path)s, %(report_sha256)s, %(report_media_type)s, %(report_size)s, 3),
               ('treating', %(discharge_path)s, %(discharge_sha256)s, %(discharge_media_type)s, %(discharge_size)s, 2),
               ('closed', %(discharge_path)s, %(discharge_sha256)s, %(discharge_media_type)s, %(discharge_size)s, 1))
       f (stage, path, sha256, media_type, size, of_how_many) ON f.stage = s.stage
 WHERE CASE f.of_how_many WHEN 3 THEN m.id %% 3 <> 0 WHEN 2 THEN m.id %% 2 = 0 ELSE TRUE END
 ORDER BY s.id;

INSERT INTO followups_casepaper (case_id, stage, path, sha256, media_type, size, added_on, added_by_id)
SELECT m.id, 'closed', %(discharge_path)s, %(discharge_sha256)s, %(discharge_media_type)s, %(discharge_size)s,
       c.requested_on, c.requested_by_id
  FROM followups_caseclosing c JOIN followups_majorcase m ON m.id = c.case_id AND m.county_id = %(county)s
 WHERE c.state = 'pending' AND c.requested_by_id IS NOT NULL ORDER BY c.id;

INSERT INTO followups_needphotograph (need_id, path, sha256, media_type, size, added_on, added_by_id)
SELECT n.id, %(quote_path)s, %(quote_sha256)s, %(quote_media_type)s, %(quote_size)s, n.raised_on, n.raised_by_id
  FROM followups_need n WHERE n.county_id = %(county)s AND n.kind = 'cost' AND n.quoted_amount IS NOT NULL
 ORDER BY n.id;

INSERT INTO followups_referralpaper (referral_id, path, sha256, media_type, size, added_on, added_by_id)
SELECT r.id, %(discharge_path)s, %(discharge_sha256)s, %(discharge_media_type)s, %(discharge_size)s,
       (r.returned_at AT TIME ZONE 'Asia/Shanghai')::date, r.returned_by_id
  FROM followups_referral r
 WHERE r.county_id = %(county)s AND r.state = 'returned' AND r.returned_by_id IS NOT NULL ORDER BY r.id;
