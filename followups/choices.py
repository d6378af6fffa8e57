"""Code tables of the work: who is in a team, what becomes of a duty, a visit, a need."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Slot(models.TextChoices):
    """Role slots of a 1+1+X team; what each 1 means is the county's choice, the leader is always a GP."""

    LEADER = "leader", _("team leader (general practitioner)")
    NURSE = "nurse", _("nurse")
    VILLAGE_DOCTOR = "village_doctor", _("village doctor")
    PUBLIC_HEALTH = "public_health", _("public health doctor")
    SPECIALIST = "specialist", _("specialist")
    CADRE = "cadre", _("village cadre")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")


class ContractStanding(models.TextChoices):
    """草稿、待生效、生效、到期、续签、解约、转签: told from state, period and what follows; never stored."""

    DRAFT = "draft", _("draft, not signed yet")
    AHEAD = "ahead", _("signed, not begun")
    IN_FORCE = "in_force", _("in force")
    EXPIRED = "expired", _("expired")
    RENEWED = "renewed", _("renewed")
    CHANGED_TEAM = "changed_team", _("changed to another team")
    ENDED = "ended", _("ended early")


class SignedBy(models.TextChoices):
    SELF = "self", _("the person")
    GUARDIAN = "guardian", _("guardian")
    THUMBPRINT = "thumbprint", _("the person, by thumbprint")


class RenewalObstacle(models.TextChoices):
    """Why a contract cannot simply be renewed, with what to do instead."""

    ENDED = "ended", _("the contract was ended early: sign a new one")
    LEFT = "left", _("the person has died or left the register")
    TEAM_CLOSED = "team_closed", _("the team has been closed: move the contract to another team")
    NOT_SERVED = "not_served", _("the team no longer serves the village: move the contract to another team")
    LATER = "later", _("there is a later contract already")
    OF_AGE = "of_age", _("has come of age: signs for himself or herself now")
    NEEDS_GUARDIAN = "needs_guardian", _("a guardian has to sign")


class Uncovered(models.TextChoices):
    """Why nobody looks after a person."""

    NO_CONTRACT = "no_contract", _("no valid contract")
    TEAM_CLOSED = "team_closed", _("the team has been closed")
    NO_LEADER = "no_leader", _("the team has no leader")
    LEADER_UNLICENSED = "leader_unlicensed", _("the team leader has no valid licence")
    NO_DOCTOR = "no_doctor", _("no licensed doctor in the village")


class GuardianReason(models.TextChoices):
    """Why a person does not sign alone."""

    MINOR = "minor", _("not of age yet")
    DISORDER = "disorder", _("severe mental disorder on record")
    ILLITERATE = "illiterate", _("cannot read")


class SignerRelation(models.TextChoices):
    """What a guardian is to the person: near relatives in the order of the Civil Code, then the committee."""

    SPOUSE = "spouse", _("husband or wife")
    PARENT = "parent", _("father or mother")
    CHILD = "child", _("son or daughter")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("brother or sister of age")
    RELATIVE = "relative", _("other relative")
    COMMITTEE = "committee", _("village committee")


class FeedbackKind(models.TextChoices):
    PRAISE = "praise", _("praise")
    COMPLAINT = "complaint", _("complaint")
    SUGGESTION = "suggestion", _("suggestion")


class FeedbackChannel(models.TextChoices):
    VISIT = "visit", _("told during a visit")
    PHONE = "phone", _("by phone")
    LETTER = "letter", _("letter or silk banner")
    BOX = "box", _("suggestion box")


class FeedbackState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    CLOSED = "closed", _("answered and closed")


class DutyState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    NOT_FOUND = "not_found", _("closed: not found three times")
    MISSED = "missed", _("missed: the window is long past")
    CANCELLED = "cancelled", _("cancelled")


class Risk(models.IntegerChoices):
    """Order on the doctor's list; the higher, the sooner."""

    ROUTINE = 1, _("routine")
    RAISED = 2, _("raised")
    HIGH = 3, _("high")
    URGENT = 4, _("urgent")


class Mode(models.TextChoices):
    """随访方式; only clinic and home are face to face. National value set CV06.00.207."""

    CLINIC = "1", _("at the clinic")
    HOME = "2", _("at home")
    PHONE = "3", _("by phone")


class NotFoundReason(models.TextChoices):
    """失访原因 of the national forms, and the plain one of a closed door."""

    AWAY_WORKING = "1", _("away for work")
    MOVED = "2", _("moved elsewhere")
    MISSING = "3", _("missing")
    NO_SHOW = "4", _("did not come three times")
    OTHER = "5", _("other")
    NOT_AT_HOME = "6", _("nobody at home today")


class NotFoundStep(models.TextChoices):
    """What follows when nobody could be found so many times."""

    CLOSE = "close", _("closed; the team leader finds out where they are")
    ESCALATE = "escalate", _("closed, and the township is told")
    REPORT = "report", _("closed, and reported to the county")


