"""Meetings of an area, one with its tasks; and the tasks a person answers for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.roles import DOCTORS, OFFICERS, Role
from healthaid.outreach.choices import COORDINATED, ActionState, Department, MeetingKind
from healthaid.outreach.models import Meeting, MeetingAction

SHOWS = ("open", "overdue", "ended")
# The same for hand-written SQL: `t` is the task, %(on)s the day.
OVERDUE_SQL = "(t.state = 'open' AND t.due_on < %(on)s)"


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks stand where; `ended` of all times."""

    open: int
    overdue: int
    ended: int


def overdue_actions(on: date) -> Q:
    """Not done although the day for it has passed."""
    return Q(state=ActionState.OPEN, due_on__lt=on)


def meetings(user: User) -> QuerySet[Any]:
    """Meetings of areas at or below the user's, the latest first, with how many tasks stand where."""
    found: QuerySet[Any] = Meeting.objects.filter(area__ancestors__contains=[user.area_id])
    counted: QuerySet[Any] = found.select_related("area").annotate(
        tasks=Count("actions"), open_tasks=Count("actions", filter=Q(actions__state=ActionState.OPEN))
    )
    return counted.order_by("-held_on", "-pk")


def get_meeting(user: User, pk: int) -> Meeting:
    """One meeting with its tasks, those due first on top.

    :raises Http404: outside the user's area.
    """
    tasks = MeetingAction.objects.select_related("owner", "ended_by").order_by("due_on", "pk")
    found = meetings(user).select_related("recorded_by")
    meeting: Meeting | None = (
        found.prefetch_related(Prefetch("actions", queryset=tasks)).filter(pk=pk).first()
    )
    if meeting is None:
        raise Http404
    return meeting


def missing_departments(meeting: Meeting) -> list[Department]:
    """Who has to sit at a coordination table and did not."""
    if meeting.kind != MeetingKind.COORDINATION:
        return []
    return [one for one in COORDINATED if one not in meeting.departments]


def areas_that_meet(user: User) -> QuerySet[Area]:
    """Counties and townships at or below the user's area that exist today."""
    found = Area.objects.filter(ancestors__contains=[user.area_id], valid_to=None)
    return found.filter(level__in=[Level.COUNTY, Level.TOWNSHIP]).order_by("code")


def possible_owners(area: Area) -> QuerySet[User]:
    """Officers and clerks below the area; of a township its doctors too."""
    roles = {*OFFICERS, Role.HOSPITAL_CLERK} | (DOCTORS if area.level == Level.TOWNSHIP else set())
    found = User.objects.filter(is_active=True, role__in=roles, area__ancestors__contains=[area.pk])
    return found.order_by("area__code", "full_name", "pk")


def _reached(user: User) -> Q:
    """One's own; of officers also those of the meetings of their area, and of the people below."""
    own = Q(owner=user)
    if user.role not in OFFICERS:
        return own
    below = [user.area_id]
    return own | Q(meeting__area__ancestors__contains=below) | Q(owner__area__ancestors__contains=below)


def actions(user: User, *, show: str, on: date, whose: str = "own") -> QuerySet[Any]:
    """Tasks that are `open`, `overdue` or `ended`: the user's `own`, or `all` within reach."""
    chosen = {"overdue": overdue_actions(on), "ended": ~Q(state=ActionState.OPEN)}
    found = _of(user, whose).filter(chosen.get(show, Q(state=ActionState.OPEN)))
    order = ("-ended_on", "-pk") if show == "ended" else ("due_on", "pk")
    return found.select_related("owner", "meeting__area").order_by(*order)


def count_actions(user: User, on: date, *, whose: str = "own") -> TaskCounts:
    counted = _of(user, whose).aggregate(
        open=Count("pk", filter=Q(state=ActionState.OPEN)),
        overdue=Count("pk", filter=overdue_actions(on)),
        ended=Count("pk", filter=~Q(state=ActionState.OPEN)),
    )
    return TaskCounts(**counted)


def _of(user: User, whose: str) -> QuerySet[Any]:
    found: QuerySet[Any] = MeetingAction.objects.filter(_reached(user) if whose == "all" else Q(owner=user))
    return found


def get_action(user: User, pk: int) -> MeetingAction:
    """A task that the user may read: within reach, or of a meeting that spoke for the user's area.

    :raises Http404: for any other.
    """
    spoken_for = Q(meeting__area__in=user.area.ancestors)
    found = MeetingAction.objects.filter(_reached(user) | spoken_for, pk=pk)
    action: MeetingAction | None = found.select_related("owner", "meeting__area", "ended_by").first()
    if action is None:
        raise Http404
    return action
