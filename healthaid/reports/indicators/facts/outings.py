"""Teams back in the villages that they serve, month by month; what households know of the policy."""

from healthaid.reports.indicators.facts.people import REGISTERED

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

# Of each village the last round that began within twelve months. Its base: who was drawn and is registered. A
# sample is small: the contract is looked up for each household.
SURVEYED = f"""
SELECT s.id AS key, NULL::bigint AS person_id, h.id AS household_id, h.village_id, c.team_id,
       s.answers IS NOT NULL AND s.asked_on <= %(on)s AS is_asked,
       s.is_aware AND s.asked_on <= %(on)s AS is_aware,
       s.asked_on, s.why_not, cardinality(s.right) AS right_answers, r.name AS round_name
  FROM households_household h
  JOIN (SELECT v.id, r.id AS round_id, r.name FROM accounts_area v
          JOIN LATERAL (SELECT r.id, r.name FROM outreach_surveyround r
                         WHERE r.area_id = ANY(v.ancestors) AND r.code = 'policy_awareness'
                           AND r.opens_on <= %(on)s AND r.opens_on > (%(on)s::date - interval '1 year')::date
                         ORDER BY r.opens_on DESC, r.id DESC LIMIT 1) r ON TRUE
         WHERE v.id = ANY(%(villages)s)) r ON r.id = h.village_id
  JOIN outreach_surveyhome s ON s.round_id = r.round_id AND s.household_id = h.id
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN LATERAL (SELECT k.team_id FROM followups_contract k
                      WHERE k.person_id = p.id AND k.state <> 'draft' AND k.period @> %(on)s::date
                      LIMIT 1) c ON TRUE
 WHERE h.village_id = ANY(%(villages)s) AND {REGISTERED}
"""  # noqa: S608 - our own texts
