"""Which move of a task is possible from where."""

from core.base.states import StateTable
from healthaid.outreach.choices import ActionState

STATES = StateTable(
    {
        "action": {
            ActionState.OPEN: frozenset({ActionState.DONE, ActionState.DROPPED}),
            ActionState.DONE: frozenset({ActionState.OPEN}),
            ActionState.DROPPED: frozenset({ActionState.OPEN}),
        },
    }
)
