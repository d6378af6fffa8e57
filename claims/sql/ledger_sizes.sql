-- How much was looked at, so that "no difference" says of what.
SELECT (SELECT count(*) FROM claims_fund WHERE county_id = %(county)s) AS funds,
       (SELECT count(*) FROM claims_fundentry e JOIN claims_fund f ON f.id = e.fund_id
         WHERE f.county_id = %(county)s) AS entries,
       (SELECT count(*) FROM claims_settlement s JOIN claims_policyversion v ON v.id = s.policy_id
         WHERE v.county_id = %(county)s) AS settlements,
       (SELECT count(*) FROM claims_settlementline l JOIN claims_settlement s ON s.id = l.settlement_id
          JOIN claims_policyversion v ON v.id = s.policy_id WHERE v.county_id = %(county)s) AS lines,
       (SELECT count(*) FROM claims_payable WHERE county_id = %(county)s) AS payables
