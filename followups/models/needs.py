"""Needs: raised for any member, owned by someone, followed to their end."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from followups.choices import NeedKind, NeedState, StepKind, WordMissing
from followups.models.visits import Visit
from households.models import Household, Person, Screening
from households.models.triggers import tombstone_on_move

ENDED = (NeedState.MET, NeedState.UNMET)
# The piece of paperwork that is only done with a line about what was said (DOMAIN A19).
INSURER = "insurer"
# Where the person lives; and whoever may not know of the visit may not know of what it brought up.
PLACE_AND_SECRECY = """
    SELECT p.village_id, p.county_id INTO NEW.village_id, NEW.county_id
      FROM households_person p WHERE p.id = NEW.person_id;
    IF NOT NEW.is_sensitive AND NEW.visit_id IS NOT NULL THEN
        SELECT v.is_sensitive INTO NEW.is_sensitive FROM followups_visit v WHERE v.uuid = NEW.visit_id;
    END IF;
    RETURN NEW;
"""
# A need that a visit raises must never hinder the visit: a leader who is gone gives way to who raised it, and
# a deputy to the doctor he stands in for, who is there when the deputy no longer is.
_OWNER = """
    IF EXISTS (SELECT 1 FROM accounts_user u JOIN accounts_area a ON a.id = NEW.village_id
                WHERE u.id = NEW.owner_id AND u.is_active AND u.area_id = ANY(a.ancestors)) THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.owner_id := COALESCE((
            SELECT b.doctor_id FROM accounts_absence b JOIN accounts_user u ON u.id = b.doctor_id
              JOIN accounts_area a ON a.id = NEW.village_id AND u.area_id = ANY(a.ancestors)
             WHERE b.deputy_id = NEW.raised_by_id AND b.period @> NEW.raised_on AND u.is_active
             ORDER BY b.id LIMIT 1), NEW.raised_by_id);
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the owner of a need works in the area of the need'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'need_owner_works_in_its_area';
"""


@tracked()
class Need(Stamped):
    """需求: the person whose need it is may be another member than the one visited (DOMAIN A19).

    `quoted_amount` (yuan) and `is_put_off` warn of costs before there is any bill (DOMAIN A40)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("description", "outcome", "person_says", "quoted_amount")
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "state", "raised_on", "due_on", "closed_on", "word_missing")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="needs", verbose_name=_("member")
    )
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind.choices)
    description = models.CharField(_("what is needed"), max_length=300)
    is_sensitive = models.BooleanField(default=False, db_default=False)
    quoted_amount = models.DecimalField(
        _("quoted amount (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    is_put_off = models.BooleanField(_("treatment put off"), default=False, db_default=False)
    state = models.CharField(_("state"), max_length=12, choices=NeedState.choices, default=NeedState.OPEN)
    raised_on = models.DateField(_("raised on"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="needs")
    screening = models.OneToOneField(
        Screening, null=True, editable=False, on_delete=models.PROTECT, related_name="need"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="needs", verbose_name=_("owner")
    )
    due_on = models.DateField(_("to be met by"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    person_says = models.CharField(_("in the person's own words"), max_length=200, blank=True)
    word_missing = models.CharField(
        max_length=12, choices=WordMissing.choices, blank=True, default="", db_default=""
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_here")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on")), name="need_is_due_after_it_is_raised"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[NeedState.OPEN, NeedState.IN_PROGRESS], closed_on=None)
                | (Q(state__in=[*ENDED, NeedState.MERGED], closed_on__isnull=False) & ~Q(outcome="")),
                name="closed_need_has_date_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="need_satisfaction_one_to_five",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | Q(satisfaction__isnull=False) | ~Q(word_missing=""),
                name="closed_need_has_the_persons_word",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("raised_on")),
                name="need_is_closed_after_it_is_raised",
            ),
            models.CheckConstraint(
                condition=(Q(state=NeedState.MERGED) & Q(merged_into__isnull=False) & ~Q(merged_into=F("id")))
                | (~Q(state=NeedState.MERGED) & Q(merged_into=None)),
                name="merged_need_names_the_other",
            ),
            models.CheckConstraint(
                condition=(Q(quoted_amount=None) & Q(is_put_off=False))
                | (Q(kind=NeedKind.COST) & (Q(quoted_amount=None) | Q(quoted_amount__gt=0))),
                name="quote_belongs_to_a_need_for_money",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "state", "due_on"], name="need_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="need_feed"),
        ]
        triggers = [
            stamp_trigger(),
            tombstone_on_move("need"),
            pgtrigger.Trigger(
                name="a_place_and_secrecy",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id", "village_id", "visit_id"),
                func=PLACE_AND_SECRECY,
            ),
            pgtrigger.Trigger(
                name="b_owner_in_area",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("owner_id"),
                func=_OWNER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


@tracked()
class NeedStep(Stamped):
    """One line of the need's log: what was done, by whom, when; `passed_to` where it changed hands."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("on", "state", "kind")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    state = models.CharField(max_length=12, choices=NeedState.choices)
    kind = models.CharField(
        max_length=12, choices=StepKind.choices, default=StepKind.NOTE, db_default=StepKind.NOTE
    )
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=StepKind.HANDED_ON) | (Q(passed_to__isnull=False) & ~Q(note="")),
                name="passing_on_says_to_whom_and_why",
            )
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.need_id} {self.on}"


@tracked()
class NeedTask(Stamped):
    """One piece of paperwork a need takes; `code` is of paperwork.toml."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("code", "done_on")
    VILLAGE: ClassVar[str] = "need__village"
    SENSITIVE: ClassVar[str] = "need__is_sensitive"

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=24)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "code"], name="one_task_of_a_kind_per_need"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="done_task_has_day_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(code=INSURER) | Q(done_on=None) | ~Q(note=""),
                name="talk_with_the_insurer_is_written_down",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.need_id} {self.code}"
