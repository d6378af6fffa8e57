-- Writing a checked import. %(id)s the import, %(county)s its county, %(day)s the day from which it holds,
-- %(year)s the insurance year.

-- name: stale_rows
-- The register may have moved on since the preview: then the rows seen are no longer the rows there are.
SELECT count(*) FROM households_importrow r
  LEFT JOIN households_household h ON r.kind = 'household' AND h.id = r.household_id
  LEFT JOIN households_person p ON r.kind = 'person' AND p.id = r.person_id
 WHERE r.register_import_id = %(id)s AND r.verdict IN ('same', 'changed', 'gone')
   AND (r.before->>'xid')::bigint IS DISTINCT FROM coalesce(h.changed_xid, p.changed_xid)

-- name: new_rows_taken
SELECT count(*) FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.verdict = 'new'
   AND CASE r.kind WHEN 'person' THEN EXISTS (SELECT 1 FROM households_person p WHERE p.id_index = r.id_index)
       ELSE EXISTS (SELECT 1 FROM households_household h
                     WHERE h.county_id = %(county)s AND h.register_no = r.household_no) END

-- name: two_heads
SELECT p.name FROM households_importrow r
  JOIN households_person p ON p.household_id = r.household_id AND p.relation = '02' AND p.left_on IS NULL
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
   AND r.data->>'relation' = '02' AND p.id IS DISTINCT FROM r.person_id
   AND NOT EXISTS (SELECT 1 FROM households_importrow o
                    WHERE o.register_import_id = %(id)s AND o.kind = 'person' AND o.person_id = p.id
                      AND (o.verdict IN ('same', 'changed') OR o.verdict = 'gone' AND o.left_reason <> ''))

-- name: later_facts
-- Rows whose dated facts would have to change before they began.
SELECT r.household_no, lower(s.period) FROM households_importrow r
  JOIN households_householdstatus s ON s.household_id = r.household_id AND upper_inf(s.period)
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND lower(s.period) > %(day)s
   AND (r.verdict = 'changed' AND r.data ? 'standing'
        AND (s.standing, s.monitored_kind, s.risk)
            IS DISTINCT FROM (r.data->>'standing', r.data->>'monitored_kind', r.data->>'risk')
        OR r.verdict = 'gone' AND r.left_reason <> '')
UNION ALL
SELECT r.household_no, lower(i.period) FROM households_importrow r
  JOIN households_identity i ON i.person_id = r.person_id AND upper_inf(i.period)
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed'
   AND lower(i.period) >= %(day)s AND r.data->>('identity_' || i.kind) = '0'

-- name: inherit_reason
UPDATE households_importrow r SET left_reason = h.left_reason
  FROM households_importrow h
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'gone' AND r.left_reason = ''
   AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.verdict = 'gone' AND h.left_reason <> ''
   AND h.household_id = r.household_id

-- name: keep_households
-- What undo puts back.
UPDATE households_importrow r SET before = r.before || jsonb_build_object(
       'household', to_jsonb(h), 'statuses', coalesce((SELECT jsonb_agg(to_jsonb(s))
           FROM households_householdstatus s WHERE s.household_id = h.id), '[]'))
  FROM households_household h
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND h.id = r.household_id
   AND (r.verdict = 'changed' OR r.verdict = 'gone' AND r.left_reason <> '')

-- name: keep_persons
UPDATE households_importrow r SET before = r.before || jsonb_build_object('person', to_jsonb(p),
       'identities', coalesce((SELECT jsonb_agg(to_jsonb(i)) FROM households_identity i
                                WHERE i.person_id = p.id), '[]'),
       'enrolments', coalesce((SELECT jsonb_agg(to_jsonb(e)) FROM households_enrolment e
                                WHERE e.person_id = p.id), '[]'))
  FROM households_person p
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND p.id = r.person_id
   AND (r.verdict = 'changed' OR r.verdict = 'gone' AND r.left_reason <> '')

-- name: persons_leave
-- Nobody is deleted: they leave on a day, for a reason.
UPDATE households_person p SET left_on = %(day)s, left_reason = r.left_reason
  FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'gone' AND r.left_reason <> ''
   AND p.id = r.person_id

