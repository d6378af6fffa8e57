        -- What a person (a.person_id) of a household (a.household_id, its row h) holds, as spans of days.
        'identities', coalesce((
            SELECT jsonb_agg(x.span ORDER BY x.code, x.starts_on) FROM (
                SELECT i.kind AS code, lower(i.period) AS starts_on, /*span*/ AS span
                  FROM (SELECT kind, period FROM households_identity WHERE person_id = a.person_id
                         UNION ALL
                        -- Who was lifted and stands unsteadily is monitored, and keeps what the registered have.
                        SELECT k.kind, s.period
                          FROM households_householdstatus s
                         CROSS JOIN LATERAL (VALUES
                               ('monitored', s.standing = 'monitored'),
                               ('registered', s.standing <> 'monitored' OR s.monitored_kind = 'unstable')
                               ) k(kind, holds)
                         WHERE s.household_id = a.household_id AND s.standing <> 'removed' AND k.holds
                         UNION ALL
                        SELECT CASE h.standing WHEN 'monitored' THEN 'monitored' ELSE 'registered' END,
                               daterange(h.registered_on, h.left_on)
                         WHERE h.standing <> 'removed' AND NOT EXISTS (
                               SELECT 1 FROM households_householdstatus WHERE household_id = h.id)) i) x), '[]'),
        'causes', coalesce((
            SELECT jsonb_agg(x.span ORDER BY x.code, x.starts_on) FROM (
                SELECT i.kind AS code, lower(i.period) AS starts_on, /*span*/ AS span
                  FROM (SELECT cause AS kind, period FROM households_householdcause
                         WHERE household_id = a.household_id) i) x), '[]'),
        'enrolments', coalesce((
            SELECT jsonb_agg(jsonb_build_object('code', e.scheme, 'starts_on', make_date(e.year, 1, 1),
                                                'ends_on', make_date(e.year + 1, 1, 1)) ORDER BY e.scheme, e.year)
              FROM households_enrolment e
             WHERE e.person_id = a.person_id AND e.is_enrolled AND e.year BETWEEN /*first_year*/ AND /*last_year*/), '[]')
