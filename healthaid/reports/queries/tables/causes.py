"""Why the registered households are poor, and who their members are, as they stood on the last day."""

from typing import Any

from core.base.sql import rows
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.indicators.facts.people import REGISTERED, RESIDENT
from healthaid.reports.queries.areas import below
from households.choices import Cause

UNKNOWN = "unknown"
# Completed years at which an age band begins.
BANDS = (0, 7, 18, 45, 60, 65, 80)
_CAUSES = f"""
SELECT coalesce(c.cause, '{UNKNOWN}'), count(*)::int, sum(n.members)::int,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM households_householdstatus t
            WHERE t.household_id = h.id AND t.standing = 'monitored' AND t.period @> %(on)s::date))::int
  FROM households_household h
  LEFT JOIN households_householdcause c
    ON c.household_id = h.id AND c.is_main AND c.period @> %(on)s::date
 CROSS JOIN LATERAL (SELECT count(*) AS members FROM households_person m
                      WHERE m.household_id = h.id AND m.birth_date <= %(on)s
                        AND (m.left_on IS NULL OR m.left_on > %(on)s)) n
 WHERE h.village_id = ANY(%(villages)s) AND {REGISTERED}
 GROUP BY 1
"""  # noqa: S608 - our own texts
_PEOPLE = f"""
SELECT width_bucket(date_part('year', age(%(on)s::date, p.birth_date)), %(bands)s::float8[])::int AS band,
       count(*)::int, count(*) FILTER (WHERE p.sex = '1')::int, count(*) FILTER (WHERE p.sex = '2')::int
  FROM households_person p JOIN households_household h ON h.id = p.household_id
 WHERE p.village_id = ANY(%(villages)s) AND {RESIDENT}
 GROUP BY 1
"""  # noqa: S608 - our own texts


def causes(asked: Asked) -> Counted:
    """Households and persons by main cause of the day, each as a pair with all of them; persons by age."""
    values = {"villages": list(below(asked.area).villages), "on": asked.last, "bands": list(BANDS)}
    found = {cause: counts for cause, *counts in rows(_CAUSES, values)}
    people = {band: counts for band, *counts in rows(_PEOPLE, values)}
    return {"tables": {"causes": _causes(found), "ages": _ages(people)}}


def _causes(found: dict[str, list[int]]) -> Counted:
    all_of = [sum(counts[at] for counts in found.values()) for at in range(3)]
    return {
        "rows": [
            {"code": cause, "figures": _shares(found.get(cause, [0, 0, 0]), all_of)}
            for cause in (*Cause.values, UNKNOWN)
            if cause in found or cause == Cause.ILLNESS
        ],
        "together": _shares(all_of, all_of),
    }


def _shares(counts: list[int], all_of: list[int]) -> dict[str, Any]:
    names = ("cause_households", "cause_persons", "cause_monitored")
    return {name: [part, whole] for name, part, whole in zip(names, counts, all_of, strict=True)}


def _ages(found: dict[int, list[int]]) -> Counted:
    all_of = [sum(counts[at] for counts in found.values()) for at in range(3)]
    rows_of = [(band, found.get(band, [0, 0, 0])) for band in range(1, len(BANDS) + 1)]
    return {
        "rows": [{"code": f"band{band}", "figures": _people(counts, all_of[0])} for band, counts in rows_of],
        "together": _people(all_of, all_of[0]),
    }


def _people(counts: list[int], whole: int) -> dict[str, Any]:
    every, men, women = counts
    return {"aged": [every, whole], "men": men, "women": women}
