"""Zero mark-up of essential drugs (DOMAIN A22): what a clinic paid for a drug and what it asks for it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution


@tracked()
class PriceCheck(Stamped):
    """One drug of a clinic's price list as found on a day; marked up where more is asked than was paid."""

    PLAIN: ClassVar[tuple[str, ...]] = ("drug", "pack", "checked_on", "paid", "asked")

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="prices")
    drug = models.CharField(_("drug"), max_length=60)
    pack = models.CharField(_("strength and pack"), max_length=40, blank=True)
    paid = models.DecimalField(_("purchase price (yuan)"), max_digits=8, decimal_places=2)
    asked = models.DecimalField(_("selling price (yuan)"), max_digits=8, decimal_places=2)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "checked_on", "drug", "pack"], name="one_price_per_drug_and_check"
            ),
            models.CheckConstraint(
                condition=~Q(drug="") & Q(paid__gt=0) & Q(asked__gt=0), name="price_is_of_a_drug"
            ),
        ]
        triggers = [stamp_trigger()]

    @property
    def is_marked_up(self) -> bool:
        return self.asked > self.paid  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.drug}"
