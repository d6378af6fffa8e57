"""Published lists of diseases, each edition with its years, and what stands in them."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only
from households.identification_choices import EntryGroup, Purpose
from households.models.health import Disease

# The mark on the disease is for the lists of special treatment: whoever has one of those is owed a case.
_MARK = """
    UPDATE households_disease d SET catalogues = array_append(d.catalogues, c.code)
      FROM households_catalogue c
     WHERE c.id = NEW.catalogue_id AND d.id = NEW.disease_id AND c.purpose = 'treatment'
       AND NOT d.catalogues @> ARRAY[c.code];
    RETURN NULL;
"""


@tracked()
class Catalogue(Stamped):
    """One edition of a list (9, 11, 21, 25, 30, 48+45, …); without an area it holds everywhere."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("code", "title", "document", "issuer", "purpose", "valid_from", "valid_to"),
    )

    code = models.CharField(_("short name"), max_length=10)
    title = models.CharField(_("title"), max_length=80)
    document = models.CharField(_("document"), max_length=120, blank=True)
    issuer = models.CharField(_("issuer"), max_length=80, blank=True)
    purpose = models.CharField(
        _("purpose"), max_length=14, choices=Purpose.choices, default=Purpose.IDENTIFICATION
    )
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="catalogues")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, help_text=_("first day on which it no longer holds")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="catalogue_ends_after_start",
            ),
            ExclusionConstraint(
                name="one_edition_of_a_list_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Coalesce("area_id", 0), RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.title


class CatalogueEntry(Stamped):
    """A disease as it is printed in a list. A published list is never rewritten: a new edition follows it."""

    PLAIN: ClassVar[tuple[str, ...]] = ("group", "name", "icd10_prefixes")

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="entries")
    disease = models.ForeignKey(Disease, on_delete=models.PROTECT, related_name="entries")
    group = models.CharField(_("group"), max_length=10, choices=EntryGroup.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name as printed"), max_length=60)
    icd10_prefixes = ArrayField(models.CharField(max_length=10), default=list)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "position"], name="one_entry_per_number_of_a_list"),
            models.UniqueConstraint(fields=["catalogue", "disease"], name="one_entry_per_disease_of_a_list"),
            models.CheckConstraint(condition=~Q(name=""), name="entry_has_a_name"),
        ]
        triggers = [
            append_only("never_rewritten"),
            pgtrigger.Trigger(
                name="mark_the_disease", when=pgtrigger.After, operation=pgtrigger.Insert, func=_MARK
            ),
        ]

    def __str__(self) -> str:
        return self.name
