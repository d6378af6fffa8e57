"""What households bear of their bills in the year up to a day, against what they live on; stays by ratio."""

from healthaid.reports.indicators.facts.people import CONTRACTS, REGISTERED
from households.monitoring_times import monitoring_times

# A year is the twelve months that end on the day, so that every day sees a whole household-year. Reversals
# are negative rows of their own day: the sum is what stood on the day.
_BORNE = """
    SELECT s.household_id, greatest(sum(s.patient), 0) AS burden, count(*) AS bills FROM claims_settlement s
     WHERE s.village_id = ANY(%(villages)s) AND s.settled_on <= %(on)s
       AND s.settled_on > (%(on)s::date - interval '1 year')::date
     GROUP BY 1
"""
# The latest survey of this year or the one before. Who was not asked stays unknown.
_SPENT = """
    SELECT DISTINCT ON (v.household_id) v.household_id, v.spent, v.food, v.size, v.year
      FROM claims_consumptionsurvey v
     WHERE v.surveyed_on <= %(on)s AND v.year BETWEEN %(year)s - 1 AND %(year)s
     ORDER BY v.household_id, v.year DESC
"""
# WHO: mean food spending per equivalent person (size to the power of 0.56) of the households whose food share
# lies between the 45th and the 55th percentile of their county; a yearly figure that the county wrote down
# goes before.
_SUBSISTENCE = f"""
    SELECT county_id, avg(food / power(size, 0.56)) AS each
      FROM (SELECT h.county_id, k.food, k.size, percent_rank() OVER (
                       PARTITION BY h.county_id ORDER BY k.food / k.spent) AS place
              FROM ({_SPENT}) k JOIN households_household h ON h.id = k.household_id
             WHERE k.food IS NOT NULL) ranked
     WHERE place BETWEEN 0.45 AND 0.55 GROUP BY 1
"""  # noqa: S608 - our own texts
_FIGURE = """
    SELECT x.amount FROM claims_referencevalue x JOIN accounts_area a ON a.id = h.county_id
     WHERE x.area_id = ANY(a.ancestors) AND x.code = '{code}' AND x.year <= %(year)s
     ORDER BY x.year DESC, array_position(a.ancestors, x.area_id) DESC LIMIT 1
"""

BURDENS = f"""
SELECT w.*, coalesce(w.spent, w.income) AS budget,
       w.spent - w.line * w.size AS discretionary,
       w.spent - least(w.food, w.least_food) AS capacity
  FROM (SELECT h.id AS key, NULL::bigint AS person_id, h.id AS household_id, h.village_id, c.team_id,
               coalesce(b.burden, 0) AS burden, coalesce(b.bills, 0) AS bills,
               h.income_per_head * n.members AS income, k.spent, k.food, k.size,
               ({_FIGURE.format(code="societal_poverty_line")}) AS line,
               coalesce(({_FIGURE.format(code="subsistence_spending")}), u.each)
                   * power(k.size, 0.56) AS least_food
          FROM households_household h
          LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
          LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
         CROSS JOIN LATERAL (SELECT count(*) AS members FROM households_person m
                              WHERE m.household_id = h.id AND m.birth_date <= %(on)s
                                AND (m.left_on IS NULL OR m.left_on > %(on)s)) n
          LEFT JOIN ({_BORNE}) b ON b.household_id = h.id
          LEFT JOIN ({_SPENT}) k ON k.household_id = h.id
          LEFT JOIN ({_SUBSISTENCE}) u ON u.county_id = h.county_id
         WHERE h.village_id = ANY(%(villages)s) AND {REGISTERED}) w
"""  # noqa: S608 - our own texts

STAYS = f"""
SELECT s.id AS key, s.person_id, s.household_id, s.village_id, c.team_id, s.settled_on,
       s.total - s.discount AS cost, s.paid, s.compliant, s.compliant - s.compliant_patient AS covered,
       a.is_in_county AND a.is_designated AS is_in_county,
       s.paid >= 0.9 * (s.total - s.discount) AS is_reached
  FROM claims_settlement s
  JOIN claims_admission a ON a.id = s.admission_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = s.person_id
 WHERE s.village_id = ANY(%(villages)s) AND s.settled_on BETWEEN %(since)s AND %(on)s
   AND s.kind <> 'reversed' AND a.care = 'inpatient' AND s.total > s.discount
   AND NOT EXISTS (SELECT FROM claims_settlement r WHERE r.reverses_id = s.id AND r.settled_on <= %(on)s)
   AND (%(sensitive)s OR NOT s.is_sensitive)
"""  # noqa: S608 - our own texts

