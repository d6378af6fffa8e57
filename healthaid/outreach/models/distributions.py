"""What each household was given: cards, kits, posters, booklets (DOMAIN A35, A54, A56, A95)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.scope import ScopedManager
from core.audit.history import tracked_from_second_version
from core.base.models import Stamped, stamp_trigger
from healthaid.outreach.choices import WhyReplaced
from households.models import Household


@tracked_from_second_version()
class Distribution(Stamped):
    """One thing of healthaid/outreach/handouts.toml given to one household, by whom, to whom, when."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("receiver",)
    PLAIN: ClassVar[tuple[str, ...]] = ("item", "given_on", "expires_on", "replaced_on", "why_replaced")
    VILLAGE: ClassVar[str] = "household__village"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="distributions")
    item = models.CharField(max_length=24)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField(_("received by"), max_length=40)
    expires_on = models.DateField(null=True)
    replaced_on = models.DateField(null=True)
    why_replaced = models.CharField(max_length=8, choices=WhyReplaced.choices, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "item"],
                condition=Q(replaced_on=None),
                name="one_of_a_kind_per_household",
            ),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(receiver=""), name="handout_says_what_and_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("given_on")), name="handout_runs_out_later"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on=None, why_replaced="")
                | (Q(replaced_on__gte=F("given_on")) & ~Q(why_replaced="")),
                name="replaced_handout_says_why",
            ),
        ]
        indexes = [models.Index(fields=["item", "given_on"], name="handout_by_day")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.household_id} {self.item}"
