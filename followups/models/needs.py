"""Needs: raised for any member, owned by someone, followed to their end."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from followups.choices import NeedKind, NeedState
from followups.models.visits import Visit
from households.models import Household, Person


@tracked()
class Need(Stamped):
    """需求: the person whose need it is may be another member than the one visited (DOMAIN A19)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("description", "outcome", "person_says")
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "state", "raised_on", "due_on", "closed_on")
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="needs", verbose_name=_("member")
    )
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind.choices)
    description = models.CharField(_("what is needed"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=NeedState.choices, default=NeedState.OPEN)
    raised_on = models.DateField(_("raised on"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="needs")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="needs", verbose_name=_("owner")
    )
    due_on = models.DateField(_("to be met by"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    person_says = models.CharField(_("in the person's own words"), max_length=200, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on")), name="need_is_due_after_it_is_raised"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[NeedState.OPEN, NeedState.IN_PROGRESS], closed_on=None)
                | (Q(state__in=[NeedState.MET, NeedState.UNMET], closed_on__isnull=False) & ~Q(outcome="")),
                name="closed_need_has_date_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="need_satisfaction_one_to_five",
            ),
        ]
        indexes = [models.Index(fields=["village", "state", "due_on"], name="need_scope")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


@tracked()
class NeedStep(Stamped):
    """One line of the need's log: what was done, by whom, when."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("on", "state")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    state = models.CharField(max_length=12, choices=NeedState.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.need_id} {self.on}"
