"""Which move is possible from where. `check_move` raises, `can_move` asks the same table."""

from django.utils.translation import gettext_lazy as _

from followups.case_choices import Stage
from followups.choices import ContractState, DutyState, FeedbackState, NeedState, ReferralState

TRANSITIONS: dict[str, dict[str, frozenset[str]]] = {
    "contract": {
        ContractState.DRAFT: frozenset({ContractState.SIGNED}),
        ContractState.SIGNED: frozenset({ContractState.ENDED}),
        ContractState.ENDED: frozenset({ContractState.SIGNED}),
    },
    "feedback": {
        FeedbackState.OPEN: frozenset({FeedbackState.CLOSED}),
        FeedbackState.CLOSED: frozenset(),
    },
    "need": {
        NeedState.OPEN: frozenset({NeedState.IN_PROGRESS, NeedState.MET, NeedState.UNMET, NeedState.MERGED}),
        NeedState.IN_PROGRESS: frozenset({NeedState.MET, NeedState.UNMET, NeedState.MERGED}),
        NeedState.MET: frozenset({NeedState.IN_PROGRESS}),
        NeedState.UNMET: frozenset({NeedState.IN_PROGRESS}),
        NeedState.MERGED: frozenset(),
    },
    "referral": {
        ReferralState.SENT: frozenset(
            {
                ReferralState.ACCEPTED,
                ReferralState.DECLINED,
                ReferralState.ARRIVED,
                ReferralState.CANCELLED,
            }
        ),
        ReferralState.ACCEPTED: frozenset({ReferralState.ARRIVED, ReferralState.CANCELLED}),
        ReferralState.ARRIVED: frozenset({ReferralState.RETURNED}),
        ReferralState.DECLINED: frozenset(),
        ReferralState.RETURNED: frozenset(),
        ReferralState.CANCELLED: frozenset(),
    },
    "duty": {
        DutyState.OPEN: frozenset(
            {DutyState.DONE, DutyState.NOT_FOUND, DutyState.MISSED, DutyState.CANCELLED}
        ),
        DutyState.DONE: frozenset({DutyState.OPEN}),
        DutyState.NOT_FOUND: frozenset({DutyState.DONE}),
        DutyState.CANCELLED: frozenset({DutyState.OPEN}),
        DutyState.MISSED: frozenset(),
    },
    "case": {
        Stage.REGISTERED: frozenset({Stage.ASSIGNED}),
        Stage.ASSIGNED: frozenset({Stage.PLANNED}),
        Stage.PLANNED: frozenset({Stage.TREATING}),
        Stage.TREATING: frozenset({Stage.CLOSED}),
        Stage.CLOSED: frozenset(),
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


def diagram(case: str) -> str:
    """The table as a Mermaid state diagram; docs/states.md shows it and a test compares the two."""
    lines = [f"    {state} --> {to}" for state, steps in TRANSITIONS[case].items() for to in sorted(steps)]
    return "\n".join(["stateDiagram-v2", *lines])
