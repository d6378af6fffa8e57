"""Which move of a case is possible from where: one table, which services enforce and pages ask."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

Moves = Mapping[str, frozenset[str]]


class MoveRefused(Exception):
    """The case does not stand where this step starts."""

    def __init__(self, case: str, state: str, to: str) -> None:
        super().__init__(f"{case}: {state} -> {to}")
        self.message = _("This was changed meanwhile. Look at where it stands now and try again.")


class StateTable:
    """By kind of case and state: the states it may come to. `check_move` raises, `can_move` asks."""

    def __init__(self, transitions: Mapping[str, Moves]) -> None:
        self.transitions = transitions

    def can_move(self, case: str, state: str, to: str) -> bool:
        return to in self.transitions[case][state]

    def check_move(self, case: str, state: str, to: str) -> None:
        """Raises MoveRefused unless the step is in the table."""
        if not self.can_move(case, state, to):
            raise MoveRefused(case, state, to)

    def diagram(self, case: str) -> str:
        """The moves of one kind of case as a Mermaid state diagram; docs/states.md shows it."""
        moves = self.transitions[case].items()
        lines = [f"    {state} --> {to}" for state, steps in moves for to in sorted(steps)]
        return "\n".join(["stateDiagram-v2", *lines])
