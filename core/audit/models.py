"""Who looked at whom, and what is gone. Who changed what stands in the event tables beside each model."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.base.models import CurrentTransaction
from core.base.triggers import append_only


class AccessLog(models.Model):
    """One look at a person's unmasked data. Rows are added, never changed, never removed."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "actor", "fields", "purpose", "route", "request_id")

    class Kind(models.TextChoices):
        REVEAL = "reveal", _("revealed")
        EXPORT = "export", _("exported")
        API = "api", _("read by a program")
        REFUSED = "refused", _("refused")

    at = models.DateTimeField(db_default=Now(), db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="looks",
        db_constraint=False,
    )
    actor = models.CharField(max_length=120, help_text="user name or API client, as it was then")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject_uuid = models.UUIDField(null=True, help_text="the person looked at; empty for an export of many")
    count = models.PositiveIntegerField(default=1)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=200)
    route = models.CharField(max_length=200)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_uuid", "at"]), models.Index(fields=["user", "at"])]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind} {self.subject_uuid or self.count}"


class Tombstone(models.Model):
    """A row that a copy of the data must drop: removed, or moved out of the area."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "key", "reason")

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    village_id = models.BigIntegerField()
    county_id = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    at = models.DateTimeField(db_default=Now())
    changed_xid = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [models.Index(fields=["kind", "county_id", "changed_xid", "id"], name="tombstone_feed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
