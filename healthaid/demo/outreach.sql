-- Events of the year up to the day: 260 free clinics, 82 lectures, 37 pieces of publicity (DOMAIN A32, A35) for each
-- 1,268 households of the county, and what each household was given. The same day gives the same rows.
WITH villages AS (
  SELECT a.id, a.name, row_number() OVER (ORDER BY a.code) - 1 AS place, count(*) OVER () AS n,
         i.id AS clinic, u.id AS doctor
    FROM accounts_area a
    JOIN clinics_institution i ON i.area_id = a.id AND i.kind = 'village_clinic'
    JOIN accounts_user u ON u.area_id = a.id AND u.role = 'village_doctor'
   WHERE a.level = 'village' AND a.county_id = %(county)s
     AND EXISTS (SELECT FROM households_household h WHERE h.village_id = a.id)
), kinds (kind, title, times) AS (
  VALUES ('free_clinic', '义诊下乡', 260), ('lecture', '健康知识讲座', 82), ('publicity', '健康扶贫政策宣传', 37),
         ('delivery', '送医送药上门', 48)
), days AS (
  SELECT k.kind, k.title, g AS number,
         make_date(extract(year FROM %(on)s::date)::int, 1, 1)
           + ((g * 7919) %% (%(on)s::date - make_date(extract(year FROM %(on)s::date)::int, 1, 1) + 1)) AS held_on
    FROM kinds k CROSS JOIN generate_series(1, k.times * %(times)s) g
)
INSERT INTO outreach_event (area_id, institution_id, kind, channel, title, held_on, staff, attendance, found, note,
                            recorded_by_id)
SELECT v.id, v.clinic, d.kind,
       CASE WHEN d.kind = 'publicity'
            THEN (ARRAY['wechat', 'board', 'leaflet', 'home_talk', 'radio', 'television', 'bedside', 'team'])
                 [d.number %% 8 + 1]
            ELSE '' END,
       v.name || d.title, d.held_on, CASE WHEN d.kind = 'publicity' THEN 0 ELSE 2 + d.number %% 5 END,
       18 + (d.number * 37) %% 63, CASE WHEN d.kind = 'free_clinic' THEN d.number %% 4 ELSE 0 END,
       CASE WHEN d.kind = 'free_clinic' THEN '测血压、血糖，发放常用药和宣传册' ELSE '' END, v.doctor
  FROM days d JOIN villages v ON v.place = (d.number * 31 + length(d.title)) %% v.n;

WITH items (item, ill_only, months, ago) AS (
  VALUES ('contact_card', false, 0, 300), ('policy_card', false, 0, 280), ('medicine_kit', true, 24, 400),
         ('poster', false, 0, 210), ('booklets', false, 0, 150), ('prevention_handbook', false, 0, 330),
         ('visit_book', false, 0, 330)
), given AS (
  SELECT h.id AS household, i.item, i.months, u.id AS doctor, coalesce(p.name, h.register_no) AS receiver,
         greatest(%(on)s::date - i.ago - (h.id %% 45)::int
                  - CASE WHEN i.months > 0 AND v.place = 3 THEN 380 ELSE 0 END, h.registered_on) AS given_on
    FROM households_household h
    JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place FROM accounts_area
           WHERE level = 'village' AND county_id = %(county)s) v ON v.id = h.village_id
    JOIN LATERAL (SELECT id FROM accounts_user WHERE area_id = h.village_id AND role = 'village_doctor'
                   ORDER BY id LIMIT 1) u ON true
    LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
    CROSS JOIN items i
   WHERE h.county_id = %(county)s AND h.left_on IS NULL AND h.standing <> 'removed'
     AND (NOT i.ill_only OR h.main_cause = 'illness')
     -- One household in forty still waits for one of them; the contact cards are all there.
     AND (i.item = 'contact_card' OR (h.id + length(i.item)) %% 40 <> 0)
)
INSERT INTO outreach_distribution (household_id, item, given_on, given_by_id, receiver, expires_on, why_replaced)
SELECT household, item, given_on, doctor, receiver,
       CASE WHEN months > 0 THEN given_on + months * 365 / 12 END, ''
  FROM given
ON CONFLICT DO NOTHING;