class Rung(models.TextChoices):
    """The ladder: who is told next when a visit stays away, a need is not met, a referral not answered."""

    OWNER = "owner", _("whoever sees to it")
    LEADER = "leader", _("team leader")
    TOWNSHIP = "township", pgettext_lazy("rung", "township")
    COUNTY = "county", pgettext_lazy("rung", "county")


class EscalationCause(models.TextChoices):
    OVERDUE = "overdue", _("overdue")
    NOT_FOUND = "not_found", _("not found")


class ReferralCause(models.TextChoices):
    """Why a referral climbs the ladder."""

    UNANSWERED = "unanswered", _("no answer from the hospital")
    UNCHECKED = "unchecked", _("not asked after within two weeks")


class PlanChangeReason(models.TextChoices):
    ASKED = "asked", _("the family asked for another day")
    AWAY = "away", _("the person is away for some days")
    WEATHER = "weather", _("weather or road")
    DOCTOR = "doctor", _("the doctor is busy elsewhere")
    TRIP = "trip", _("to make one trip of it")
    OTHER = "other", _("other")


class Tier(models.TextChoices):
    """The three levels of doctors who answer for a person (DOMAIN A64-A67)."""

    VILLAGE = "village", _("village doctor")
    TOWNSHIP = "township", _("township doctor")
    COUNTY = "county", _("county doctor")


class NeedKind(models.TextChoices):
    MEDICINE = "medicine", _("medicine")
    HOSPITAL = "hospital", _("hospital care or referral")
    COST = "cost", _("cannot afford treatment")
    INSURANCE = "insurance", _("insurance or reimbursement paperwork")
    DEVICE = "device", _("aid or device")
    NURSING = "nursing", _("nursing at home")
    WELFARE = "welfare", _("allowance or welfare")
    EARLY = "early", _("early intervention")
    SUSPECTED = "suspected", _("suspected disease to be examined")
    OTHER = "other", _("other")


class NeedState(models.TextChoices):
    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("in progress")
    MET = "met", _("met")
    UNMET = "unmet", _("could not be met")
    MERGED = "merged", _("noted twice, followed up elsewhere")


class StepKind(models.TextChoices):
    """What a line of a need's log tells."""

    RAISED = "raised", _("need noted")
    NOTE = "note", _("something else was done")
    HOME = "home", _("saw the person at home")
    HOSPITAL = "hospital", _("visited the person in hospital")
    INSURER = "insurer", _("spoke to the insurer")
    MONEY = "money", _("aid or reimbursement")
    TASK = "task", _("paperwork done")
    REFERRAL = "referral", _("referral")
    HANDED_ON = "handed_on", _("passed on")
    POSTPONED = "postponed", _("new date agreed")
    REOPENED = "reopened", _("taken up again")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("joined with another need")


class WordMissing(models.TextChoices):
    """Why a need is closed without the person's own word."""

    NOT_REACHED = "not_reached", _("could not be reached")
    UNABLE = "unable", _("cannot speak for themselves, and nobody can for them")
    DECLINED = "declined", _("did not want to say")
    DIED = "died", _("has died")
    BY_RESULT = "by_result", _("closed by the result of the screening")


class Urgency(models.TextChoices):
    ROUTINE = "routine", _("routine")
    URGENT = "urgent", _("soon, within days")
    EMERGENCY = "emergency", _("emergency, at once")


class ReferralState(models.TextChoices):
    SENT = "sent", _("waiting for the hospital")
    ACCEPTED = "accepted", _("accepted, to go")
    DECLINED = "declined", _("declined by the hospital")
    ARRIVED = "arrived", _("at the hospital")
    RETURNED = "returned", _("back, with result")
    CANCELLED = "cancelled", _("called off")


class PriorityKind(models.TextChoices):
    """三优先: what a registered person gets before others."""

    REGISTRATION = "registration", _("registration and consultation")
    EXAMINATION = "examination", _("examination")
    ADMISSION = "admission", _("admission to a ward")


class ReferralResult(models.TextChoices):
    CURED = "cured", _("treated, back home")
    IMPROVED = "improved", _("better, goes on with treatment at home")
    NO_CHANGE = "no_change", _("unchanged")
    MOVED_UP = "moved_up", _("sent on to a higher hospital")
    REFUSED = "refused", _("did not want treatment")
    DIED = "died", _("died")


class CheckResult(models.TextChoices):
    """What the doctor found when asking after a referral within two weeks."""

    TREATED = "treated", _("went and was treated")
    WAITING = "waiting", _("went, is waiting for an appointment or a bed")
    IN_HOSPITAL = "in_hospital", _("is in hospital")
    COST = "cost", _("did not go because of the cost")
    DID_NOT_GO = "did_not_go", _("did not go")
    NOT_REACHED = "not_reached", _("could not be reached")


class SubmissionState(models.TextChoices):
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    CONFLICT = "conflict", _("conflict")
