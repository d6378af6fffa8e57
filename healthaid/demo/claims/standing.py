"""What the register says of a county's people, as the rules of a policy ask for it."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from claims.policy.facts import Span
from claims.queries.facts.held import identities_sql
from healthaid.demo.claims.stays import Stay
from households.models import Disease

Spans = dict[int, tuple[Span, ...]]
_IDENTITIES = f"""
    SELECT a.person_id, i.kind, coalesce(lower(i.period), date '1900-01-01') AS starts_on, upper(i.period)
      FROM (SELECT id AS person_id, household_id FROM households_person WHERE county_id = %s) a
      JOIN households_household h ON h.id = a.household_id
     CROSS JOIN LATERAL ({identities_sql()}) i
     ORDER BY 1, 2, 3"""  # noqa: S608 - no value is joined in
_ENROLMENTS = """
    SELECT e.person_id, e.scheme, make_date(e.year, 1, 1), make_date(e.year + 1, 1, 1)
      FROM households_enrolment e JOIN households_person p ON p.id = e.person_id
     WHERE p.county_id = %s AND e.is_enrolled ORDER BY e.person_id, e.scheme, e.year"""
_CAUSES = """
    SELECT c.household_id, c.cause, coalesce(lower(c.period), date '1900-01-01'), upper(c.period)
      FROM households_householdcause c JOIN households_household h ON h.id = c.household_id
     WHERE h.county_id = %s ORDER BY c.household_id, c.cause, c.period"""
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
    causes: Spans
    ill: dict[int, tuple[tuple[str, date, date | None], ...]]
    catalogue: tuple[tuple[str, bool, tuple[str, ...]], ...]
    _of_code: dict[str, frozenset[str]] = field(default_factory=dict)

    def insured(self, stay: Stay) -> tuple[Span, ...]:
        """The enrolments of the years that a stay touches."""
        first, last = stay.admitted_on.year, (stay.discharged_on or stay.admitted_on).year
        held = self.enrolments.get(stay.patient.member.pk, ())
        return tuple(span for span in held if first <= span.starts_on.year <= last)

    def diseases(self, stay: Stay) -> frozenset[str]:
        """Codes of the catalogue that the person had during a stay, or that its diagnosis falls under."""
        had = {
            code
            for code, since, end in stay.patient.ill
            if since <= (stay.discharged_on or stay.admitted_on) and (end is None or end > stay.admitted_on)
        }
        found = had | self._under(stay.reason.icd10)
        hidden = set() if stay.reason.sensitive else {code for code, marked, _p in self.catalogue if marked}
        return frozenset(found - hidden)

    def _under(self, icd10: str) -> frozenset[str]:
        if icd10 not in self._of_code:
            found = (code for code, _marked, prefixes in self.catalogue if icd10.upper().startswith(prefixes))
            self._of_code[icd10] = frozenset(found)
        return self._of_code[icd10]


def standings_of(county: int) -> Standings:
    return Standings(
        identities=_spans(_IDENTITIES, county),
        enrolments=_spans(_ENROLMENTS, county),
        causes=_spans(_CAUSES, county),
        ill={person: tuple(listed) for person, listed in _listed(_CONDITIONS, county).items()},
        catalogue=tuple(
            (code, marked, tuple(prefixes))
            for code, marked, prefixes in Disease.objects.values_list(
                "code", "is_sensitive", "icd10_prefixes"
            )
        ),
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
