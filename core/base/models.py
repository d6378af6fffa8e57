"""What every table shares: when a row was made and changed, and by which transaction."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class CurrentTransaction(models.Func):
    """The id of the writing transaction; ids below the oldest running one can never gain a row any more."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


def stamp_trigger() -> pgtrigger.Trigger:
    """updated_at and changed_xid follow every update, raw ones included; column defaults serve inserts."""
    return pgtrigger.Trigger(
        name="stamp",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            NEW.updated_at := now();
            NEW.changed_xid := pg_current_xact_id()::text::bigint;
            RETURN NEW;
        """,
    )


class Stamped(models.Model):
    """PERSONAL names the fields that tell about a person (masked, each look recorded); PLAIN the rest.

    Keys, numbers, flags and timestamps need no declaration; every text, date, JSON or binary field does."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()

    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated"), db_default=Now(), editable=False)
    changed_xid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        abstract = True


class JobRun(models.Model):
    """One row for each job and period: the second of two schedulers finds it taken."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("job", "period", "detail", "state")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    job = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=1)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "period"], name="one_run_per_job_and_period")]

    def __str__(self) -> str:
        return f"{self.job} {self.period} {self.state}"


class Installation(models.Model):
    """The one row that tells a restored database from the one it was copied from."""

    PLAIN: ClassVar[tuple[str, ...]] = ("epoch",)
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    epoch = models.UUIDField()
    started_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_installation")]

    def __str__(self) -> str:
        return str(self.epoch)
