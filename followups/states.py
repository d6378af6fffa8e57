"""Which move of a case is possible from where."""

from core.base.states import StateTable
from followups.case_choices import Stage
from followups.choices import ContractState, DutyState, FeedbackState, NeedState, ReferralState

STATES = StateTable(
    {
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
            NeedState.OPEN: frozenset(
                {NeedState.IN_PROGRESS, NeedState.MET, NeedState.UNMET, NeedState.MERGED}
            ),
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
)
