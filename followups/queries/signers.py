"""Who has to sign for whom, and why (DOMAIN B2): a rule with its reason."""

from datetime import date

from core.accounts.models import User
from core.base.periods import age_on
from followups.choices import GuardianReason, SignedBy
from households.models import Condition, Person

OF_AGE = 18
CANNOT_READ = "文盲"
DISORDER = "severe_mental_disorder"


def why_not_alone(user: User, person: Person, on: date) -> GuardianReason | None:
    """Why a person does not sign alone. A mental disorder is a reason only for those who may know of it:
    a refusal would tell the others."""
    if age_on(person.birth_date, on) < OF_AGE:
        return GuardianReason.MINOR
    ill = Condition.objects.visible_to(user).filter(person=person, disease__code=DISORDER, ended_on=None)
    if ill.exists():
        return GuardianReason.DISORDER
    return GuardianReason.ILLITERATE if CANNOT_READ in person.education else None


def ways_to_sign(reason: GuardianReason | None) -> tuple[SignedBy, ...]:
    """Which ways are open: a guardian must sign for a minor or a person with a mental disorder; who cannot
    read sets a thumbprint or has a guardian sign."""
    if reason is None:
        return (SignedBy.SELF, SignedBy.THUMBPRINT, SignedBy.GUARDIAN)
    if reason == GuardianReason.ILLITERATE:
        return (SignedBy.THUMBPRINT, SignedBy.GUARDIAN)
    return (SignedBy.GUARDIAN,)
