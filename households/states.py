"""Which move of a registry case is possible from where. docs/states.md shows the diagrams."""

from core.base.states import StateTable
from households.choices import MonitoringState

STATES = StateTable(
    {
        "identification": {
            "open": frozenset({"open", "returned", "confirmed", "rejected"}),
            "returned": frozenset({"open", "returned", "rejected"}),
            "confirmed": frozenset(),
            "rejected": frozenset(),
        },
        "monitoring": {
            MonitoringState.FOUND: frozenset(
                {MonitoringState.VERIFIED, MonitoringState.DISMISSED, MonitoringState.LEFT}
            ),
            MonitoringState.VERIFIED: frozenset({MonitoringState.HELPED, MonitoringState.LEFT}),
            MonitoringState.HELPED: frozenset({MonitoringState.ASKED, MonitoringState.LEFT}),
            MonitoringState.ASKED: frozenset(
                {MonitoringState.REMOVED, MonitoringState.HELPED, MonitoringState.LEFT}
            ),
            MonitoringState.REMOVED: frozenset(),
            MonitoringState.DISMISSED: frozenset(),
            MonitoringState.LEFT: frozenset(),
        },
    }
)
