from followups.models.care import CarePlan, CaseAssignment, PlanSignature, Treatment
from followups.models.cases import CaseClosing, CaseStep, MajorCase
from followups.models.climbing import Escalation, NeedEscalation, ReferralEscalation
from followups.models.contracts import Contract, ContractMove, Team, TeamMember
from followups.models.devices import Device
from followups.models.duties import Attempt, Duty, PlanChange
from followups.models.feedback import Feedback
from followups.models.needs import Need, NeedStep, NeedTask
from followups.models.outings import Pairing, TeamReturn
from followups.models.papers import CasePaper, ContractPaper, KeptPaper, NeedPhotograph, ReferralPaper
from followups.models.referrals import PriorityService, Referral
from followups.models.screening import ScreeningDay, ScreeningResult
from followups.models.visits import Conflict, Submission, Visit

__all__ = [
    "Attempt",
    "CarePlan",
    "CaseAssignment",
    "CaseClosing",
    "CasePaper",
    "CaseStep",
    "Conflict",
    "Contract",
    "ContractMove",
    "ContractPaper",
    "Device",
    "Duty",
    "Escalation",
    "Feedback",
    "KeptPaper",
    "MajorCase",
    "Need",
    "NeedEscalation",
    "NeedPhotograph",
    "NeedStep",
    "NeedTask",
    "Pairing",
    "PlanChange",
    "PlanSignature",
    "PriorityService",
    "Referral",
    "ReferralEscalation",
    "ReferralPaper",
    "ScreeningDay",
    "ScreeningResult",
    "Submission",
    "Team",
    "TeamMember",
    "TeamReturn",
    "Treatment",
    "Visit",
]
