from households.models.causes import HouseholdCause
from households.models.family import Household, HouseholdStatus, Identity, Person
from households.models.health import Condition, Disease, Enrolment, Exam
from households.models.imports import ColumnMapping, ImportRow, RegisterImport
from households.models.records import BenefitUse, ExamCampaign, HealthClassPeriod, HealthRecord

__all__ = [
    "BenefitUse",
    "ColumnMapping",
    "Condition",
    "Disease",
    "Enrolment",
    "Exam",
    "ExamCampaign",
    "HealthClassPeriod",
    "HealthRecord",
    "Household",
    "HouseholdCause",
    "HouseholdStatus",
    "Identity",
    "ImportRow",
    "Person",
    "RegisterImport",
]
