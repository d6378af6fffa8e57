from followups.models.contracts import Contract, Team, TeamMember
from followups.models.devices import Device
from followups.models.duties import Attempt, Duty, Escalation
from followups.models.needs import Need, NeedStep
from followups.models.visits import Conflict, Submission, Visit

__all__ = [
    "Attempt",
    "Conflict",
    "Contract",
    "Device",
    "Duty",
    "Escalation",
    "Need",
    "NeedStep",
    "Submission",
    "Team",
    "TeamMember",
    "Visit",
]
