-- The next running number of a county, kind and month; the row stays locked until the transaction ends.
INSERT INTO claims_runningnumber AS n (county_id, kind, month, last)
VALUES (%(county)s, %(kind)s, date_trunc('month', %(on)s::date), 1)
    ON CONFLICT (county_id, kind, month) DO UPDATE SET last = n.last + 1
RETURNING (SELECT code FROM accounts_area WHERE id = n.county_id), n.last
