"""Pages of a feed: one statement gives rows as finished JSON, tombstones beside them, and the next place.

A feed is ordered by the transaction that last changed a row. Only transactions older than every running one
of this database are shown: a row committed late has a lower number than rows already there, and would be
skipped by a client that had been shown those. The price: a row appears when the oldest transaction of its
time has ended."""

# ruff: noqa: S608 - statements are joined from constants of this package; values travel as parameters

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from psycopg.types.numeric import Int8

from core.accounts.tokens import Caller
from core.base.sql import one
from healthaid.api.cursors import Place
from healthaid.api.filters import TODAY
from healthaid.api.resources.base import BEHIND_ALL, Resource, scope_parameters

# The first transaction that may still gain rows here. One that is seen to run in another database cannot.
# The inner array is only made when some transaction is running at all.
SETTLING = """
    SELECT coalesce(min(x.xid), pg_snapshot_xmax(pg_current_snapshot()))::text::bigint AS xid
      FROM pg_snapshot_xip(pg_current_snapshot()) AS x(xid)
     WHERE x.xid::xid <> ALL (ARRAY(
           SELECT a.backend_xid FROM pg_stat_activity a
            WHERE a.backend_xid IS NOT NULL
              AND a.datid <> (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())))"""
WITH_SETTLED = f"WITH settled AS MATERIALIZED ({SETTLING})"
SETTLED = "(SELECT xid FROM settled)"
AREA_FILTERS = ("village", "township")


@dataclass(frozen=True, slots=True)
class Question:
    """What a client asked of a list."""

    caller: Caller
    on: date
    size: int
    revealed: bool = False
    after: Place | None = None
    since: datetime | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wants_tombstones(self) -> bool:
        return self.after is not None or self.since is not None

    def parameters(self, resource: Resource) -> dict[str, Any]:
        place = self.after or Place(0, resource.first_key, 0, 0)
        return {
            **scope_parameters(self.caller),
            **self.values,
            TODAY: self.on,
            "since": self.since,
            "xid": Int8(place.xid),
            "key": Int8(place.key) if isinstance(place.key, int) else place.key,
            "gone_xid": Int8(place.gone_xid),
            "gone_id": Int8(place.gone_id),
        }


@dataclass(frozen=True, slots=True)
class Page:
    rows: str
    count: int
    tombstones: str
    place: Place
    full: bool


def page(resource: Resource, question: Question) -> Page:
    """The next page after the question's place. Its own place is the last of what it shows."""
    found = one(page_statement(resource, question), question.parameters(resource))
    assert found  # noqa: S101 - aggregates without GROUP BY always give one row
    return _page(resource, question, *found)


def _page(
    resource: Resource,
    question: Question,
    rows: str | None,
    count: int,
    xid: int | None,
    key: Any,
    settled: int,
    gone: str | None = None,
    gone_count: int = 0,
    gone_xid: int | None = None,
    gone_id: int | None = None,
) -> Page:
    before = question.after or _start(resource, question, settled)
    place = Place(
        xid=before.xid if xid is None else xid,
        key=before.key if key is None else (key if isinstance(key, int) else str(key)),
        gone_xid=before.gone_xid if gone_xid is None else gone_xid,
        gone_id=before.gone_id if gone_id is None else gone_id,
    )
    return Page(rows or "", count, gone or "", place, question.size in (count, gone_count))


def _start(resource: Resource, question: Question, settled: int) -> Place:
    """Who pulls everything needs no tombstones of earlier times."""
    earlier = (0, 0) if question.since else (settled - 1, BEHIND_ALL)
    return Place(0, resource.first_key, *earlier)


def page_statement(resource: Resource, question: Question) -> str:
    rows = f"""
        SELECT string_agg(row_to_json(r)::text, ',') AS rows, count(*) AS count,
               (array_agg(t.changed_xid))[count(*)] AS xid, (array_agg(t.{resource.key}))[count(*)] AS key,
               {SETTLED} AS settled
          FROM ({_slice(resource, question)}) t
          CROSS JOIN LATERAL (SELECT {resource.columns(revealed=question.revealed)}) r"""
    if not (resource.kind and question.wants_tombstones):
        return f"{WITH_SETTLED} {rows}"
    return f"{WITH_SETTLED} SELECT * FROM ({rows}) found, ({_tombstones(resource, question)}) gone"


def _slice(resource: Resource, question: Question) -> str:
    """The rows of one page, in order; of several counties each is read from its own index range."""
    ordered = f"ORDER BY t.changed_xid, t.{resource.key} LIMIT {question.size:d}"
    narrowed = "".join(f" AND {condition}" for condition in question.conditions.values())
    if question.after:
        narrowed += f" AND (t.changed_xid, t.{resource.key}) > (%(xid)s, %(key)s)"
    if question.since:
        narrowed += " AND t.updated_at >= %(since)s"
    visible = resource.visible(question.caller)
    several = len(question.caller.counties) > 1 and not resource.by_area_tree
    if several:
        visible = visible.replace("ANY(%(counties)s::bigint[])", "k.county")
    shown = f"{visible} AND t.changed_xid < {SETTLED}{narrowed}"
    inner = f"SELECT t.* FROM {resource.table} t WHERE {shown} {ordered}"
    if not several:
        return inner
    return (
        f"SELECT t.* FROM unnest(%(counties)s::bigint[]) k(county) CROSS JOIN LATERAL ({inner}) t {ordered}"
    )


def _tombstones(resource: Resource, question: Question) -> str:
    """What a copy must drop: rows that were removed or moved, and are not in the caller's area now."""
    narrowed = "".join(f" AND {sql}" for name, sql in question.conditions.items() if name in AREA_FILTERS)
    since = " AND t.at >= %(since)s" if question.since else ""
    key_type = "uuid" if resource.public_key == "uuid" else "bigint"
    return f"""
        SELECT string_agg(row_to_json(r)::text, ',') AS gone, count(*) AS gone_count,
               (array_agg(t.changed_xid))[count(*)] AS gone_xid, (array_agg(t.id))[count(*)] AS gone_id
          FROM (SELECT t.* FROM audit_tombstone t
                 WHERE t.kind = '{resource.kind}' AND {resource.in_area(question.caller)}{narrowed}{since}
                   AND t.changed_xid < {SETTLED} AND (t.changed_xid, t.id) > (%(gone_xid)s, %(gone_id)s)
                   AND NOT EXISTS (SELECT FROM {resource.table} n
                                    WHERE n.{resource.public_key} = t.key::{key_type}
                                      AND {resource.in_area(question.caller, "n")}
                                      {narrowed.replace("t.village_id", "n.village_id")})
                 ORDER BY t.changed_xid, t.id LIMIT {question.size:d}) t
          CROSS JOIN LATERAL (SELECT t.key AS id, t.reason, t.at) r"""


def record(resource: Resource, key: Any, caller: Caller, *, on: date, revealed: bool = False) -> str | None:
    """The whole record of one row as JSON, or None where there is none in the caller's area."""
    statement = f"""
        SELECT row_to_json(r)::text FROM {resource.table} t
          CROSS JOIN LATERAL (SELECT {resource.record(revealed=revealed)}) r
         WHERE {resource.named} AND {resource.visible(caller)}"""
    found = one(statement, {**scope_parameters(caller), TODAY: on, "id": key})
    return found[0] if found else None
