"""The dated facts an import opens and closes: standing of households, identities and insurance of persons."""

# Rows whose dated facts would have to change before they began.
LATER = """
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
"""
# What each touched household stands at from now on; a gone one is removed from the register.
_TARGET = """
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
"""
_DIFFERS = "(s.standing, s.monitored_kind, s.risk) IS DISTINCT FROM (t.standing, t.monitored_kind, t.risk)"
_STATUS_CORRECTED = f"""{_TARGET}
    UPDATE households_householdstatus s
       SET standing = t.standing, monitored_kind = t.monitored_kind, risk = t.risk, grounds = t.grounds
      FROM target t
     WHERE s.household_id = t.household_id AND upper_inf(s.period) AND lower(s.period) = %(day)s AND {_DIFFERS}
"""
_STATUS_CLOSED = f"""{_TARGET}
    UPDATE households_householdstatus s SET period = daterange(lower(s.period), %(day)s)
      FROM target t
     WHERE s.household_id = t.household_id AND upper_inf(s.period) AND {_DIFFERS}
       AND (lower_inf(s.period) OR lower(s.period) < %(day)s)
"""
_STATUS_OPENED = f"""{_TARGET}
    INSERT INTO households_householdstatus (household_id, standing, monitored_kind, risk, period, grounds)
    SELECT t.household_id, t.standing, t.monitored_kind, t.risk, daterange(t.since, NULL), t.grounds
      FROM target t
     WHERE NOT EXISTS (SELECT 1 FROM households_householdstatus s
                        WHERE s.household_id = t.household_id AND upper_inf(s.period))
"""
_IDENTITY_CLOSED = """
    UPDATE households_identity i SET period = daterange(lower(i.period), %(day)s)
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed'
       AND i.person_id = r.person_id AND upper_inf(i.period) AND r.data->>('identity_' || i.kind) = '0'
"""
_IDENTITY_OPENED = """
    INSERT INTO households_identity (person_id, kind, period, grounds)
    SELECT r.person_id, k.kind, daterange(%(day)s, NULL), ''
      FROM households_importrow r CROSS JOIN (VALUES ('subsistence'), ('destitute')) k (kind)
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
       AND r.data->>('identity_' || k.kind) = '1'
       AND NOT EXISTS (SELECT 1 FROM households_identity i
                        WHERE i.person_id = r.person_id AND i.kind = k.kind AND upper_inf(i.period))
"""
_ENROLMENTS = """
    INSERT INTO households_enrolment AS e (person_id, village_id, scheme, year, is_enrolled, paid_by, why_not)
    SELECT r.person_id, r.village_id, substr(d.key, 8), %(year)s, d.value = '1', '', ''
      FROM households_importrow r CROSS JOIN LATERAL jsonb_each_text(r.data) d
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
       AND d.key LIKE 'scheme\\_%%'
        ON CONFLICT (person_id, scheme, year) DO UPDATE SET is_enrolled = excluded.is_enrolled
     WHERE e.is_enrolled <> excluded.is_enrolled
"""
STEPS = (
    *(_STATUS_CORRECTED, _STATUS_CLOSED, _STATUS_OPENED),
    *(_IDENTITY_CLOSED, _IDENTITY_OPENED, _ENROLMENTS),
)
