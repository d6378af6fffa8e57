        -- What a person (a.person_id) of a household (a.household_id, its row h) holds, as spans of days.
        'identities', coalesce((
            SELECT jsonb_agg(x.span ORDER BY x.code, x.starts_on) FROM (
                SELECT i.kind AS code, lower(i.period) AS starts_on, /*span*/ AS span
                  FROM (/*identities*/) i) x), '[]'),
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
