-- All that is known of one bill, its person, and the bills of the same year: one row.
-- %(admission)s the stay, %(on)s its last day where it has none yet, %(settled_on)s the day of settling.
WITH RECURSIVE stay AS (
    SELECT a.*, coalesce(a.discharged_on, %(on)s::date) AS last_day, years.year
      FROM claims_admission a
     CROSS JOIN LATERAL (SELECT DISTINCT extract(year FROM day)::smallint AS year
                           FROM unnest(ARRAY[a.admitted_on, coalesce(a.discharged_on, %(on)s::date)]) day) years
     WHERE a.id = %(admission)s
), linked AS (/*linked*/
), bill AS (
    SELECT s.*, a.discharged_on AS last_day, a.state, a.care
      FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
     WHERE s.is_standing AND s.kind <> 'reversed' AND s.year = ANY(ARRAY(SELECT year FROM stay))
       AND s.person_id = ANY(ARRAY(SELECT person_id FROM linked))
), fund AS (
    SELECT f.id, f.payer, f.year, f.balance FROM claims_fund f
     WHERE NOT f.may_overdraw AND f.county_id = (SELECT county_id FROM stay LIMIT 1)
       AND f.year = ANY(ARRAY(SELECT year FROM stay))
     ORDER BY f.id /*lock*/
), a AS (
    SELECT * FROM stay LIMIT 1
)
SELECT jsonb_build_object(
    'stay', jsonb_build_object(
        'id', a.id, 'person', a.person_id, 'household', a.household_id, 'county', a.county_id,
        'institution', a.institution_id, 'state', a.state, 'is_sensitive', a.is_sensitive,
        'received', coalesce((SELECT sum(r.amount) FROM claims_receipt r
                               WHERE r.admission_id = a.id), 0)::text),
    'county_code', (SELECT code FROM accounts_area WHERE id = a.county_id),
    'facts', jsonb_build_object(
        'care', a.care, 'level', a.level, 'admitted_on', a.admitted_on, 'discharged_on', a.last_day,
        'birth_date', p.birth_date, 'diagnosis', a.icd10, 'in_county', a.is_in_county,
        'designated', a.is_designated, 'referral', a.referral, 'reported', a.reported,
        'continued', a.continues_id IS NOT NULL,
        'lines', coalesce((
            SELECT jsonb_agg(jsonb_build_object('category', i.category, 'cls', i.item_class,
                             'amount', i.amount::text, 'first_pay', i.first_pay::text,
                             'over_limit', i.over_limit::text) ORDER BY i.position)
              FROM claims_billitem i WHERE i.admission_id = a.id), '[]'),
        /*held*/,
        'diseases', coalesce((
            SELECT jsonb_agg(DISTINCT d.code) FROM households_disease d
             WHERE (a.is_sensitive OR NOT d.is_sensitive)
               AND (EXISTS (SELECT 1 FROM households_condition c
                             WHERE c.person_id = a.person_id AND c.disease_id = d.id
                               AND c.confirmed_on <= a.last_day
                               AND (c.ended_on IS NULL OR c.ended_on > a.admitted_on))
                    OR a.icd10 <> '' AND EXISTS (SELECT 1 FROM unnest(d.icd10_prefixes) code
                                                  WHERE starts_with(upper(a.icd10), code)))), '[]')),
    'persons', (SELECT jsonb_agg(DISTINCT person_id) FROM linked),
    'policies', coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', v.id, 'sha256', v.sha256, 'from', lower(v.period),
                                            'past', upper(v.period)))
          FROM claims_policyversion v
         WHERE v.county_id = a.county_id AND v.state <> 'draft'
           AND (v.period @> a.admitted_on OR v.period @> a.last_day)), '[]'),
    'month_is_closed', EXISTS (
        SELECT 1 FROM claims_closedmonth m
         WHERE m.county_id = a.county_id AND m.month = date_trunc('month', %(settled_on)s::date)),
    'latest', (SELECT jsonb_build_object('number', s.number, 'revision', s.revision) FROM claims_settlement s
                WHERE s.admission_id = a.id ORDER BY s.revision DESC LIMIT 1),
    'funds', coalesce((SELECT jsonb_agg(jsonb_build_object('payer', f.payer, 'year', f.year,
                                                           'left', f.balance::text)) FROM fund f), '[]'),
    'bills', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'settlement', b.id, 'number', b.number, 'revision', b.revision, 'admission', b.admission_id,
            'person', b.person_id, 'household', b.household_id, 'institution', b.institution_id,
            'is_sensitive', b.is_sensitive, 'state', b.state, 'year', b.year, 'level', b.level, 'care', b.care,
            'received', coalesce((SELECT sum(r.amount) FROM claims_receipt r
                               WHERE r.admission_id = b.admission_id), 0)::text,
            'policy', b.policy_id, 'sha256', b.policy_sha256, 'last_day', b.last_day,
            'on', coalesce(b.decision->>'on', b.last_day::text),
            'facts', CASE WHEN (b.last_day, b.admission_id) > (a.last_day, a.id) THEN b.facts END,
            'decision', CASE WHEN (b.last_day, b.admission_id) > (a.last_day, a.id) OR b.admission_id = a.id
                        THEN b.decision END,
            'total', b.total::text, 'compliant', b.compliant::text, 'discount', b.discount::text,
            'patient', b.patient::text, 'compliant_patient', b.compliant_patient::text,
            'lines', coalesce((
                SELECT jsonb_agg(jsonb_build_array(l.layer, l.payer, l.amount::text, l.base::text,
                                                   l.deductible::text) ORDER BY l.position)
                  FROM claims_settlementline l WHERE l.settlement_id = b.id), '[]'),
            'drawn', coalesce((
                SELECT jsonb_object_agg(d.payer, d.amount::text) FROM (
                    SELECT l.payer, sum(l.amount) AS amount FROM claims_settlementline l
                      JOIN claims_fundentry e ON e.line_id = l.id
                     WHERE l.settlement_id = b.id GROUP BY l.payer) d), '{}'))
            ORDER BY b.last_day, b.admission_id) FROM bill b), '[]'))
  FROM a JOIN households_person p ON p.id = a.person_id JOIN households_household h ON h.id = a.household_id
