-- One row for each household, rule and year, and for each person where a rule counts persons; while it is being worked on, its burden grows with the bills.
raised AS (
  INSERT INTO claims_burdenwarning AS w (household_id, person_id, rule, edition, year, burden, projected, threshold,
                                         grounds, settlement_id, state, raised_on, due_on, finding, measures)
  SELECT c.household_id, c.person_id, c.code, c.edition, extract(year FROM %(on)s::date), c.burden, c.projected,
         c.threshold,
         jsonb_build_object(
             'base', c.base, 'window', c."window", 'is_expected', c.is_expected, 'bills', c.bills,
             'monthly', c.monthly::text, 'instalments', c.instalments::text,
             'months_left', 12 - extract(month FROM %(on)s::date)::int,
             'income', round(c.income, 2)::text, 'members', c.members, 'line', c.line::text,
             'reference', c.reference::text, 'reference_year', c.reference_year),
         %(settlement)s::bigint, 'raised', %(on)s::date, %(on)s::date + c.verify_days, '', ''
    FROM crossed c
  ON CONFLICT (household_id, rule, year, person_id) DO UPDATE
     SET burden = excluded.burden, projected = excluded.projected, grounds = excluded.grounds
   WHERE w.state NOT IN ('closed', 'dismissed')
     AND (w.burden, w.grounds->>'is_expected') IS DISTINCT FROM (excluded.burden, excluded.grounds->>'is_expected')
  RETURNING id, xmax = 0 AS is_new
),
noted AS (
  INSERT INTO claims_warningstep (warning_id, state, done_on, done_by_id, note, created_at)
  SELECT id, 'raised', %(on)s::date, %(by)s::bigint, '', now() FROM raised WHERE is_new
)
SELECT id FROM raised WHERE is_new
