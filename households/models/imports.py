"""A register file on its way in: staged, compared, applied with a date, and reversible."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.fields import EncryptedTextField
from core.base.models import Stamped, stamp_trigger
from households.models.family import Household, Person


@tracked(exclude=("progress_done", "progress_total", "claimed_at"))
class RegisterImport(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("file_name", "file_path", "sha256", "state", "stage", "header", "mapping", "counts", "problem"),
        *("data_date", "effective_on"),
    )

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READING = "reading", _("being read")
        PREVIEWED = "previewed", _("ready to check")
        QUEUED = "queued", _("waiting to be applied")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    file_path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    stage = models.CharField(max_length=40, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    data_date = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False, effective_on__isnull=False),
                name="applied_import_has_its_dates",
            )
        ]
        indexes = [models.Index(fields=["area", "-id"], name="import_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportRow(models.Model):
    """One person row of the file (or a household or person it no longer has), and what it will do."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *(
            "household_no",
            "person_no",
            "name",
            "id_index",
            "id_number",
            "id_masked",
            "data",
            "before",
            "changes",
        ),
        *("birth_date", "problems", "name_folded"),
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "verdict", "left_reason", "matched_by")

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        HOUSEHOLD = "household", _("household")

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("unchanged")
        GONE = "gone", _("gone")
        REFUSED = "refused", _("refused")
        ASK = "ask", _("to decide")

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(null=True, help_text="row in the file, from 1")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    matched_by = models.CharField(max_length=12, blank=True)
    household_no = models.CharField(max_length=24, blank=True)
    person_no = models.CharField(max_length=26, blank=True)
    name = models.CharField(max_length=40, blank=True)
    name_folded = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True)
    id_number = EncryptedTextField(null=True, editable=True)
    id_index = models.BinaryField(null=True)
    id_masked = models.CharField(max_length=22, blank=True)
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField(default=dict)
    before = models.JSONField(default=dict, help_text="what undo puts back")
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    left_reason = models.CharField(max_length=12, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["register_import", "verdict", "row"], name="import_row_list")]

    def __str__(self) -> str:
        return f"{self.register_import_id}:{self.row}"


class ColumnMapping(Stamped):
    """How this office's header row was read last time."""

    PLAIN: ClassVar[tuple[str, ...]] = ("signature", "mapping")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="column_mappings")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "signature"], name="one_mapping_per_header")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.signature
