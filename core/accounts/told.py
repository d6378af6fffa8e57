"""What every ladder keeps: that somebody was told of a matter that stays where it is past its day."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from core.accounts.scope import ScopedManager
from core.base.models import Stamped, stamp_trigger


class Told(Stamped):
    """One step of a ladder, told to one person through one channel."""

    step = models.CharField(max_length=12)
    told = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    channel = models.CharField(max_length=12)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        abstract = True
        triggers = [stamp_trigger()]
