-- The lines of a bill as they stand now: %(rows)s over what is there; a line that is the same is left alone.
INSERT INTO claims_billitem AS i (admission_id, position, category, item_class, name, amount, first_pay, over_limit)
SELECT %(admission)s, r.position, r.category, r.item_class, r.name, r.amount, r.first_pay, r.over_limit
  FROM jsonb_to_recordset(%(rows)s) AS r(position int, category text, item_class text, name text,
                                         amount numeric, first_pay numeric, over_limit numeric)
 ORDER BY r.position
    ON CONFLICT (admission_id, position) DO UPDATE
   SET category = excluded.category, item_class = excluded.item_class, name = excluded.name,
       amount = excluded.amount, first_pay = excluded.first_pay, over_limit = excluded.over_limit
 WHERE (i.category, i.item_class, i.name, i.amount, i.first_pay, i.over_limit)
       IS DISTINCT FROM (excluded.category, excluded.item_class, excluded.name,
                         excluded.amount, excluded.first_pay, excluded.over_limit)
