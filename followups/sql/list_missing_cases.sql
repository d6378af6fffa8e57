SELECT p.uuid, p.name, d.code, d.name_zh, d.name_en, v.name, w.name, m.confirmed_on, count(*) OVER ()
  FROM (/*missing*/) m
  JOIN households_person p ON p.id = m.person_id
  JOIN households_disease d ON d.id = m.disease_id
  JOIN accounts_area v ON v.id = m.village_id
  JOIN accounts_area w ON w.id = v.parent_id
 ORDER BY w.code, v.code, p.id, d.code
 LIMIT %(limit)s OFFSET %(offset)s
