"""Areas, the people who sign in, and the programs that call."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.roles import ACTS, Role, Sector
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger


class Level(models.TextChoices):
    PROVINCE = "province", _("province")
    PREFECTURE = "prefecture", _("prefecture")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")
    VILLAGE = "village", _("village")


ORDER = [Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]

# The tree is by parent, never by code prefix: real codes break it (板塘街道 430371001 lies in 430304).
_ANCESTRY = """
    IF NEW.parent_id IS NULL THEN
        NEW.ancestors := ARRAY[NEW.id];
    ELSE
        SELECT a.ancestors || NEW.id, CASE WHEN NEW.level = 'county' THEN NEW.id ELSE a.county_id END
          INTO NEW.ancestors, NEW.county_id FROM accounts_area a WHERE a.id = NEW.parent_id;
    END IF;
    RETURN NEW;
"""


@tracked()
class Area(Stamped):
    """A division with its official code, its years, and its successor when it was merged or renamed."""

    PLAIN: ClassVar[tuple[str, ...]] = ("code", "name", "level", "valid_from", "valid_to", "ancestors")

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    county = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    ancestors = ArrayField(models.BigIntegerField(), default=list, editable=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, help_text=_("first day on which it no longer exists")
    )
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")
    visit_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="one_current_area_per_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="area_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE) | Q(parent__isnull=False),
                name="only_a_province_has_no_parent",
            ),
            models.CheckConstraint(condition=~Q(pk=F("successor")), name="area_does_not_succeed_itself"),
        ]
        indexes = [
            GinIndex(fields=["ancestors"], name="area_ancestors"),
            models.Index(fields=["level", "county"], name="area_level_county"),
            models.Index(fields=["changed_xid"], name="area_changed"),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="ancestry",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_ANCESTRY,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HealthAidUserManager(UserManager["User"]):
    def visible_to(self, user: Any) -> models.QuerySet["User"]:
        if user.role == Role.ADMINISTRATOR:
            return self.filter(area__ancestors__contains=[user.area_id])
        return self.filter(pk=user.pk)


@tracked(exclude=("password", "last_login"))
class User(AbstractUser):
    """Someone who signs in: one role, one area; what lies below the area is theirs to see."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("phone", "email", "first_name", "last_name", "full_name")
    PLAIN: ClassVar[tuple[str, ...]] = ("password", "username", "role", "sector", "language")

    full_name = models.CharField(_("full name"), max_length=40)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    sector = models.CharField(_("sector"), max_length=16, choices=Sector.choices, default=Sector.HEALTH)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="users", verbose_name=_("area"))
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=8, default="zh-hans")
    large_type = models.BooleanField(_("large type"), default=False)
    changed_password_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[HealthAidUserManager] = HealthAidUserManager()  # type: ignore[assignment]
    REQUIRED_FIELDS = ["role", "area_id"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.VILLAGE_CLERK) | Q(sector=Sector.ADMINISTRATION),
                name="village_clerk_is_administration",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name or self.username

    @property
    def sees_sensitive(self) -> bool:
        return bool(self.sector == Sector.HEALTH and self.role != Role.AUDITOR)


class AbsenceReason(models.TextChoices):
    LEAVE = "leave", _("leave")
    ILLNESS = "illness", pgettext_lazy("absence", "illness")
    TRAINING = "training", _("training")
    OTHER = "other", _("other")


# Looked at when somebody is named; ending it early needs no second look.
_STANDS_IN = """
    IF NOT EXISTS (
        SELECT 1 FROM accounts_user d JOIN accounts_area da ON da.id = d.area_id,
                      accounts_user s JOIN accounts_area sa ON sa.id = s.area_id
         WHERE d.id = NEW.doctor_id AND s.id = NEW.deputy_id AND s.is_active AND da.county_id = sa.county_id
           AND d.role IN ('village_doctor', 'team_doctor')
           AND s.role IN ('village_doctor', 'team_doctor')) THEN
        RAISE EXCEPTION 'a deputy is an active doctor of the same county'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_is_a_doctor_of_the_county';
    END IF;
    RETURN NEW;
"""


@tracked()
class Absence(Stamped):
    """A doctor is away and another stands in: in these days the deputy reaches what the doctor reaches."""

    PLAIN: ClassVar[tuple[str, ...]] = ("period", "reason")

    doctor = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="standing_in", verbose_name=_("who stands in")
    )
    period = DateRangeField(_("period"))
    reason = models.CharField(_("reason"), max_length=10, choices=AbsenceReason.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[("doctor", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~Q(doctor=F("deputy")), name="nobody_stands_in_for_oneself"),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__startswith__isnull=False, period__endswith__isnull=False
                ),
                name="absence_has_a_first_and_a_last_day",
            ),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="deputy_is_a_doctor",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("doctor_id", "deputy_id"),  # type: ignore[no-untyped-call]
                func=_STANDS_IN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doctor_id} {self.period}"


class ApiClient(Stamped):
    """A program: where it may look, what it may do, and for which purpose."""

    PLAIN: ClassVar[tuple[str, ...]] = ("name", "contact", "purpose", "scopes")

    name = models.CharField(max_length=80, unique=True)
    contact = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="api_clients")
    scopes = ArrayField(models.CharField(max_length=30), default=list)
    is_active = models.BooleanField(default=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="api_client")

    class Meta:
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """Only the token's SHA-256 is kept; the text is shown once, when it is made."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("digest", "label")

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="tokens")
    digest = models.BinaryField(unique=True)
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_creation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client} {self.label}"


__all__ = [
    "ACTS",
    "ORDER",
    "Absence",
    "AbsenceReason",
    "ApiClient",
    "ApiToken",
    "Area",
    "Level",
    "Role",
    "Sector",
    "User",
]
