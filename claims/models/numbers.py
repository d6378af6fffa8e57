"""Running numbers of papers: one row for each county, kind and month, locked by whoever takes the next."""

from typing import Any, ClassVar

from django.db import models

from claims.choices import NumberKind
from core.accounts.models import Area


class RunningNumber(models.Model):
    """`last` is the number given last. It goes back with the transaction that took it: there are no gaps."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "month")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=NumberKind.choices)
    month = models.DateField(help_text="its first day")
    last = models.PositiveIntegerField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "month"], name="one_row_of_numbers_per_month"),
            models.CheckConstraint(
                condition=models.Q(last__gte=1, month__day=1), name="numbers_begin_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_id} {self.kind} {self.month:%Y-%m} {self.last}"
