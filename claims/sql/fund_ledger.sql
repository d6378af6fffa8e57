-- One page of a ledger, newest first, each entry with the balance after it.
SELECT e.id, e.kind, e.amount, e.entered_on, e.note, e.balance, s.number, s.revision, s.is_sensitive, u.full_name
  FROM (SELECT id, kind, amount, entered_on, note, line_id, entered_by_id,
               sum(amount) OVER (ORDER BY entered_on, id) AS balance
          FROM claims_fundentry WHERE fund_id = %(fund)s) e
  LEFT JOIN claims_settlementline l ON l.id = e.line_id
  LEFT JOIN claims_settlement s ON s.id = l.settlement_id
  JOIN accounts_user u ON u.id = e.entered_by_id
 WHERE %(kind)s::text = '' OR e.kind = %(kind)s::text
 ORDER BY e.entered_on DESC, e.id DESC LIMIT %(limit)s OFFSET %(offset)s
