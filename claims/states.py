"""Which move of a case is possible from where."""

from claims.choices import WarningState
from core.base.states import StateTable

STATES = StateTable(
    {
        "warning": {
            WarningState.RAISED: frozenset({WarningState.VERIFIED, WarningState.DISMISSED}),
            WarningState.VERIFIED: frozenset({WarningState.HELPED, WarningState.DISMISSED}),
            WarningState.HELPED: frozenset({WarningState.CLOSED}),
            WarningState.CLOSED: frozenset({WarningState.RAISED}),
            WarningState.DISMISSED: frozenset({WarningState.RAISED}),
        },
    }
)