# A stay counts on its first day for "treated first", on its last for "settled in one stop". Whoever the norm
# takes out of treat-first (DOMAIN B3.2) is eligible no more; a family that wished to pay at once still is.
ADMISSIONS = f"""
SELECT a.id AS key, a.person_id, a.household_id, a.village_id, c.team_id, a.admitted_on, a.discharged_on,
       a.treats_first, a.no_credit, a.is_in_county AND a.is_designated AS is_in_county,
       a.treats_first OR a.no_credit = 'declined' AS is_eligible,
       a.admitted_on BETWEEN %(since)s AND %(on)s AS is_admitted,
       coalesce(a.discharged_on BETWEEN %(since)s AND %(on)s, FALSE) AS is_discharged,
       i.has_settlement_window AND EXISTS (
           SELECT FROM claims_settlement s
            WHERE s.admission_id = a.id AND s.revision = 1 AND s.settled_on <= a.discharged_on) AS is_one_stop
  FROM claims_admission a
  JOIN clinics_institution i ON i.id = a.institution_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = a.person_id
 WHERE a.village_id = ANY(%(villages)s) AND a.care = 'inpatient' AND a.state <> 'cancelled'
   AND (a.admitted_on BETWEEN %(since)s AND %(on)s OR a.discharged_on BETWEEN %(since)s AND %(on)s)
   AND (%(sensitive)s OR NOT a.is_sensitive)
"""  # noqa: S608 - our own texts

# Import checks of the poverty register (DOMAIN B4, Guizhou). A status that has ended is judged when it ends.
MONITORED = f"""
SELECT t.id AS key, NULL::bigint AS person_id, h.id AS household_id, h.village_id, c.team_id,
       lower(t.period) AS since, upper(t.period) AS until, t.risk,
       upper(t.period) IS NULL OR upper(t.period) > %(on)s AS is_open,
       t.risk = 'illness' AS is_of_illness,
       EXISTS (SELECT FROM households_condition k JOIN households_person m ON m.id = k.person_id
                WHERE m.household_id = h.id AND k.confirmed_on <= %(on)s
                  AND (k.ended_on IS NULL OR k.ended_on > %(on)s)
                  AND (%(sensitive)s OR NOT k.is_sensitive)) AS has_ill_member,
       NOT EXISTS (SELECT FROM households_person m
                    WHERE m.household_id = h.id AND m.birth_date <= %(on)s
                      AND (m.left_on IS NULL OR m.left_on > %(on)s)
                      AND NOT EXISTS (SELECT FROM households_enrolment e
                                       WHERE e.person_id = m.id AND e.year = %(year)s AND e.is_enrolled
                                         AND e.scheme IN ('basic', 'employee'))) AS is_insured,
       lower(t.period) + interval '1 month' < %(on)s AS is_past_a_month,
       EXISTS (SELECT FROM households_monitoringmeasure x JOIN households_monitoringcase m ON m.id = x.case_id
                WHERE m.household_id = h.id AND x.since <= %(on)s
                  AND (m.ended_on IS NULL OR m.ended_on > lower(t.period))) AS has_measure,
       coalesce(upper(t.period) > lower(t.period) + interval '2 months', TRUE) AS is_long_enough
  FROM households_householdstatus t
  JOIN households_household h ON h.id = t.household_id
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
 WHERE h.village_id = ANY(%(villages)s) AND t.standing = 'monitored' AND lower(t.period) <= %(on)s
   AND {REGISTERED}
"""  # noqa: S608 - our own texts

# Risks whose days for the visit at home end in the period (households/monitoring_times.toml).
_DAYS = monitoring_times().verify_within_days
RISKS = f"""
SELECT m.id AS key, NULL::bigint AS person_id, m.household_id, m.village_id, c.team_id, m.risk,
       m.found_on AS since, m.ended_on AS until, m.ended_on IS NULL OR m.ended_on > %(on)s AS is_open,
       m.found_on + {_DAYS} BETWEEN %(since)s AND %(on)s AS is_due,
       coalesce(m.verified_on, m.ended_on) <= m.found_on + {_DAYS} AS is_in_time
  FROM households_monitoringcase m
  JOIN households_household h ON h.id = m.household_id
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
 WHERE m.village_id = ANY(%(villages)s) AND m.source <> 'register' AND m.found_on <= %(on)s
"""  # noqa: S608 - our own texts
