"""Teams back in the villages that they serve, month by month."""

# A team is owed from the month in which its first member took his seat until the one in which it was closed.
RETURNS = """
SELECT v.area_id || '/' || v.team_id || '/' || m.month::date AS key, NULL::bigint AS person_id,
       NULL::bigint AS household_id, v.area_id AS village_id, v.team_id, m.month::date AS month,
       r.returned_on, r.served, r.id IS NOT NULL AS is_back
  FROM followups_team_villages v
  JOIN followups_team t ON t.id = v.team_id
 CROSS JOIN generate_series(date_trunc('month', %(since)s::timestamp), %(on)s::timestamp, '1 month')
            AS m (month)
  LEFT JOIN followups_teamreturn r
    ON r.team_id = v.team_id AND r.village_id = v.area_id AND r.month = m.month::date
       AND r.returned_on <= %(on)s
 WHERE v.area_id = ANY(%(villages)s) AND (t.closed_on IS NULL OR t.closed_on > m.month)
   AND EXISTS (SELECT 1 FROM followups_teammember s
                WHERE s.team_id = v.team_id AND s.from_on < m.month + interval '1 month')
"""
