"""Noting a free clinic, a lecture, a piece of publicity."""

from dataclasses import dataclass, fields
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution
from healthaid.outreach.choices import EventKind
from healthaid.outreach.models import Event


@dataclass(frozen=True)
class EventWanted:
    """`found` counts those of `attendance` who were newly suspected ill; `channel` is publicity's only."""

    area: Area
    kind: str
    title: str
    held_on: date
    institution: Institution | None = None
    channel: str = ""
    staff: int = 0
    attendance: int = 0
    found: int = 0
    note: str = ""


@transaction.atomic
def record_event(*, wanted: EventWanted, by: User) -> Event:
    """This will note an event at a place within the user's area.

    :raises ValidationError: by field: publicity without its channel, more found than reached.
    """
    check(by, "record_event")
    if by.area_id not in wanted.area.ancestors:
        raise PermissionDenied("record_event")
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    if wanted.kind == EventKind.PUBLICITY and not wanted.channel:
        raise ValidationError({"channel": _("Choose by which channel.")})
    if wanted.kind != EventKind.PUBLICITY:
        told["channel"] = ""
    if wanted.found > wanted.attendance:
        raise ValidationError({"found": _("More than came. Please check both numbers.")})
    made: Event = Event.objects.create(recorded_by=by, **told)
    return made
