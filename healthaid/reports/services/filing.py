"""A report between the desks: handed in, returned or approved, and corrected in the open."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from healthaid.reports.models import FilingStep, Report
from healthaid.reports.models.reports import Filing
from healthaid.reports.queries.reports import may_check, may_submit
from healthaid.reports.states import STATES


class FilingRefused(Exception):
    """The step is not this user's to take; `message` says so."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


@transaction.atomic
def submit(*, report: Report, by: User, at: datetime) -> Report:
    """This will hand the report in to the area above; from then on its figures stay as they are.

    Raises MoveRefused where it does not stand at this step, FilingRefused where `by` works elsewhere."""
    found = _locked(report)
    STATES.check_move("report", found.filing, Filing.SUBMITTED)
    if not may_submit(by, found):
        raise FilingRefused(_("Only whoever works in the area itself hands its report in, once it is ready."))
    found.submitted_by, found.approved_by = by, None
    return _move(found, Filing.SUBMITTED, by=by, at=at)


@transaction.atomic
def send_back(*, report: Report, reason: str, by: User, at: datetime) -> Report:
    """This will return the report with the reason; it can be counted again and handed in anew."""
    found = _checked(report, Filing.RETURNED, by)
    return _move(found, Filing.RETURNED, by=by, at=at, reason=reason)


@transaction.atomic
def approve(*, report: Report, by: User, at: datetime) -> Report:
    """This will approve the report for good. Nobody approves what they handed in themselves."""
    found = _checked(report, Filing.APPROVED, by)
    found.approved_by = by
    return _move(found, Filing.APPROVED, by=by, at=at)


@transaction.atomic
def correct(*, report: Report, reason: str, by: User) -> Report:
    """This will queue a further edition of an approved report, which names this one and the reason.

    The earlier edition stays as it is. One that is being corrected already gives its correction."""
    found = _locked(report)
    if found.filing != Filing.APPROVED:
        raise FilingRefused(_("Only an approved report is corrected; one that is not yet is returned first."))
    made: Report = Report.objects.get_or_create(
        corrects=found,
        defaults={
            **{name: getattr(found, name) for name in ("kind", "area", "since", "until", "language")},
            "for_health": found.for_health,
            "edition": found.edition + 1,
            "reason": reason,
            "requested_by": by,
        },
    )[0]
    return made


def _checked(report: Report, to: Filing, by: User) -> Report:
    found = _locked(report)
    STATES.check_move("report", found.filing, to)
    if not may_check(by, found):
        raise FilingRefused(
            _("A report is checked by somebody of the area above who did not hand it in themselves.")
        )
    return found


def _locked(report: Report) -> Report:
    found: Report = (
        Report.objects.select_for_update(of=("self",)).select_related("area__parent").get(pk=report.pk)
    )
    return found


def _move(report: Report, to: Filing, *, by: User, at: datetime, reason: str = "") -> Report:
    report.filing = to
    report.save()
    FilingStep.objects.create(report=report, to=to, at=at, by=by, reason=reason, sha256=report.sha256)
    return report
