"""Free clinics, lectures, publicity, drugs brought to the door (DOMAIN A31, A32, A35, A95)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from healthaid.outreach.choices import Channel, EventKind


@tracked()
class Event(Stamped):
    """One event at one place and day. It counts persons and names none."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "channel", "title", "held_on", "note")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="health_events")
    institution = models.ForeignKey(
        Institution, null=True, on_delete=models.PROTECT, related_name="health_events"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("held on"))
    staff = models.PositiveSmallIntegerField(_("doctors and nurses"), default=0)
    attendance = models.PositiveIntegerField(_("persons reached"), default=0)
    found = models.PositiveIntegerField(_("of them newly suspected ill"), default=0)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="event_has_a_title"),
            models.CheckConstraint(
                condition=(Q(kind=EventKind.PUBLICITY) & ~Q(channel=""))
                | (~Q(kind=EventKind.PUBLICITY) & Q(channel="")),
                name="publicity_names_its_channel",
            ),
            models.CheckConstraint(condition=Q(found__lte=F("attendance")), name="found_among_those_reached"),
        ]
        indexes = [models.Index(fields=["area", "-held_on"], name="event_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"
