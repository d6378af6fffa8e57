"""Which move of a registry case is possible from where. docs/states.md shows the diagrams."""

from core.base.states import StateTable

STATES = StateTable(
    {
        "identification": {
            "open": frozenset({"open", "returned", "confirmed", "rejected"}),
            "returned": frozenset({"open", "returned", "rejected"}),
            "confirmed": frozenset(),
            "rejected": frozenset(),
        },
    }
)
