"""Households, their members, and what they were on which day."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.fields import EncryptedTextField
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from households.choices import (
    Cause,
    HealthClass,
    HouseholdType,
    IdentityKind,
    LeftReason,
    MonitoredKind,
    Relation,
    Sex,
    Standing,
)
from households.models.identification_triggers import take_identification_along
from households.models.triggers import (
    causes_go_along,
    county_of_village,
    follow_household,
    follow_to_village,
    keep_causes,
    take_facts_along,
    take_members_along,
    tombstone_on_move,
)


@tracked()
class Household(Stamped):
    """A registered household. `standing` is today's row of its status history, kept beside it for lists."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("phone", "phone_masked", "phone_index", "address")
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("register_no", "former_numbers", "group_name", "household_type", "standing", "main_cause"),
        *("other_causes", "left_on", "left_reason", "registered_on"),
    )
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    register_no = models.CharField(_("register number"), max_length=24)
    former_numbers = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    village = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="households", verbose_name=_("village")
    )
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    group_name = models.CharField(_("natural village or group"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    household_type = models.CharField(
        _("type"), max_length=12, choices=HouseholdType.choices, default=HouseholdType.ORDINARY
    )
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.REGISTERED
    )
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    main_cause = models.CharField(_("main cause"), max_length=12, choices=Cause.choices, blank=True)
    other_causes = ArrayField(
        models.CharField(max_length=12, choices=Cause.choices), default=list, blank=True
    )
    income_per_head = models.DecimalField(
        _("income per head and year (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    phone = EncryptedTextField(_("phone"), null=True, blank=True, editable=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    phone_index = models.BinaryField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    visit_order = models.PositiveIntegerField(default=0, help_text="the village's own order of doors")
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_reason = models.CharField(
        _("reason for leaving"), max_length=12, choices=LeftReason.choices, blank=True
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "register_no"], name="one_household_per_register_number"
            ),
            models.CheckConstraint(
                condition=Q(income_per_head=None) | Q(income_per_head__gte=0), name="income_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_reason="") | (Q(left_on__isnull=False) & ~Q(left_reason="")),
                name="household_leaves_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(other_causes__len__lte=2), name="two_other_causes_at_most"),
        ]
        indexes = [
            models.Index(fields=["village", "id"], name="household_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="household_feed"),
            models.Index(fields=["phone_index"], name="household_phone"),
        ]
        triggers = [
            stamp_trigger(),
            county_of_village(),
            tombstone_on_move("household"),
            take_members_along(),
            keep_causes(),
            causes_go_along(),
            follow_to_village(),
        ]

    def __str__(self) -> str:
        return self.register_no


@tracked()
class HouseholdStatus(Stamped):
    """Where the household stood, and since when. Periods of one household never overlap."""

    PLAIN: ClassVar[tuple[str, ...]] = ("standing", "monitored_kind", "risk", "period", "grounds")
    VILLAGE: ClassVar[str] = "household__village"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="statuses")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    monitored_kind = models.CharField(max_length=12, choices=MonitoredKind.choices, blank=True)
    risk = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    period = DateRangeField(_("period"))
    grounds = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_status_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.MONITORED) | ~Q(monitored_kind=""), name="monitored_has_a_kind"
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.household_id} {self.standing}"


@tracked(exclude=("name_grams",))
class Person(Stamped):
    """A member of a household. The identity number is encrypted; its blind index finds it again."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("name", "name_folded", "name_pinyin", "name_initials", "name_grams"),
        *("id_number", "id_index", "id_masked", "phone", "phone_masked", "phone_index", "birth_date"),
    )
    PLAIN: ClassVar[tuple[str, ...]] = (
        *(
            "person_no",
            "relation",
            "sex",
            "ethnicity",
            "education",
            "labour",
            "health_status",
            "student_status",
        ),
        *("health_class", "left_on", "left_reason", "disability_kind", "disability_level", "no_id_reason"),
    )
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    person_no = models.CharField(_("person number"), max_length=26, blank=True)
    name = models.CharField(_("name"), max_length=40)
    name_folded = models.CharField(max_length=40, editable=False)
    name_pinyin = models.CharField(max_length=120, editable=False)
    name_initials = models.CharField(max_length=40, editable=False)
    name_grams = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    id_number = EncryptedTextField(_("identity number"), null=True, editable=True)
    id_index = models.BinaryField(null=True)
    id_masked = models.CharField(max_length=22, blank=True)
    no_id_reason = models.CharField(max_length=60, blank=True)
    relation = models.CharField(_("relation to head"), max_length=2, choices=Relation.choices)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    birth_date = models.DateField(_("birth date"))
    ethnicity = models.CharField(_("ethnicity"), max_length=12, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    student_status = models.CharField(max_length=20, blank=True)
    labour = models.CharField(_("labour skill"), max_length=20, blank=True)
    health_status = models.CharField(_("health in the register"), max_length=20, blank=True)
    health_class = models.CharField(
        _("health class"), max_length=12, choices=HealthClass.choices, default=HealthClass.HEALTHY
    )
    disability_kind = models.CharField(max_length=1, blank=True)
    disability_level = models.CharField(max_length=1, blank=True)
    phone = EncryptedTextField(_("phone"), null=True, blank=True, editable=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    phone_index = models.BinaryField(null=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_reason = models.CharField(
        _("reason for leaving"), max_length=12, choices=LeftReason.choices, blank=True
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_index"], name="one_person_per_id_number"),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.HEAD, left_on=None),
                name="one_head_per_household",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_reason="") | (Q(left_on__isnull=False) & ~Q(left_reason="")),
                name="person_leaves_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(id_index__isnull=False) | ~Q(no_id_reason=""), name="id_number_or_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "id"], name="person_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="person_feed"),
            GinIndex(fields=["name_grams"], name="person_name_grams"),
            models.Index(fields=["name_initials"], name="person_initials", opclasses=["text_pattern_ops"]),
            models.Index(fields=["name_pinyin"], name="person_pinyin", opclasses=["text_pattern_ops"]),
            models.Index(fields=["phone_index"], name="person_phone"),
        ]
        triggers = [
            stamp_trigger(),
            follow_household(),
            tombstone_on_move("person"),
            take_facts_along(),
            take_identification_along(),
        ]

    def __str__(self) -> str:
        return self.person_no or str(self.uuid)


@tracked()
class Identity(Stamped):
    """What a person was entitled as, and when. Two periods of one kind never overlap."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "period", "grounds")
    VILLAGE: ClassVar[str] = "person__village"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=12, choices=IdentityKind.choices)
    period = DateRangeField()
    grounds = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_identity_of_a_kind_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


__all__ = ["Household", "HouseholdStatus", "Identity", "Person"]
