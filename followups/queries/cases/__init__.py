"""Cases of major disease as they are read: lists, one case, who answers for them, the figures."""

from followups.queries.cases.doctors import doctors_of, responsible_doctor
from followups.queries.cases.facts import CASES_SQL
from followups.queries.cases.reading import case_counts, cases, cases_of_person, get_case, to_approve, to_sign

__all__ = [
    "CASES_SQL",
    "case_counts",
    "cases",
    "cases_of_person",
    "doctors_of",
    "get_case",
    "responsible_doctor",
    "to_approve",
    "to_sign",
]
