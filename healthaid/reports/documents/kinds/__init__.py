"""Every kind of report that offices file (DOMAIN B6.1), defined once."""

from healthaid.reports.documents.kinds.areas import CONTRACT_PROGRESS, MONTHLY
from healthaid.reports.documents.kinds.clinics import CLINICS
from healthaid.reports.documents.kinds.money import CARE, LAYERS, PAYERS
from healthaid.reports.documents.kinds.people import CAUSES
from healthaid.reports.documents.kinds.persons import HELP
from healthaid.reports.documents.model import Kind

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (MONTHLY, CONTRACT_PROGRESS, LAYERS, CARE, PAYERS, CAUSES, CLINICS, HELP)
}

__all__ = ["KINDS"]
