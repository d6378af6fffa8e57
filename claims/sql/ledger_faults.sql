-- Every figure of one county that is kept, reckoned once more from the papers it stands for: kind, what it is called,
-- its row, a detail, what the papers say, what is written.
WITH ours AS MATERIALIZED (
  SELECT s.id, s.number || '-' || s.revision AS slip, s.admission_id, s.person_id, s.institution_id, s.year, s.kind,
         s.is_standing, s.total, s.paid, s.settled_on, s.reverses_id, s.facts #> '{used,paid}' AS before,
         s.decision #> '{used_after,paid}' AS after
    FROM claims_settlement s JOIN claims_policyversion v ON v.id = s.policy_id WHERE v.county_id = %(county)s
), lines AS MATERIALIZED (
  SELECT l.id, l.settlement_id, l.layer, l.payer, l.amount
    FROM claims_settlementline l JOIN ours ON ours.id = l.settlement_id
), funds AS (
  SELECT f.id, f.code, f.payer, f.year, f.balance, COALESCE(sum(e.amount), 0) AS entries, min(e.entered_on) AS since
    FROM claims_fund f LEFT JOIN claims_fundentry e ON e.fund_id = f.id
   WHERE f.county_id = %(county)s GROUP BY f.id
), standing AS (
  SELECT * FROM ours WHERE is_standing AND kind <> 'reversed'
), years AS (
  SELECT s.person_id, s.year, l.layer, sum(l.amount) AS amount
    FROM standing s JOIN lines l ON l.settlement_id = s.id GROUP BY 1, 2, 3
), carried AS (
  SELECT s.person_id, s.year, k.key AS layer, max(k.value::numeric) AS amount
    FROM standing s, jsonb_each_text(s.after) k GROUP BY 1, 2, 3
), last_slips AS (
  SELECT DISTINCT ON (person_id, year) person_id, year, id, slip FROM standing
   WHERE after IS NOT NULL ORDER BY person_id, year, id DESC
), found AS (
  SELECT 'fund_balance' AS kind, code AS subject, id AS subject_id, '' AS detail, entries AS expected,
         balance AS found
    FROM funds WHERE balance <> entries
  UNION ALL
  SELECT 'entry_amount', o.slip, e.id, f.code, CASE WHEN l.payer = f.payer THEN -l.amount END, e.amount
    FROM claims_fundentry e JOIN funds f ON f.id = e.fund_id
    JOIN claims_settlementline l ON l.id = e.line_id JOIN ours o ON o.id = l.settlement_id
   WHERE e.amount <> -l.amount OR l.payer <> f.payer
  UNION ALL
  SELECT 'entry_missing', o.slip, l.id, f.code, -l.amount, NULL
    FROM ours o JOIN lines l ON l.settlement_id = o.id
    JOIN funds f ON f.payer = l.payer AND f.year = o.year AND o.settled_on >= f.since
   WHERE l.amount <> 0 AND NOT EXISTS (SELECT 1 FROM claims_fundentry e WHERE e.line_id = l.id)
  UNION ALL
  SELECT 'lines', o.slip, o.id, '', COALESCE(sum(l.amount), 0), o.paid
    FROM ours o LEFT JOIN lines l ON l.settlement_id = o.id
   GROUP BY o.id, o.slip, o.paid HAVING COALESCE(sum(l.amount), 0) <> o.paid
  UNION ALL
  SELECT 'bill', s.slip, s.id, '', COALESCE(sum(i.amount), 0), s.total
    FROM standing s LEFT JOIN claims_billitem i ON i.admission_id = s.admission_id
   GROUP BY s.id, s.slip, s.total HAVING COALESCE(sum(i.amount), 0) <> s.total
  UNION ALL
  SELECT 'reversal', r.slip, r.id, b.layer, -b.amount, COALESCE(t.amount, 0)
    FROM ours r JOIN lines b ON b.settlement_id = r.reverses_id
    LEFT JOIN lines t ON t.settlement_id = r.id AND t.layer = b.layer AND t.payer = b.payer
   WHERE -b.amount <> COALESCE(t.amount, 0)
  UNION ALL
  SELECT 'standing', o.slip, o.id, '', NULL, NULL
    FROM ours o LEFT JOIN claims_settlement r ON r.reverses_id = o.id
   WHERE o.kind <> 'reversed' AND o.is_standing = (r.id IS NOT NULL)
  UNION ALL
  SELECT 'stay', COALESCE(s.slip, a.hospital_no), a.id, a.state, NULL, NULL
    FROM claims_admission a LEFT JOIN standing s ON s.admission_id = a.id
   WHERE (a.county_id = %(county)s OR s.id IS NOT NULL) AND (a.state IN ('settled', 'closed')) = (s.id IS NULL)
     AND (s.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claims_settlement x WHERE x.admission_id = a.id
                                           AND x.is_standing AND x.kind <> 'reversed'))
  UNION ALL
  SELECT 'year', s.slip, s.id, k.key, COALESCE((s.before ->> k.key)::numeric, 0) + COALESCE(sum(l.amount), 0),
         k.value::numeric
    FROM standing s CROSS JOIN jsonb_each_text(s.after) k
    LEFT JOIN lines l ON l.settlement_id = s.id AND l.layer = k.key
   GROUP BY s.id, s.slip, s.before, k.key, k.value
  HAVING COALESCE((s.before ->> k.key)::numeric, 0) + COALESCE(sum(l.amount), 0) <> k.value::numeric
  UNION ALL
  SELECT 'year', p.slip, p.id, COALESCE(y.layer, c.layer), COALESCE(y.amount, 0), COALESCE(c.amount, 0)
    FROM (SELECT years.*, TRUE FROM years) y FULL JOIN carried c USING (person_id, year, layer)
    JOIN last_slips p USING (person_id, year)
   WHERE COALESCE(y.amount, 0) <> COALESCE(c.amount, 0)
     -- A later bill that a correction does not move keeps the sums it was settled on.
     AND NOT EXISTS (SELECT 1 FROM ours r
                      WHERE r.kind = 'reversed' AND r.person_id = p.person_id AND r.year = p.year)
  UNION ALL
  SELECT 'claimed', p.payer || ' ' || to_char(p.month, 'YYYY-MM'), p.id, '', COALESCE(sum(l.amount), 0), p.claimed
    FROM claims_payable p LEFT JOIN claims_payableline q ON q.payable_id = p.id
    LEFT JOIN claims_settlementline l ON l.id = q.line_id
   WHERE p.county_id = %(county)s AND p.state <> 'pending'
   GROUP BY p.id HAVING COALESCE(sum(l.amount), 0) <> p.claimed
  UNION ALL
  SELECT 'misplaced', o.slip, p.id, p.payer || ' ' || to_char(p.month, 'YYYY-MM'), NULL, NULL
    FROM claims_payable p JOIN claims_payableline q ON q.payable_id = p.id JOIN lines l ON l.id = q.line_id
    JOIN ours o ON o.id = l.settlement_id
   WHERE p.county_id = %(county)s AND (l.payer <> p.payer OR o.institution_id <> p.institution_id)
)
SELECT kind, subject, subject_id, detail, expected, found FROM found ORDER BY kind, subject, detail
