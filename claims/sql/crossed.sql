-- Whose burden crosses which line of early warning on a day. `whose` narrows the bills (s), `added` is the bill that is
-- being previewed, `rules` the library as JSON (claims/warnings/reading.py).
WITH
rule AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb) AS r (
      code text, "set" text, edition text, is_everywhere boolean, valid_from date, valid_to date, verify_days int,
      is_for_all boolean, standings text[], identities text[], but_standings text[], but_identities text[],
      unit text, base text, "window" text, is_inclusive boolean,
      amount numeric, reference text, percent numeric, years_before int, income_percent numeric, line text)
   WHERE r.valid_from <= %(on)s::date AND (r.valid_to IS NULL OR r.valid_to > %(on)s::date)
),
bill AS MATERIALIZED (
  SELECT s.household_id, s.person_id, s.patient, s.compliant_patient, s.year, s.settled_on,
         a.care = 'chronic_outpatient' AS is_chronic
    FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
   WHERE /*whose*/ AND s.is_standing AND s.kind <> 'reversed' AND s.settled_on <= %(on)s::date
     AND (s.year = extract(year FROM %(on)s::date) OR s.settled_on > (%(on)s::date - interval '1 year')::date)
  /*added*/
),
burden AS (
  SELECT b.household_id, b.person_id, grouping(b.person_id) = 1 AS is_household,
         count(*) FILTER (WHERE b.year = extract(year FROM %(on)s::date)) AS bills,
         coalesce(sum(b.patient) FILTER (WHERE b.year = extract(year FROM %(on)s::date)), 0) AS total,
         coalesce(sum(b.compliant_patient) FILTER (WHERE b.year = extract(year FROM %(on)s::date)), 0) AS compliant,
         coalesce(sum(b.patient) FILTER (WHERE b.settled_on > (%(on)s::date - interval '1 year')::date), 0)
             AS rolling_total,
         coalesce(sum(b.compliant_patient)
             FILTER (WHERE b.settled_on > (%(on)s::date - interval '1 year')::date), 0) AS rolling_compliant,
         -- What chronic illness costs in a month: the mean since its first bill, over twelve months at most.
         coalesce(sum(b.patient) FILTER (WHERE /*chronic*/), 0) / /*months*/ AS chronic_total,
         coalesce(sum(b.compliant_patient) FILTER (WHERE /*chronic*/), 0) / /*months*/ AS chronic_compliant
    FROM bill b
   GROUP BY GROUPING SETS ((b.household_id), (b.household_id, b.person_id))
),
-- Instalments that fall due later this year for bills of earlier years: those of this year's bills are counted already.
owed AS (
  SELECT a.household_id, a.person_id, grouping(a.person_id) = 1 AS is_household, sum(i.amount) AS due
    FROM claims_instalment i
    JOIN claims_instalmentplan l ON l.id = i.plan_id
    JOIN claims_admission a ON a.id = l.admission_id
    JOIN claims_settlement s ON s.admission_id = a.id AND s.is_standing AND s.kind <> 'reversed'
   WHERE /*whose*/ AND s.year < extract(year FROM %(on)s::date)
     AND i.due_on > %(on)s::date AND extract(year FROM i.due_on) = extract(year FROM %(on)s::date)
   GROUP BY GROUPING SETS ((a.household_id), (a.household_id, a.person_id))
),
home AS (
  SELECT h.id, h.county_id, h.standing, c.ancestors, n.members,
         h.income_per_head * n.members AS income
    FROM households_household h
    JOIN accounts_area c ON c.id = h.county_id
   CROSS JOIN LATERAL (SELECT count(*) AS members FROM households_person p
                        WHERE p.household_id = h.id AND p.left_on IS NULL) n
   WHERE h.id IN (SELECT household_id FROM bill) AND h.left_on IS NULL AND h.standing <> 'removed'
),
judged AS (
  SELECT r.code, r.edition, r.verify_days, r.is_inclusive, r."window", r.base, h.id AS household_id, b.person_id,
         b.bills, h.income, h.members, v.amount AS reference, v.year AS reference_year, n.amount AS line,
         CASE r."window" || r.base
              WHEN 'calendar_yeartotal' THEN b.total WHEN 'calendar_yearcompliant' THEN b.compliant
              WHEN 'rolling_12_monthstotal' THEN b.rolling_total ELSE b.rolling_compliant END AS burden,
         CASE WHEN r."window" = 'calendar_year' THEN round(
              CASE r.base WHEN 'total' THEN b.total ELSE b.compliant END
              + CASE r.base WHEN 'total' THEN b.chronic_total ELSE b.chronic_compliant END
                * (12 - extract(month FROM %(on)s::date)) + coalesce(w.due, 0), 2) END AS projected,
         round(CASE r.base WHEN 'total' THEN b.chronic_total ELSE b.chronic_compliant END, 2) AS monthly,
         coalesce(w.due, 0) AS instalments,
         CASE WHEN r.amount IS NOT NULL THEN r.amount
              WHEN r.reference IS NOT NULL THEN round(v.amount * r.percent / 100, 2)
              ELSE round(h.income * r.income_percent / 100, 2) END AS threshold,
         r.income_percent IS NOT NULL AS is_of_income
    FROM home h
    JOIN burden b ON b.household_id = h.id
    JOIN rule r ON b.is_household = (r.unit = 'household')
    LEFT JOIN owed w ON w.household_id = h.id AND w.is_household = b.is_household
                    AND w.person_id IS NOT DISTINCT FROM b.person_id
    LEFT JOIN LATERAL (
        SELECT x.amount, x.year FROM claims_referencevalue x
         WHERE x.area_id = ANY(h.ancestors) AND x.code = r.reference
           AND x.year = extract(year FROM %(on)s::date) - r.years_before
         ORDER BY array_position(h.ancestors, x.area_id) DESC LIMIT 1) v ON TRUE
    LEFT JOIN LATERAL (
        SELECT x.amount FROM claims_referencevalue x
         WHERE x.area_id = ANY(h.ancestors) AND x.code = r.line AND x.year <= extract(year FROM %(on)s::date)
         ORDER BY x.year DESC, array_position(h.ancestors, x.area_id) DESC LIMIT 1) n ON TRUE
   CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT i.kind::text), '{}') AS kinds
          FROM households_identity i JOIN households_person p ON p.id = i.person_id
         WHERE p.household_id = h.id AND p.left_on IS NULL AND i.period @> %(on)s::date
           AND (b.person_id IS NULL OR p.id = b.person_id)) k
   WHERE (r.is_everywhere OR EXISTS (
             SELECT FROM claims_rulesetinforce f
              WHERE f.county_id = h.county_id AND f.code = r."set" AND f.period @> %(on)s::date))
     AND (r.is_for_all OR h.standing = ANY(r.standings) OR k.kinds && r.identities)
     AND NOT (h.standing = ANY(r.but_standings) OR k.kinds && r.but_identities)
),
-- The burden already borne crosses the line, or what is to be expected until the year's end does.
crossed AS (
  SELECT DISTINCT ON (j.household_id, j.code, j.person_id) j.*, NOT j.is_now AS is_expected
    FROM (SELECT j.*, /*now*/ AS is_now, /*then*/ AS is_then FROM judged j) j
   WHERE j.is_now OR j.is_then
   ORDER BY j.household_id, j.code, j.person_id, j.burden DESC
)
