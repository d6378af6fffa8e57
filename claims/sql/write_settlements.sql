-- Writes revisions with their lines and what funds pay of them: %(rows)s in the order in which they are to stand.
-- A row without a number takes the next one of its county and month. Funds are drawn on in the order of their number.
WITH given AS MATERIALIZED (
    SELECT g.*, nextval(pg_get_serial_sequence('claims_settlement', 'id')) AS id
      FROM jsonb_to_recordset(%(rows)s) AS g(
           place int, uuid uuid, kind text, admission bigint, person bigint, household bigint, institution bigint,
           is_sensitive boolean, number text, revision int, year int, level text, policy bigint, sha256 text,
           facts jsonb, decision jsonb, total numeric, compliant numeric, discount numeric, paid numeric,
           patient numeric, compliant_patient numeric, reverses bigint, because_of int, reason text, lines jsonb)
), taken AS (
    INSERT INTO claims_runningnumber AS n (county_id, kind, month, last)
    SELECT %(county)s, 'settlement', date_trunc('month', %(on)s::date), 1
     WHERE EXISTS (SELECT 1 FROM given WHERE number IS NULL)
        ON CONFLICT (county_id, kind, month) DO UPDATE SET last = n.last + 1
    RETURNING last
), written AS (
    INSERT INTO claims_settlement (id, uuid, kind, is_standing, admission_id, person_id, household_id, institution_id,
           is_sensitive, number, revision, year, level, policy_id, policy_sha256, facts, decision, total, compliant,
           discount, paid, patient, compliant_patient, settled_on, settled_by_id, reverses_id, because_of_id, reason,
           village_id, county_id)
    SELECT g.id, g.uuid, g.kind, TRUE, g.admission, g.person, g.household, g.institution, g.is_sensitive,
           coalesce(g.number, %(prefix)s || lpad(t.last::text, greatest(5, length(t.last::text)), '0')),
           g.revision, g.year, g.level, g.policy, g.sha256, g.facts, g.decision, g.total, g.compliant, g.discount,
           g.paid, g.patient, g.compliant_patient, %(on)s, %(by)s, g.reverses, b.id, g.reason, 0, 0
      FROM given g LEFT JOIN taken t ON g.number IS NULL LEFT JOIN given b ON b.place = g.because_of
     ORDER BY g.place
    RETURNING id, county_id
), lines AS (
    INSERT INTO claims_settlementline (settlement_id, position, layer, payer, amount, base, deductible, clause)
    SELECT g.id, l.position, l.layer, l.payer, l.amount, l.base, l.deductible, l.clause
      FROM given g CROSS JOIN LATERAL jsonb_to_recordset(g.lines) AS l(
           position int, layer text, payer text, amount numeric, base numeric, deductible numeric, clause text)
     ORDER BY g.place, l.position
    RETURNING id, settlement_id, layer, payer, amount
), entries AS (
    INSERT INTO claims_fundentry (fund_id, kind, amount, entered_on, line_id, note, entered_by_id, created_at)
    SELECT f.fund, CASE WHEN g.reverses IS NULL THEN 'settlement' ELSE 'reversal' END, -l.amount, %(on)s, l.id, '',
           %(by)s, now()
      FROM lines l JOIN given g ON g.id = l.settlement_id JOIN written w ON w.id = g.id
     CROSS JOIN LATERAL (
           SELECT u.id AS fund FROM claims_fund u
            WHERE g.reverses IS NULL AND u.county_id = w.county_id AND u.payer = l.payer AND u.year = g.year
            UNION ALL
           SELECT e.fund_id FROM claims_settlementline o JOIN claims_fundentry e ON e.line_id = o.id
            WHERE o.settlement_id = g.reverses AND o.layer = l.layer AND o.payer = l.payer) f
     WHERE l.amount <> 0
     ORDER BY f.fund, g.place, l.id
), moved AS (
    UPDATE claims_admission SET state = %(state)s WHERE id = %(admission)s AND state <> %(state)s
)
SELECT id FROM given WHERE place = %(main)s
