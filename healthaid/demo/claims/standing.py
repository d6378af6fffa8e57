"""What the register says of a county's people, as the rules of a policy ask for it."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from claims.policy.facts import Span

Spans = dict[int, tuple[Span, ...]]
_IDENTITIES = """
    SELECT i.person_id, i.kind, lower(i.period), upper(i.period)
      FROM households_identity i JOIN households_person p ON p.id = i.person_id
     WHERE p.county_id = %s ORDER BY i.person_id, i.kind, i.period"""
_ENROLMENTS = """
    SELECT e.person_id, e.scheme, make_date(e.year, 1, 1), make_date(e.year + 1, 1, 1)
      FROM households_enrolment e JOIN households_person p ON p.id = e.person_id
     WHERE p.county_id = %s AND e.is_enrolled ORDER BY e.person_id, e.scheme, e.year"""
_CONDITIONS = """
    SELECT c.person_id, d.code, c.confirmed_on, c.ended_on
      FROM households_condition c JOIN households_person p ON p.id = c.person_id
      JOIN households_disease d ON d.id = c.disease_id
     WHERE p.county_id = %s ORDER BY c.person_id, d.code"""


@dataclass(frozen=True, slots=True)
class Standings:
    """Identities, enrolments and illnesses by person, causes of poverty by household."""

    identities: Spans
    enrolments: Spans
    ill: dict[int, tuple[tuple[str, date, date | None], ...]]
    causes: Spans = field(default_factory=dict)


def standings_of(county: int) -> Standings:
    return Standings(
        identities=_spans(_IDENTITIES, county),
        enrolments=_spans(_ENROLMENTS, county),
        ill={person: tuple(listed) for person, listed in _listed(_CONDITIONS, county).items()},
    )


def _spans(statement: str, county: int) -> Spans:
    found = _listed(statement, county)
    return {key: tuple(Span(*each) for each in listed) for key, listed in found.items()}


def _listed(statement: str, county: int) -> dict[int, list[tuple[str, date, date | None]]]:
    found: dict[int, list[tuple[str, date, date | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [county])
        for key, *each in cursor:
            found.setdefault(key, []).append((each[0], each[1], each[2]))
    return found
