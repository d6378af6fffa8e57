"""Phones that send visits: who holds one, when it was last heard of, what it still keeps."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.base.models import Stamped, stamp_trigger


class Device(Stamped):
    """What a phone said of itself when it last sent; what really came from it stands in the submissions."""

    PLAIN: ClassVar[tuple[str, ...]] = ("device_id",)

    device_id = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices", help_text="sent last"
    )
    last_seen_at = models.DateTimeField(_("last heard of"))
    skew_seconds = models.IntegerField(null=True, help_text="the phone's clock minus the server's")
    unsent = models.PositiveIntegerField(null=True, help_text="records it says it still keeps")
    oldest_unsent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-last_seen_at"], name="device_of_user")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(device_id=""), name="device_has_an_id"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.device_id
