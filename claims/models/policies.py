"""The documents that rules rest on, and the rules themselves: text that is never edited once approved."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import PolicyState
from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger

_FROZEN_WHEN_APPROVED = """
    IF NEW.sha256 IS DISTINCT FROM encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the checksum of a policy is that of its text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_checksum_is_of_its_text';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND ((
        NEW.text, NEW.code, NEW.target, NEW.county_id, NEW.document_id, NEW.drafted_by_id, NEW.approved_by_id
    ) IS DISTINCT FROM (
        OLD.text, OLD.code, OLD.target, OLD.county_id, OLD.document_id, OLD.drafted_by_id, OLD.approved_by_id
    ) OR (lower(NEW.period) IS DISTINCT FROM lower(OLD.period)
          AND NOT (NEW.state = 'retired' AND isempty(NEW.period))))
    THEN
        RAISE EXCEPTION 'an approved policy is not edited; draft a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_policy_stays';
    END IF;
    RETURN NEW;
"""
_ONLY_DRAFTS_GO = """
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'only a draft may be thrown away'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_drafts_are_deleted';
    END IF;
    RETURN OLD;
"""


@tracked()
class PolicyDocument(Stamped):
    """文件: what was issued, by whom, and in force when. Every rule cites one (DOMAIN A97)."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("number", "title", "issuer", "issued_on", "valid_from", "valid_to", "path", "sha256", "media_type"),
    )

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="policy_documents")
    number = models.CharField(_("document number"), max_length=60)
    title = models.CharField(_("document title"), max_length=160)
    issuer = models.CharField(_("issued by"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    path = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="one_document_per_number"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="document_ends_after_start",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.number


@tracked()
class PolicyVersion(Stamped):
    """One text of rules for one county and one stretch of time. `period` is [first day, first day after).

    A version that was withdrawn before it began has an empty one."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *(
            "code",
            "period",
            "text",
            "sha256",
            "state",
            "note",
            "approved_on",
            "retired_on",
            "retire_reason",
            "target",
        ),
    )

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="policy_versions")
    document = models.ForeignKey(PolicyDocument, null=True, on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(_("code"), max_length=60)
    number = models.PositiveIntegerField(_("version"), default=1)
    period = DateRangeField(_("in force during"))
    target = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        null=True,
        help_text="of the text: what share of each bill payers should bear; null: the programme's",
    )
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=PolicyState.choices, default=PolicyState.DRAFT)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(null=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_on = models.DateField(null=True)
    retire_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "number"], name="one_policy_version_per_number"
            ),
            ExclusionConstraint(
                name="one_policy_in_force_at_a_time",
                expressions=[("county", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(state=PolicyState.DRAFT),
            ),
            models.CheckConstraint(
                condition=Q(state=PolicyState.DRAFT, approved_by=None, approved_on=None)
                | (~Q(state=PolicyState.DRAFT) & Q(approved_by__isnull=False, approved_on__isnull=False)),
                name="approved_policy_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="policy_needs_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state=PolicyState.RETIRED)
                | (Q(retired_by__isnull=False, retired_on__isnull=False) & ~Q(retire_reason="")),
                name="retired_policy_says_why",
            ),
            models.CheckConstraint(
                condition=(
                    Q(period__isempty=False, period__lower_inf=False)
                    | Q(period__isempty=True, state=PolicyState.RETIRED)
                )
                & ~Q(text=""),
                name="policy_has_a_beginning_and_a_text",
            ),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="frozen_when_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_FROZEN_WHEN_APPROVED,
            ),
            pgtrigger.Trigger(
                name="only_drafts_go", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_ONLY_DRAFTS_GO
            ),
            pgtrigger.FSM(
                name="policy_steps",
                field="state",
                transitions=[("draft", "approved"), ("approved", "retired")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
