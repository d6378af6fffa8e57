"""What was decided of a bill: immutable revisions, one line for each payer, and the year that is locked."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import HospitalLevel, SettlementKind
from claims.models.admissions import Admission
from claims.models.policies import PolicyVersion
from claims.models.triggers import place_of_person
from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked_from_second_version
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted
from households.models import Household, Person
from households.models.triggers import tombstone_on_move

_FROZEN = [
    *("number", "revision", "kind", "admission", "person", "household", "year", "policy", "policy_sha256"),
    *("facts", "decision", "total", "compliant", "discount", "paid", "patient", "compliant_patient", "level"),
    *("settled_on", "settled_by", "reverses", "because_of", "reason", "institution"),
]
_MONTH_IS_OPEN = """
    PERFORM pg_advisory_xact_lock_shared(hashtext('claims_closedmonth'), NEW.county_id::int);
    PERFORM 1 FROM claims_closedmonth m
      WHERE m.county_id = NEW.county_id AND m.month = date_trunc('month', NEW.settled_on)::date;
    IF FOUND THEN
        RAISE EXCEPTION 'the month is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_in_an_open_month';
    END IF;
    RETURN NEW;
"""
_REVERSED_STANDS_NO_MORE = """
    IF NEW.reverses_id IS NOT NULL THEN
        PERFORM 1 FROM claims_settlement s WHERE s.id = NEW.reverses_id AND s.kind <> 'reversed'
            AND (s.admission_id, s.total, s.discount, s.paid, s.patient)
              = (NEW.admission_id, -NEW.total, -NEW.discount, -NEW.paid, -NEW.patient);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a reversal takes back the whole of one settlement'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_mirrors_what_it_reverses';
        END IF;
        UPDATE claims_settlement SET is_standing = FALSE WHERE id = NEW.reverses_id AND is_standing;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'only what stands can be reversed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'reversed_once';
        END IF;
    END IF;
    RETURN NEW;
"""
_LINES_MAKE_WHAT_IS_PAID = """
    DECLARE checked bigint;
    BEGIN
    IF TG_TABLE_NAME = 'claims_settlement' THEN checked := NEW.id; ELSE checked := NEW.settlement_id; END IF;
    IF EXISTS (SELECT 1 FROM claims_settlement s WHERE s.id = checked AND s.paid IS DISTINCT FROM
               (SELECT COALESCE(sum(l.amount), 0) FROM claims_settlementline l
                 WHERE l.settlement_id = s.id)) THEN
        RAISE EXCEPTION 'the lines of a settlement make what is paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lines_make_what_is_paid';
    END IF;
    RETURN NULL;
    END;
