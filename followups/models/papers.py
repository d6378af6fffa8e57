"""Photographs and scans of a contract, a case, a need or a referral, kept outside the web root."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from followups.case_choices import Stage
from followups.models.cases import MajorCase
from followups.models.contracts import Contract
from followups.models.needs import Need
from followups.models.referrals import Referral


class KeptPaper(Stamped):
    """One file, `MOST` at one place. It lies under its hash; one view gives it out, scoped and logged."""

    PLAIN: ClassVar[tuple[str, ...]] = ("path", "sha256", "media_type", "added_on")
    OWNER: ClassVar[str]
    MOST: ClassVar[int] = 6

    path = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.owner.pk} {self.media_type}"

    @property
    def owner(self) -> Any:
        """The contract, case, need or referral it shows."""
        return getattr(self, self.OWNER)


def _sound(*place: str, once: str, filled: str) -> list[models.BaseConstraint]:
    """The same file stands once at its place, and no file is empty."""
    return [
        models.UniqueConstraint(fields=[*place, "sha256"], name=once),
        models.CheckConstraint(condition=Q(size__gt=0), name=filled),
    ]


@tracked()
class ContractPaper(KeptPaper):
    """One page of the signed paper."""

    VILLAGE: ClassVar[str] = "contract__village"
    OWNER: ClassVar[str] = "contract"

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="papers")

    class Meta:
        constraints = _sound(
            "contract", once="one_paper_per_contract_and_content", filled="paper_is_not_empty"
        )
        triggers = [stamp_trigger()]


@tracked()
class CasePaper(KeptPaper):
    """What shows one of the five steps: a pathology report, the signed plan, a discharge note."""

    PLAIN: ClassVar[tuple[str, ...]] = (*KeptPaper.PLAIN, "stage")
    VILLAGE: ClassVar[str] = "case__village"
    SENSITIVE: ClassVar[str] = "case__is_sensitive"
    OWNER: ClassVar[str] = "case"

    case = models.ForeignKey(MajorCase, on_delete=models.PROTECT, related_name="papers")
    stage = models.CharField(_("step"), max_length=10, choices=Stage.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage", "sha256"], name="one_paper_per_step_and_content"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="case_paper_is_not_empty"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_paper_shows_a_step"),
        ]
        triggers = [stamp_trigger()]


@tracked()
class NeedPhotograph(KeptPaper):
    """What a need looks like: the leaking roof, the empty medicine box, the bill that was quoted."""

    VILLAGE: ClassVar[str] = "need__village"
    SENSITIVE: ClassVar[str] = "need__is_sensitive"
    OWNER: ClassVar[str] = "need"

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="photographs")

    class Meta:
        constraints = _sound(
            "need", once="one_photograph_per_need_and_content", filled="need_photograph_is_not_empty"
        )
        triggers = [stamp_trigger()]


@tracked()
class ReferralPaper(KeptPaper):
    """What the hospital gave back: the discharge note, the report of the examination."""

    VILLAGE: ClassVar[str] = "referral__village"
    SENSITIVE: ClassVar[str] = "referral__is_sensitive"
    OWNER: ClassVar[str] = "referral"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="papers")

    class Meta:
        constraints = _sound(
            "referral", once="one_paper_per_referral_and_content", filled="referral_paper_is_not_empty"
        )
        triggers = [stamp_trigger()]
