"""Visits: received first, judged then; never overwritten, never lost."""

from followups.services.visits.needs import show_need
from followups.services.visits.receipt import FieldProblem, VisitReceipt
from followups.services.visits.recording import amend_visit, record_visit

__all__ = ["FieldProblem", "VisitReceipt", "amend_visit", "record_visit", "show_need"]
