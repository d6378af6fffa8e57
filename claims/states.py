"""Which move is possible from where. `check_move` raises, `can_move` asks the same table."""

from django.utils.translation import gettext_lazy as _

from claims.choices import WarningState

TRANSITIONS: dict[str, dict[str, frozenset[str]]] = {
    "warning": {
        WarningState.RAISED: frozenset({WarningState.VERIFIED, WarningState.DISMISSED}),
        WarningState.VERIFIED: frozenset({WarningState.HELPED, WarningState.DISMISSED}),
        WarningState.HELPED: frozenset({WarningState.CLOSED}),
        WarningState.CLOSED: frozenset({WarningState.RAISED}),
        WarningState.DISMISSED: frozenset({WarningState.RAISED}),
    },
}


class MoveRefused(Exception):
    """The case does not stand where this step starts."""

    def __init__(self, case: str, state: str, to: str) -> None:
        super().__init__(f"{case}: {state} -> {to}")
        self.message = _("This was changed meanwhile. Look at where it stands now and try again.")


def can_move(case: str, state: str, to: str) -> bool:
    return to in TRANSITIONS[case][state]


def check_move(case: str, state: str, to: str) -> None:
    """Raises MoveRefused unless the step is in the table."""
    if not can_move(case, state, to):
        raise MoveRefused(case, state, to)
