"""The signed paper of a contract: photographs or a scan, kept outside the web root."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from followups.models.contracts import Contract


@tracked()
class ContractPaper(Stamped):
    """One page of the paper. The file lies under its hash; one view gives it out, scoped and logged."""

    PLAIN: ClassVar[tuple[str, ...]] = ("path", "sha256", "media_type", "added_on")
    VILLAGE: ClassVar[str] = "contract__village"
    MOST: ClassVar[int] = 6

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="papers")
    path = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "sha256"], name="one_paper_per_contract_and_content"),
            models.CheckConstraint(condition=Q(size__gt=0), name="paper_is_not_empty"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.media_type}"