-- name: households_leave
UPDATE households_household h SET left_on = %(day)s, left_reason = r.left_reason, standing = 'removed'
  FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'gone' AND r.left_reason <> ''
   AND h.id = r.household_id

-- name: insert_households
INSERT INTO households_household (uuid, register_no, former_numbers, village_id, county_id, group_name, address,
       household_type, standing, registered_on, main_cause, other_causes, income_per_head, phone, phone_masked,
       phone_index, visit_order, left_reason)
SELECT (d->'_'->>'uuid')::uuid, r.household_no, '{}', r.village_id, %(county)s, coalesce(d->>'group_name', ''), '',
       coalesce(d->>'household_type', 'ordinary'), coalesce(d->>'standing', 'registered'),
       (d->>'registered_on')::date, coalesce(d->>'main_cause', ''),
       coalesce(string_to_array(d->>'other_causes', ','), '{}'), (d->>'income_per_head')::numeric,
       decode(d->'_'->>'phone', 'base64'), coalesce(d->'_'->>'phone_masked', ''), decode(d->>'phone_index', 'hex'),
       0, ''
  FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'new'
 ORDER BY r.row

-- name: households_known
-- The triggers of the rows to come look households and persons up: with the numbers of an empty table in
-- mind the planner would read the whole table for each of them.
ANALYZE households_household

-- name: persons_known
ANALYZE households_person

-- name: name_new_households
UPDATE households_importrow r SET household_id = h.id
  FROM households_household h
 WHERE r.register_import_id = %(id)s AND r.household_id IS NULL AND r.verdict <> 'refused'
   AND h.county_id = %(county)s AND h.register_no = r.household_no

-- name: heads_step_down
-- A household has one head at any moment, between two rows of one statement too.
UPDATE households_person p SET relation = CASE r.data->>'relation' WHEN '02' THEN '80' ELSE r.data->>'relation' END
  FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed' AND p.id = r.person_id
   AND p.relation = '02' AND p.left_on IS NULL
   AND (r.data->>'relation' <> '02' OR p.household_id <> r.household_id)

-- name: update_households
UPDATE households_household h
   SET register_no = coalesce(d->>'register_no', h.register_no),
       former_numbers = CASE WHEN d->>'register_no' <> h.register_no AND NOT h.register_no = ANY(h.former_numbers)
                        THEN h.former_numbers || h.register_no ELSE h.former_numbers END,
       village_id = coalesce((d->>'village')::bigint, h.village_id),
       group_name = coalesce(d->>'group_name', h.group_name),
       household_type = coalesce(d->>'household_type', h.household_type),
       standing = coalesce(d->>'standing', h.standing),
       registered_on = coalesce((d->>'registered_on')::date, h.registered_on),
       main_cause = coalesce(d->>'main_cause', h.main_cause),
       other_causes = coalesce(string_to_array(d->>'other_causes', ','), h.other_causes),
       income_per_head = coalesce((d->>'income_per_head')::numeric, h.income_per_head),
       phone = CASE WHEN decode(d->>'phone_index', 'hex') IS DISTINCT FROM h.phone_index AND d ? 'phone_index'
               THEN decode(d->'_'->>'phone', 'base64') ELSE h.phone END,
       phone_masked = coalesce(d->'_'->>'phone_masked', h.phone_masked),
       phone_index = coalesce(decode(d->>'phone_index', 'hex'), h.phone_index),
       left_on = NULL, left_reason = ''
  FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'changed' AND h.id = r.household_id

