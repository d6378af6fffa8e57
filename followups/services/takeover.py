"""A visit refused because its household had moved is counted where the household lives now."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.roles import DOCTORS, Role
from followups.choices import SubmissionState
from followups.models import Submission
from followups.queries.takeover import lives_now, waits_for_takeover
from followups.queries.teams import user_in_charge
from followups.queries.visits import came_in_on
from followups.services.conflicts import may_decide
from followups.services.sync import judge_waiting
from followups.services.visits import VisitReceipt
from followups.services.visits.entry import read_entry
from followups.services.visits.recording import judged
from households.models import Person


def take_over(*, submission: Submission, by: User, at: datetime, on: date) -> VisitReceipt:
    """This will judge the kept body again, as a visit of the doctor of the area the household moved to.

    That is the user, where the user is a doctor; else the doctor of the village, or the team's leader. The
    body, its number and its day stay as they came; the submission keeps who sent it and who took it over.
    Where the form finds fault with it, it stays refused, with the new reasons.

    :raises PermissionDenied: for who may not decide about records, or works in another area.
    :raises ValidationError: where it was taken over or mended meanwhile.
    """
    check(by, "decide_conflict")
    if not may_decide(by):
        raise PermissionDenied("decide_conflict")
    subject = lives_now(by, submission)
    if subject is None:
        raise PermissionDenied("decide_conflict")
    doctor = _doctor(subject.village, subject if isinstance(subject, Person) else None, by, on)
    _mark(submission, by, at)
    receipt = judged(
        entry=read_entry(submission.body),
        submission=submission.pk,
        by=doctor,
        received_on=came_in_on(submission),
        may_wait=False,
    )
    judge_waiting(number=submission.client_id)
    return receipt


def _mark(submission: Submission, by: User, at: datetime) -> None:
    with transaction.atomic():
        held = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if held.state != SubmissionState.REFUSED or not waits_for_takeover().filter(pk=held.pk).exists():
            raise ValidationError(_("This record was settled meanwhile."))
        held.taken_over_by, held.taken_over_at = by, at
        held.save(update_fields=["taken_over_by", "taken_over_at"])


def _doctor(village: Area, person: Person | None, by: User, on: date) -> User:
    """In whose name it is judged."""
    if by.role in DOCTORS:
        return by
    own: User | None = User.objects.filter(role=Role.VILLAGE_DOCTOR, area=village, is_active=True).first()
    leader = user_in_charge(person, on) if person else None
    return own or leader or by
