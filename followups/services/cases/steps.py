"""One step of a case: the lock, the check of the table, the line with date, person and evidence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.accounts.models import User
from followups.case_choices import GONE, Stage
from followups.models import CaseStep, MajorCase
from followups.states import STATES

EVIDENCE = 300


def locked(case: MajorCase) -> MajorCase:
    """The case as it stands now, held until the end of the transaction."""
    held: MajorCase = MajorCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return held


def take_step(*, case: MajorCase, stage: str, evidence: str, by: User, on: date) -> CaseStep:
    """This will move a locked case to its next step; who died or moved away goes straight to the last.

    :raises MoveRefused: when the case does not stand where the step starts.
    :raises ValidationError: when the day lies before the step it follows on.
    """
    leaves = stage == Stage.CLOSED and case.closings.filter(state="approved", reason__in=GONE).exists()
    if not leaves:
        STATES.check_move("case", case.stage, stage)
    check_day(case, on)
    step = CaseStep.objects.create(case=case, stage=stage, on=on, evidence=evidence[:EVIDENCE], by=by)
    case.refresh_from_db()
    return step


def check_day(case: MajorCase, on: date, *, field: str = "on") -> None:
    """:raises ValidationError: when the day lies before the newest step."""
    last = case.steps.order_by("-on").values_list("on", flat=True).first()
    if last and on < last:
        raise ValidationError(
            {
                field: _("Choose %(day)s or a later day: the step before was taken then.")
                % {"day": date_format(last, "DATE_FORMAT")}
            }
        )
