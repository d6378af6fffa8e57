"""Nobody met counts as a fruitless call; a death or the end of a treatment ends what is owed."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import User
from core.base.periods import add_months
from followups.choices import ContractState, DutyState
from followups.models import Contract, Duty, Visit
from followups.protocols.library import edition, forms_for
from followups.rules import fulfilled_by
from followups.services.attempts import note_attempts
from followups.services.visits.entry import Entry
from followups.services.visits.judging import Judged
from followups.services.visits.situation import Situation, Subject
from households.choices import LeftReason
from households.models import Condition, Person

TREATED = "treatment_ended"


def follow_absence(*, entry: Entry, situation: Situation, judged: Judged, by: User) -> None:
    """This will note the call for every duty that the visit would have fulfilled."""
    reason = judged.cleaned.answers.get("lost_reason")
    if not reason or entry.client_id is None:
        return
    owed = fulfilled_by(situation.duties, protocol=entry.protocol, mode=entry.mode, on=entry.visited_on)
    note_attempts(duty_pks=owed, uuid=entry.client_id, reason=str(reason), by=by, on=entry.visited_on)


def follow_death(subject: Subject, judged: Judged, *, on: date) -> None:
    """This will mark the person as deceased where the form says so."""
    died_on = judged.cleaned.answers.get("death_date")
    if subject.person and isinstance(died_on, date):
        Person.objects.filter(pk=subject.person, left_on=None).update(
            left_on=min(died_on, on), left_reason=LeftReason.DIED
        )


def follow_closing(subject: Subject, judged: Judged, *, on: date) -> None:
    """This will end the disease whose treatment the form closes, and what is still owed for it."""
    closes = judged.form.closes
    ended_on = judged.cleaned.answers.get(closes.on) if closes else None
    if closes is None or subject.person is None or not isinstance(ended_on, date):
        return
    ill = Condition.objects.filter(person=subject.person, disease__code=closes.disease, ended_on=None)
    ill.filter(confirmed_on__lte=ended_on).update(ended_on=ended_on, end_reason=TREATED)
    owed = Duty.objects.filter(person=subject.person, protocol__in=forms_for(closes.disease))
    owed.filter(state=DutyState.OPEN).update(state=DutyState.CANCELLED, closed_on=on, close_reason=TREATED)


def take_back_closing(old: Visit) -> None:
    """This will undo what a wrong closing had ended."""
    closes = edition(f"{old.protocol}_{old.edition}").closes
    day = old.answers.get(closes.on) if closes else None
    if closes is None or not day or not old.person_id:
        return
    ended = {"ended_on": date.fromisoformat(day), "end_reason": TREATED}
    ill = Condition.objects.filter(person=old.person_id, disease__code=closes.disease, **ended)
    if ill.update(ended_on=None, end_reason=""):
        owed = Duty.objects.filter(person=old.person_id, protocol__in=forms_for(closes.disease))
        owed.filter(state=DutyState.CANCELLED, close_reason=TREATED).update(
            state=DutyState.OPEN, closed_on=None, close_reason=""
        )


def take_back_death(old: Visit) -> None:
    """This will undo the mark that a wrong record had set."""
    died_on = old.answers.get("death_date")
    if not died_on or not old.person_id:
        return
    left = {"left_reason": LeftReason.DIED, "left_on": date.fromisoformat(died_on)}
    if Person.objects.filter(pk=old.person_id, **left).update(left_on=None, left_reason=""):
        _go_on_with_contract(old.person_id)
        stopped = Duty.objects.filter(person_id=old.person_id, state=DutyState.CANCELLED, close_reason="left")
        stopped.filter(closed_on=left["left_on"]).update(
            state=DutyState.OPEN, closed_on=None, close_reason=""
        )


def _go_on_with_contract(person: int) -> None:
    """The contract that the departure had cut short runs its year again."""
    cut = Contract.objects.filter(person_id=person, state=ContractState.ENDED, end_reason="left").last()
    if cut:
        cut.period = DateRange(cut.period.lower, add_months(cut.year_from or cut.period.lower, 12))
        cut.state, cut.end_reason = ContractState.SIGNED, ""
        cut.save(update_fields=["period", "state", "end_reason"])
