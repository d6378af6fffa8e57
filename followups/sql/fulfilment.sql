-- Promised against done, item by item, together or for each team or village. Nobody's surplus hides another's
-- lack: `kept` and `kept_by_now` count no more than one person was promised.
/*promises*/
SELECT /*by*/ AS place, item, count(*)::int AS persons, sum(promised)::int AS promised, sum(due)::int AS due,
       sum(done)::int AS done, (sum(LEAST(done, promised)) FILTER (WHERE done IS NOT NULL))::int AS kept,
       (sum(LEAST(done, due)) FILTER (WHERE done IS NOT NULL))::int AS kept_by_now,
       count(*) FILTER (WHERE done < due)::int AS behind, count(*) FILTER (WHERE done > promised)::int AS over
  FROM counted GROUP BY 1, 2
