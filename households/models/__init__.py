from households.models.causes import HouseholdCause
from households.models.family import Household, HouseholdStatus, Identity, Person
from households.models.health import Condition, Disease, Enrolment, Exam
from households.models.imports import ColumnMapping, ImportRow, RegisterImport

__all__ = [
    "ColumnMapping",
    "Condition",
    "Disease",
    "Enrolment",
    "Exam",
    "Household",
    "HouseholdCause",
    "HouseholdStatus",
    "Identity",
    "ImportRow",
    "Person",
    "RegisterImport",
]
