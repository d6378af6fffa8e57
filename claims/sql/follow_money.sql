-- A settled stay is closed while exactly the patient's share has been received; the stays are locked by the caller.
UPDATE claims_admission a SET state = w.state
  FROM (SELECT s.admission_id AS id, CASE WHEN s.patient = coalesce((SELECT sum(r.amount) FROM claims_receipt r
                                              WHERE r.admission_id = s.admission_id), 0)
                                     THEN 'closed' ELSE 'settled' END AS state
          FROM claims_settlement s
         WHERE s.is_standing AND s.kind <> 'reversed' AND s.admission_id = ANY(%(admissions)s::bigint[])) w
 WHERE a.id = w.id AND a.state IN ('settled', 'closed') AND a.state <> w.state
