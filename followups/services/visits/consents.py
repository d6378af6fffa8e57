"""Who does not agree to be managed stays registered and is owed no service; a later yes brings it back."""

from datetime import date

from followups.choices import DutyState
from followups.models import Duty, Visit
from followups.protocols.library import forms_for
from followups.protocols.schema import Protocol
from followups.services.visits.judging import Judged
from followups.services.visits.situation import Subject
from households.models import Condition

DECLINED = "declined"


def follow_consent(subject: Subject, judged: Judged, *, on: date) -> None:
    """This will make the disease managed or not, as the newest consent of the person says."""
    if subject.person is not None:
        _settle(subject.person, judged.form, on)


def take_back_consent(old: Visit, form: Protocol, *, on: date) -> None:
    """This will go back to the consent before a replaced version."""
    if old.person_id:
        _settle(old.person_id, form, on)


def _settle(person: int, form: Protocol, on: date) -> None:
    asked = form.consents
    if asked is None:
        return
    agrees = _newest_answer(person, form.code, asked.answer) not in asked.refused
    ill = Condition.objects.filter(person=person, disease__code=asked.disease, ended_on=None)
    ill.exclude(is_managed=agrees).update(is_managed=agrees)
    served = [code for code in forms_for(asked.disease) if code != form.code]
    owed = Duty.objects.filter(person=person, protocol__in=served)
    if agrees:
        stopped = owed.filter(state=DutyState.CANCELLED, close_reason=DECLINED, ends_on__gte=on)
        stopped.update(state=DutyState.OPEN, closed_on=None, close_reason="")
    else:
        owed.filter(state=DutyState.OPEN).update(
            state=DutyState.CANCELLED, closed_on=on, close_reason=DECLINED
        )


def _newest_answer(person: int, protocol: str, answer: str) -> str:
    """What the person said last, whenever it arrived; never asked is no refusal."""
    visits = Visit.objects.filter(person=person, protocol=protocol, is_current=True)
    newest = visits.order_by("-visited_on", "-received_at").first()
    return str(newest.answers.get(answer, "")) if newest else ""
