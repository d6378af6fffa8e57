"""How PostgreSQL reads a page: which tables through which indexes. Used by the tests and by the report."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

from healthaid.api.feeds import Question, page_statement
from healthaid.api.resources.base import Resource


@dataclass(frozen=True)
class Plan:
    """`read` are (table, index or ''), '' where the whole table is read; `milliseconds` of one execution."""

    read: list[tuple[str, str]]
    milliseconds: float
    shared_blocks: int

    def index_of(self, table: str) -> set[str]:
        return {index for name, index in self.read if name == table}


def plan_of(resource: Resource, question: Question) -> Plan:
    connection.ensure_connection()
    with psycopg.ClientCursor(connection.connection) as cursor:
        statement = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {page_statement(resource, question)}"
        cursor.execute(statement, question.parameters(resource))
        (found,) = cursor.fetchone()
    top = (json.loads(found) if isinstance(found, str) else found)[0]
    blocks = top["Plan"]["Shared Hit Blocks"] + top["Plan"]["Shared Read Blocks"]
    return Plan(list(_reads(top["Plan"])), top["Execution Time"], blocks)


def _reads(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if node["Node Type"] == "Bitmap Heap Scan":
        yield from ((node["Relation Name"], index) for index in _bitmaps(node))
    elif "Relation Name" in node:
        yield node["Relation Name"], node.get("Index Name", "")
    for inner in node.get("Plans", []):
        yield from _reads(inner)


def _bitmaps(node: dict[str, Any]) -> Iterator[str]:
    for inner in node.get("Plans", []):
        if inner["Node Type"] == "Bitmap Index Scan":
            yield inner["Index Name"]
        else:
            yield from _bitmaps(inner)
