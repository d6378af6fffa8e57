"""Corrections: a new version that names the one it replaces; what the old one had settled is settled anew."""

from datetime import date
from uuid import UUID

from followups.choices import DutyState
from followups.models import Conflict, Duty, Visit
from followups.protocols.library import edition
from followups.queries.visits import came_in_on
from followups.rules import VisitRule, rules_of
from followups.services.visits.consents import take_back_consent
from followups.services.visits.departures import take_back_closing, take_back_death
from followups.services.visits.entry import Entry
from followups.services.visits.examining import take_back_exam, take_back_record
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Clash, Refused, Waits
from followups.services.visits.situation import Subject


def version_to_replace(entry: Entry, subject: Subject, *, received_on: date) -> Visit:
    """The version that the entry corrects, under a lock.

    :raises Refused: where it cannot be corrected in this way.
    :raises Clash: where somebody else has corrected it meanwhile, or it is itself in conflict.
    :raises Waits: where it has not come yet.
    """
    found = Visit.objects.select_for_update(of=("self",))
    old: Visit | None = found.filter(pk=entry.supersedes).first()
    if old is None and entry.supersedes:
        raise _not_there(entry.supersedes, subject)
    if old is None or old.household_id != subject.household:
        raise Refused([wrong("supersedes", "not_found")])
    if old.person_id != subject.person or old.protocol != entry.protocol:
        raise Refused([wrong("supersedes", "other_subject")])
    if not entry.amend_reason and came_in_on(old) != received_on:
        raise Refused([wrong("amend_reason", "reason_needed")])
    if not old.is_current:
        raise Clash(Conflict.Kind.STALE_AMENDMENT, old.pk)
    return old


def _not_there(number: UUID, subject: Subject) -> Waits | Clash:
    """Kept beside another visit, it became no visit of its own: its correction stands beside that one too."""
    found = Conflict.objects.filter(offered__client_id=number, kept__household=subject.household)
    conflict = found.order_by("-pk").first()
    return Clash(Conflict.Kind.STALE_AMENDMENT, conflict.kept_id) if conflict else Waits(number)


def release(old: Visit, *, on: date) -> None:
    """This will take the old version out of the count: its duties are open again, its return visit is off."""
    Visit.objects.filter(pk=old.pk).update(is_current=False)
    Duty.objects.filter(visit=old, state=DutyState.DONE).update(
        state=DutyState.OPEN, visit=None, closed_on=None
    )
    made = Duty.objects.filter(
        household_id=old.household_id, rule__in=rules_of(VisitRule), why__visit=str(old.pk)
    )
    made.filter(state=DutyState.OPEN).update(state=DutyState.CANCELLED, closed_on=on, close_reason="amended")
    take_back_death(old)
    take_back_closing(old)
    form = edition(f"{old.protocol}_{old.edition}")
    take_back_exam(old, form)
    take_back_record(old)
    take_back_consent(old, form, on=on)
