"""Which move of a report between the desks is possible from where."""

from core.base.states import StateTable
from healthaid.reports.models.reports import Filing

STATES = StateTable(
    {
        "report": {
            Filing.DRAFT: frozenset({Filing.SUBMITTED}),
            Filing.SUBMITTED: frozenset({Filing.RETURNED, Filing.APPROVED}),
            Filing.RETURNED: frozenset({Filing.SUBMITTED}),
            Filing.APPROVED: frozenset(),
        }
    }
)
