"""Writing down a meeting, what it asks of whom, and what became of it."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check, may
from healthaid.outreach.choices import ActionState
from healthaid.outreach.models import Meeting, MeetingAction
from healthaid.outreach.queries.meetings import possible_owners
from healthaid.outreach.services.queueing import Draft, queue_messages
from healthaid.outreach.states import STATES

FOLDER = "meetings"


@dataclass(frozen=True)
class MeetingWanted:
    """What stands in the minutes. `departments` are codes of those who were represented."""

    area: Area
    kind: str
    title: str
    held_on: date
    chair: str
    minutes: str
    departments: list[str]
    place: str = ""
    attendees: str = field(default="")


@transaction.atomic
def record_meeting(*, wanted: MeetingWanted, by: User, file: Any = None) -> Meeting:
    """This will keep a meeting of the user's area. `file`: the signed minutes, JPEG, PNG or PDF."""
    return _written(Meeting(recorded_by=by), wanted, by, file)


@transaction.atomic
def revise_meeting(*, meeting: Meeting, wanted: MeetingWanted, by: User, file: Any = None) -> Meeting:
    """This will correct what was written down; history keeps what stood before."""
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _check_area(held.area, by)
    return _written(held, wanted, by, file)


def _written(meeting: Meeting, wanted: MeetingWanted, by: User, file: Any) -> Meeting:
    check(by, "hold_meeting")
    _check_area(wanted.area, by)
    for one in fields(wanted):
        setattr(meeting, one.name, getattr(wanted, one.name))
    if file:
        meeting.take_paper(file, FOLDER)
    meeting.save()
    return meeting


@transaction.atomic
def assign_action(*, meeting: Meeting, task: str, owner: User, due_on: date, by: User) -> MeetingAction:
    """This will ask something of a person until a day, and leave them a message.

    :raises ValidationError: by field, such as a day before the meeting or a person who does not belong to it.
    """
    check(by, "hold_meeting")
    _check_area(meeting.area, by)
    if due_on < meeting.held_on:
        raise ValidationError({"due_on": _("This is before the meeting. Choose a later day.")})
    if not possible_owners(meeting.area).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("Choose a person of this area.")})
    action: MeetingAction = MeetingAction.objects.create(
        meeting=meeting, task=task, owner=owner, due_on=due_on
    )
    draft = Draft(user_id=owner.pk, language=owner.language, context={"day": due_on.isoformat()})
    queue_messages([draft], purpose="action", period=str(action.pk), template="action_assigned")
    return action


def finish_action(*, action: MeetingAction, result: str, by: User, on: date) -> MeetingAction:
    """This will note that a task is done, with what came of it. Its owner may, and officers of the area."""
    return _ended(action, ActionState.DONE, result, by, on)


def drop_action(*, action: MeetingAction, result: str, by: User, on: date) -> MeetingAction:
    """This will end a task that is no longer needed, with the reason: for officers who hold meetings."""
    check(by, "hold_meeting")
    return _ended(action, ActionState.DROPPED, result, by, on)


@transaction.atomic
def reopen_action(*, action: MeetingAction, due_on: date, by: User, on: date) -> MeetingAction:
    """This will take an ended task up again, or agree on another day for one that is open.

    :raises ValidationError: for a day that has passed.
    """
    check(by, "hold_meeting")
    if due_on < on:
        raise ValidationError({"due_on": _("This day has passed. Choose today or a later day.")})
    held = _held(action, by)
    if held.state != ActionState.OPEN:
        STATES.check_move("action", held.state, ActionState.OPEN)
    held.state, held.due_on = ActionState.OPEN, due_on
    held.ended_on, held.ended_by, held.result = None, None, ""
    held.save()
    return held


@transaction.atomic
def _ended(action: MeetingAction, to: ActionState, result: str, by: User, on: date) -> MeetingAction:
    check(by, "work_action")
    if not result.strip():
        raise ValidationError({"result": _("Write down what came of it.")})
    held = _held(action, by)
    STATES.check_move("action", held.state, to)
    held.state, held.result, held.ended_on, held.ended_by = to, result, on, by
    held.save()
    return held


def _held(action: MeetingAction, by: User) -> MeetingAction:
    """The row under lock; for its owner, and for officers of the meeting's or the owner's area."""
    rows = MeetingAction.objects.select_for_update(of=("self",)).select_related(
        "meeting__area", "owner__area"
    )
    held: MeetingAction = rows.get(pk=action.pk)
    above = {*held.meeting.area.ancestors, *held.owner.area.ancestors}
    if held.owner_id != by.pk and not (may(by, "hold_meeting") and by.area_id in above):
        raise PermissionDenied("work_action")
    return held


def _check_area(area: Area, by: User) -> None:
    if by.area_id not in area.ancestors:
        raise PermissionDenied("hold_meeting")
