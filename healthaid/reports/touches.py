"""Which areas' figures a change concerns, where the changed row is in no feed: triggers that leave a mark.

Rows of the feeds carry their village and are found by their transaction; contracts, conditions and
enrolments touch their person. Whatever else an indicator reads is watched; a test holds the list whole."""

from django.db.migrations import RunSQL

FEEDS = {
    "households_household": "household",
    "households_person": "person",
    "followups_visit": "visit",
    "followups_duty": "duty",
    "followups_need": "need",
    "followups_referral": "referral",
    "followups_majorcase": "case",
    "claims_admission": "admission",
    "claims_settlement": "settlement",
}
"""Tables that are found by county and transaction, with the kind of their tombstones."""

# When a row changes, it is the old and the new one that say where.
_EVENTS = {
    "on_insert": "INSERT ON {table} REFERENCING NEW TABLE AS changed",
    "on_delete": "DELETE ON {table} REFERENCING OLD TABLE AS changed",
    "before_update": "UPDATE ON {table} REFERENCING OLD TABLE AS changed",
    "after_update": "UPDATE ON {table} REFERENCING NEW TABLE AS changed",
}

_MARKS = """CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM ({areas}) x (id);
    RETURN NULL;
END $$"""


def touch(table: str, areas: str) -> RunSQL:
    """For a migration: each statement that changes the table marks the areas that `areas` selects.

    `areas` is a SELECT of one column (area ids, NULL for everywhere) from `changed`, the rows changed."""
    function = f"touch_by_{table}"
    made = [
        _MARKS.format(function=function, areas=areas),
        *(
            f"CREATE TRIGGER touch_{name} AFTER {event.format(table=table)} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for name, event in _EVENTS.items()
        ),
    ]
    gone = [*(f"DROP TRIGGER touch_{name} ON {table}" for name in _EVENTS), f"DROP FUNCTION {function}()"]
    return RunSQL("; ".join(made), "; ".join(gone))


def of_household(column: str = "village_id") -> str:
    return f"SELECT h.{column} FROM changed c JOIN households_household h ON h.id = c.household_id"  # noqa: S608 - our own names


def of_parent(table: str, key: str) -> str:
    """The village of the row that a changed row belongs to."""
    return f"SELECT p.village_id FROM changed c JOIN {table} p ON p.id = c.{key}"  # noqa: S608 - our own names


OWN = "SELECT village_id FROM changed"
EVERYWHERE = "SELECT NULL::bigint FROM changed"


_OF_FEED = """
    SELECT t.village_id, t.changed_xid FROM {table} t
     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid"""
_GONE = f"""
    SELECT t.village_id, t.changed_xid FROM audit_tombstone t
     WHERE t.kind IN ({", ".join(f"'{kind}'" for kind in FEEDS.values())})
       AND t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid"""  # noqa: S608 - our own names
_TOUCHED = """
    SELECT v.id, t.changed_xid FROM reports_touched t
      JOIN accounts_area v ON v.county_id = s.county_id AND v.level = 'village'
           AND (t.area_id IS NULL OR v.ancestors @> ARRAY[t.area_id])
     WHERE t.changed_xid >= s.oldest_xid"""
# An area that comes, goes or moves changes sums that its villages know nothing of.
_TREE = """
    SELECT v.id, t.changed_xid FROM accounts_area t
      JOIN accounts_area v ON v.county_id = s.county_id AND v.level = 'village'
     WHERE t.changed_xid >= s.oldest_xid"""
_SOURCES = "\n    UNION ALL".join([*(_OF_FEED.format(table=each) for each in FEEDS), _GONE, _TOUCHED, _TREE])

# Bound into a function, because a planner that does not know the transaction takes a third of every table for
# changed and reads it whole; here it is told to use the indexes, once for each connection.
CHANGED = f"""
CREATE OR REPLACE FUNCTION reports_changed(counties bigint[], day date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE
SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off SET jit TO off
AS $$ BEGIN RETURN QUERY
SELECT DISTINCT x.village_id
  FROM reports_summaryhorizon s CROSS JOIN LATERAL ({_SOURCES}) x
  LEFT JOIN reports_summary k ON k.area_id = x.village_id AND k.sees_sensitive
                             AND k.month = date_trunc('month', day)::date
 WHERE s.county_id = ANY(counties)
   AND NOT pg_visible_in_snapshot(x.changed_xid::text::xid8, s.snapshot::pg_snapshot)
   AND NOT pg_visible_in_snapshot(x.changed_xid::text::xid8, coalesce(k.snapshot, s.snapshot)::pg_snapshot);
END $$"""  # noqa: S608 - our own texts


def changed_function() -> RunSQL:
    """For a migration, whenever FEEDS has changed."""
    return RunSQL(CHANGED, "DROP FUNCTION IF EXISTS reports_changed(bigint[], date)")
