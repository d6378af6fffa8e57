"""Praise and complaints: written down in the person's words, answered by an officer, closed (DOMAIN A20)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from followups.choices import FeedbackState
from followups.models import Feedback, Team
from followups.states import STATES
from households.models import Person


def record_feedback(
    *,
    kind: str,
    channel: str,
    words: str,
    received_on: date,
    by: User,
    on: date,
    person: Person | None = None,
    village: Area | None = None,
    team: Team | None = None,
    about: str = "",
) -> Feedback:
    """This will write down what somebody said. Without a person it is unsigned and needs its village."""
    check(by, "record_feedback")
    place = person.village_id if person else village.pk if village else None
    if place is None or place not in village_ids(by):
        raise ValidationError({"village": _("Choose a village of your own area.")})
    if not words.strip():
        raise ValidationError({"words": _("Write down what was said.")})
    if received_on > on:
        raise ValidationError({"received_on": _("This day lies ahead. Choose today or earlier.")})
    feedback: Feedback = Feedback.objects.create(
        kind=kind,
        channel=channel,
        words=words.strip(),
        about=about.strip(),
        person=person,
        village_id=place,
        team=team,
        received_on=received_on,
        recorded_by=by,
    )
    return feedback


def answer_feedback(*, feedback: Feedback, answer: str, by: User, on: date) -> Feedback:
    """This will answer and close. Raises MoveRefused when it is closed already."""
    check(by, "answer_feedback")
    if not answer.strip():
        raise ValidationError({"answer": _("Write down what was answered or done.")})
    with transaction.atomic():
        held: Feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
        STATES.check_move("feedback", held.state, FeedbackState.CLOSED)
        held.state, held.answer = FeedbackState.CLOSED, answer.strip()
        held.answered_by, held.closed_on = by, on
        held.save()
    return held