-- name: update_persons
UPDATE households_person p
   SET household_id = r.household_id,
       name = CASE WHEN p.name_folded = r.name_folded THEN p.name ELSE r.name END,
       name_folded = r.name_folded, name_pinyin = d->'_'->>'pinyin', name_initials = d->'_'->>'initials',
       name_grams = ARRAY(SELECT jsonb_array_elements_text(d->'_'->'grams')),
       id_number = CASE WHEN r.id_index IS DISTINCT FROM p.id_index AND r.id_index IS NOT NULL
                   THEN r.id_number ELSE p.id_number END,
       id_masked = CASE WHEN r.id_index IS NULL THEN p.id_masked ELSE r.id_masked END,
       id_index = coalesce(r.id_index, p.id_index),
       no_id_reason = CASE WHEN r.id_index IS NULL THEN p.no_id_reason ELSE '' END,
       person_no = coalesce(d->>'person_no', p.person_no), relation = d->>'relation', sex = d->>'sex',
       birth_date = (d->>'birth_date')::date, ethnicity = coalesce(d->>'ethnicity', p.ethnicity),
       education = coalesce(d->>'education', p.education),
       student_status = coalesce(d->>'student_status', p.student_status),
       labour = coalesce(d->>'labour', p.labour), health_status = coalesce(d->>'health_status', p.health_status),
       disability_kind = coalesce(d->>'disability_kind', p.disability_kind),
       disability_level = coalesce(d->>'disability_level', p.disability_level),
       phone = CASE WHEN decode(d->>'phone_index', 'hex') IS DISTINCT FROM p.phone_index AND d ? 'phone_index'
               THEN decode(d->'_'->>'phone', 'base64') ELSE p.phone END,
       phone_masked = coalesce(d->'_'->>'phone_masked', p.phone_masked),
       phone_index = coalesce(decode(d->>'phone_index', 'hex'), p.phone_index),
       left_on = NULL, left_reason = ''
  FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed' AND p.id = r.person_id

-- name: insert_persons
INSERT INTO households_person (uuid, household_id, village_id, county_id, person_no, name, name_folded,
       name_pinyin, name_initials, name_grams, id_number, id_index, id_masked, no_id_reason, relation, sex,
       birth_date, ethnicity, education, student_status, labour, health_status, health_class, disability_kind,
       disability_level, phone, phone_masked, phone_index, left_reason)
SELECT (d->'_'->>'uuid')::uuid, r.household_id, r.village_id, %(county)s, coalesce(d->>'person_no', ''), r.name,
       r.name_folded, d->'_'->>'pinyin', d->'_'->>'initials',
       ARRAY(SELECT jsonb_array_elements_text(d->'_'->'grams')), r.id_number, r.id_index, r.id_masked,
       CASE WHEN r.id_index IS NULL THEN '登记表未填证件号码' ELSE '' END, d->>'relation', d->>'sex',
       (d->>'birth_date')::date, coalesce(d->>'ethnicity', ''), coalesce(d->>'education', ''),
       coalesce(d->>'student_status', ''), coalesce(d->>'labour', ''), coalesce(d->>'health_status', ''),
       CASE WHEN d->>'health_status' LIKE '%%大病%%' THEN 'major'
            WHEN d->>'health_status' LIKE '%%慢性病%%' THEN 'general' ELSE 'healthy' END,
       coalesce(d->>'disability_kind', ''), coalesce(d->>'disability_level', ''),
       decode(d->'_'->>'phone', 'base64'), coalesce(d->'_'->>'phone_masked', ''), decode(d->>'phone_index', 'hex'),
       ''
  FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'new'
 ORDER BY r.row

-- name: name_new_persons
UPDATE households_importrow r SET person_id = p.id
  FROM households_person p
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'new'
   AND p.uuid = (r.data->'_'->>'uuid')::uuid

-- name: status_corrected
-- What each touched household stands at from now on; a gone one is removed from the register.
WITH target AS (
    SELECT r.household_id, r.verdict,
           CASE r.verdict WHEN 'gone' THEN 'removed' ELSE coalesce(r.data->>'standing', 'registered') END AS standing,
           coalesce(r.data->>'monitored_kind', '') AS monitored_kind, coalesce(r.data->>'risk', '') AS risk,
           CASE r.verdict WHEN 'new' THEN least((r.data->'_'->>'since')::date, %(day)s) ELSE %(day)s END AS since,
           CASE r.verdict WHEN 'gone' THEN r.left_reason ELSE '' END AS grounds
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'household'
       AND (r.verdict = 'new' OR r.verdict = 'changed' AND r.data ? 'standing'
            OR r.verdict = 'gone' AND r.left_reason <> '')
)