"""


def _lines_add_up() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="lines_add_up",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=_LINES_MAKE_WHAT_IS_PAID,
    )


@tracked_from_second_version()
class Settlement(Stamped):
    """One revision of what was decided of one stay's bill; amounts of a reversal are negative.

    total - discount = paid (by all payers) + patient. `year` is the calendar year whose totals it counts in,
    `compliant_patient` what the patient pays of the compliant cost. Only `is_standing` ever changes."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("facts", "decision", "total", "compliant", "discount", "paid", "patient", "compliant_patient"),
        "reason",
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("number", "kind", "policy_sha256", "level", "settled_on")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.CharField(_("settlement number"), max_length=30)
    revision = models.PositiveSmallIntegerField(_("revision"))
    kind = models.CharField(max_length=10, choices=SettlementKind.choices)
    is_standing = models.BooleanField(default=True)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="settlements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="settlements", db_index=False)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="settlements", db_index=False
    )
    village = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    county = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    institution = models.ForeignKey(
        "clinics.Institution", on_delete=models.PROTECT, related_name="settlements", db_index=False
    )
    is_sensitive = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=HospitalLevel.choices)
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="settlements")
    policy_sha256 = models.CharField(max_length=64)
    facts = models.JSONField()
    decision = models.JSONField()
    total = models.DecimalField(_("total cost"), max_digits=12, decimal_places=2)
    compliant = models.DecimalField(_("compliant cost"), max_digits=12, decimal_places=2)
    discount = models.DecimalField(_("price reduction"), max_digits=12, decimal_places=2, default=0)
    paid = models.DecimalField(_("paid by all payers"), max_digits=12, decimal_places=2)
    patient = models.DecimalField(_("paid by the patient"), max_digits=12, decimal_places=2)
    compliant_patient = models.DecimalField(max_digits=12, decimal_places=2)
    settled_on = models.DateField(_("settled on"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    because_of = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="adjusted",
        help_text="whose change moved it",
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["admission", "revision"], name="one_settlement_per_revision"),
            models.UniqueConstraint(fields=["number", "revision"], name="one_slip_per_number_and_revision"),
            models.UniqueConstraint(
                fields=["admission"],
                condition=Q(is_standing=True) & ~Q(kind=SettlementKind.REVERSED),
                name="one_standing_settlement_per_stay",
            ),
            models.CheckConstraint(
                condition=Q(total=F("discount") + F("paid") + F("patient")), name="every_fen_has_a_payer"
            ),
            models.CheckConstraint(
                condition=Q(kind=SettlementKind.REVERSED, total__lte=0, paid__lte=0, patient__lte=0)
                | (
                    ~Q(kind=SettlementKind.REVERSED)
                    & Q(total__gte=0, paid__gte=0, patient__gte=0, discount__gte=0)
                ),
                name="only_a_reversal_is_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind=SettlementKind.REVERSED, reverses__isnull=False)
                | (~Q(kind=SettlementKind.REVERSED) & Q(reverses=None)),
                name="a_reversal_names_what_it_reverses",
            ),
            models.CheckConstraint(
                condition=Q(kind=SettlementKind.SETTLED) | ~Q(reason=""), name="a_change_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "year"], name="settlement_person_year"),
            models.Index(fields=["household", "year"], name="settlement_household_year"),
            models.Index(fields=["village", "settled_on"], name="settlement_scope"),
            models.Index(fields=["institution", "settled_on"], name="settlement_window"),
            models.Index(fields=["county", "changed_xid", "id"], name="settlement_feed"),
        ]
        triggers = [
            stamp_trigger(),
            place_of_person(),
            never_deleted(),
            tombstone_on_move("settlement"),
            pgtrigger.ReadOnly(name="never_edited", fields=_FROZEN),
            pgtrigger.Trigger(
                name="b_month_is_open", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_MONTH_IS_OPEN
            ),
            pgtrigger.Trigger(
                name="c_reversed_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_REVERSED_STANDS_NO_MORE,
            ),
            _lines_add_up(),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.revision}"


class SettlementLine(models.Model):
    """What one payer pays by one layer of the policy, and of what: base, deductible, clause."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("amount", "base", "deductible")
    PLAIN: ClassVar[tuple[str, ...]] = ("layer", "payer", "clause")
    VILLAGE: ClassVar[str] = "settlement__village"
    SENSITIVE: ClassVar[str] = "settlement__is_sensitive"

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    layer = models.CharField(max_length=40)
    payer = models.CharField(_("payer"), max_length=20)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    base = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    deductible = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    clause = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "position"], name="one_line_per_position"),
            models.UniqueConstraint(
                fields=["settlement", "layer", "payer"], name="one_line_per_layer_and_payer"
            ),
        ]
        triggers = [append_only(), _lines_add_up()]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.layer}"


class YearAccount(models.Model):
    """The row that is locked before anything is counted in a person's or a household's year."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="one_account_per_person_and_year"),
            models.UniqueConstraint(fields=["household", "year"], name="one_account_per_household_and_year"),
            models.CheckConstraint(
                condition=Q(person=None, household__isnull=False) | Q(person__isnull=False, household=None),
                name="account_of_a_person_or_a_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.household_id} {self.year}"
