-- Whom an undo would run over. %(id)s the import, %(xid)s the transaction that applied it.

-- name: changed_later
SELECT DISTINCT coalesce(nullif(r.name, ''), r.household_no) FROM households_importrow r
     LEFT JOIN households_household h ON r.kind = 'household' AND h.id = r.household_id
     LEFT JOIN households_person p ON r.kind = 'person' AND p.id = r.person_id
    WHERE 
   r.register_import_id = %(id)s
   AND (r.verdict IN ('new', 'changed') OR r.verdict = 'gone' AND r.left_reason <> '')
AND coalesce(h.changed_xid, p.changed_xid) IS DISTINCT FROM %(xid)s
   UNION
   SELECT r.household_no FROM households_importrow r
     JOIN households_householdstatus s ON s.household_id = r.household_id AND s.changed_xid <> %(xid)s
    WHERE 
   r.register_import_id = %(id)s
   AND (r.verdict IN ('new', 'changed') OR r.verdict = 'gone' AND r.left_reason <> '')
AND r.kind = 'household'
      AND NOT coalesce(r.before->'statuses', '[]') @> jsonb_build_array(
              jsonb_build_object('id', s.id, 'changed_xid', s.changed_xid))
   UNION
   SELECT r.name FROM households_importrow r
     JOIN households_identity i ON i.person_id = r.person_id AND i.changed_xid <> %(xid)s
    WHERE 
   r.register_import_id = %(id)s
   AND (r.verdict IN ('new', 'changed') OR r.verdict = 'gone' AND r.left_reason <> '')
AND r.kind = 'person'
      AND NOT coalesce(r.before->'identities', '[]') @> jsonb_build_array(
              jsonb_build_object('id', i.id, 'changed_xid', i.changed_xid))
   UNION
   SELECT r.name FROM households_importrow r
     JOIN households_enrolment e ON e.person_id = r.person_id AND e.changed_xid <> %(xid)s
    WHERE 
   r.register_import_id = %(id)s
   AND (r.verdict IN ('new', 'changed') OR r.verdict = 'gone' AND r.left_reason <> '')
AND r.kind = 'person'
      AND NOT coalesce(r.before->'enrolments', '[]') @> jsonb_build_array(
              jsonb_build_object('id', e.id, 'changed_xid', e.changed_xid))

-- name: heads_step_down
-- Heads that the import made step down first, so that no household ever has two.
UPDATE households_person x SET relation = '80'
  FROM households_importrow r
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed' AND x.id = r.person_id
   AND x.relation = '02' AND (r.before->'person'->>'relation' <> '02'
       OR (r.before->'person'->>'household_id')::bigint <> x.household_id)