UPDATE households_householdstatus s
   SET standing = t.standing, monitored_kind = t.monitored_kind, risk = t.risk, grounds = t.grounds
  FROM target t
 WHERE s.household_id = t.household_id AND upper_inf(s.period) AND lower(s.period) = %(day)s AND (s.standing, s.monitored_kind, s.risk) IS DISTINCT FROM (t.standing, t.monitored_kind, t.risk)

-- name: status_closed
WITH target AS (
    SELECT r.household_id, r.verdict,
           CASE r.verdict WHEN 'gone' THEN 'removed' ELSE coalesce(r.data->>'standing', 'registered') END AS standing,
           coalesce(r.data->>'monitored_kind', '') AS monitored_kind, coalesce(r.data->>'risk', '') AS risk,
           CASE r.verdict WHEN 'new' THEN least((r.data->'_'->>'since')::date, %(day)s) ELSE %(day)s END AS since,
           CASE r.verdict WHEN 'gone' THEN r.left_reason ELSE '' END AS grounds
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'household'
       AND (r.verdict = 'new' OR r.verdict = 'changed' AND r.data ? 'standing'
            OR r.verdict = 'gone' AND r.left_reason <> '')
)

UPDATE households_householdstatus s SET period = daterange(lower(s.period), %(day)s)
  FROM target t
 WHERE s.household_id = t.household_id AND upper_inf(s.period) AND (s.standing, s.monitored_kind, s.risk) IS DISTINCT FROM (t.standing, t.monitored_kind, t.risk)
   AND (lower_inf(s.period) OR lower(s.period) < %(day)s)

-- name: status_opened
WITH target AS (
    SELECT r.household_id, r.verdict,
           CASE r.verdict WHEN 'gone' THEN 'removed' ELSE coalesce(r.data->>'standing', 'registered') END AS standing,
           coalesce(r.data->>'monitored_kind', '') AS monitored_kind, coalesce(r.data->>'risk', '') AS risk,
           CASE r.verdict WHEN 'new' THEN least((r.data->'_'->>'since')::date, %(day)s) ELSE %(day)s END AS since,
           CASE r.verdict WHEN 'gone' THEN r.left_reason ELSE '' END AS grounds
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'household'
       AND (r.verdict = 'new' OR r.verdict = 'changed' AND r.data ? 'standing'
            OR r.verdict = 'gone' AND r.left_reason <> '')
)

INSERT INTO households_householdstatus (household_id, standing, monitored_kind, risk, period, grounds)
SELECT t.household_id, t.standing, t.monitored_kind, t.risk, daterange(t.since, NULL), t.grounds
  FROM target t
 WHERE NOT EXISTS (SELECT 1 FROM households_householdstatus s
                    WHERE s.household_id = t.household_id AND upper_inf(s.period))

-- name: identity_closed
UPDATE households_identity i SET period = daterange(lower(i.period), %(day)s)
  FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed'
   AND i.person_id = r.person_id AND upper_inf(i.period) AND r.data->>('identity_' || i.kind) = '0'

-- name: identity_opened
INSERT INTO households_identity (person_id, kind, period, grounds)
SELECT r.person_id, k.kind, daterange(%(day)s, NULL), ''
  FROM households_importrow r CROSS JOIN (VALUES ('subsistence'), ('destitute')) k (kind)
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
   AND r.data->>('identity_' || k.kind) = '1'
   AND NOT EXISTS (SELECT 1 FROM households_identity i
                    WHERE i.person_id = r.person_id AND i.kind = k.kind AND upper_inf(i.period))

-- name: enrolments
INSERT INTO households_enrolment AS e (person_id, village_id, scheme, year, is_enrolled, paid_by, why_not)
SELECT r.person_id, r.village_id, substr(d.key, 8), %(year)s, d.value = '1', '', ''
  FROM households_importrow r CROSS JOIN LATERAL jsonb_each_text(r.data) d
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
   AND d.key LIKE 'scheme\_%%'
    ON CONFLICT (person_id, scheme, year) DO UPDATE SET is_enrolled = excluded.is_enrolled
 WHERE e.is_enrolled <> excluded.is_enrolled
