from households.models.catalogues import Catalogue, CatalogueEntry
from households.models.causes import HouseholdCause
from households.models.family import Household, HouseholdStatus, Identity, Person
from households.models.health import Condition, Disease, Enrolment, Exam
from households.models.identification import IdentificationCase, IdentificationLetter, LetterLine, Opinion
from households.models.imports import ColumnMapping, ImportRow, RegisterImport
from households.models.monitoring import (
    MonitoringCase,
    MonitoringEscalation,
    MonitoringMeasure,
    MonitoringStep,
)
from households.models.records import BenefitUse, ExamCampaign, HealthClassPeriod, HealthRecord
from households.models.screening import Screening, ScreeningFinding, ScreeningRound

__all__ = [
    "BenefitUse",
    "Catalogue",
    "CatalogueEntry",
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
    "IdentificationCase",
    "IdentificationLetter",
    "Identity",
    "ImportRow",
    "LetterLine",
    "MonitoringCase",
    "MonitoringEscalation",
    "MonitoringMeasure",
    "MonitoringStep",
    "Opinion",
    "Person",
    "RegisterImport",
    "Screening",
    "ScreeningFinding",
    "ScreeningRound",
]
