"""A doctor is away and another stands in: arranged for days to come, ended early, over by itself."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Absence, User
from core.accounts.permissions import check
from followups.queries.absences import absent_doctors, possible_deputies

LONGEST = timedelta(days=366)


def arrange_absence(
    *, doctor: User, deputy: User, first_on: date, last_on: date, reason: str, by: User, on: date
) -> Absence:
    """This will have a doctor of the same county stand in from the first to the last day, both included.

    :raises ValidationError: where the actor may not arrange it, the days are past or in the wrong order, the
        deputy is the doctor, works elsewhere or is away too, or somebody stands in already.
    """
    check(by, "arrange_absence")
    if not absent_doctors(by).filter(pk=doctor.pk).exists():
        raise ValidationError(
            {"doctor": _("Choose yourself, a member of your team, or a doctor of your area.")}
        )
    _check_days(first_on, last_on, on)
    period = DateRange(first_on, last_on + timedelta(days=1))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=doctor.pk)
        _check_deputy(doctor, deputy, period)
        if Absence.objects.filter(doctor=doctor, period__overlap=period).exists():
            raise ValidationError(
                {"first_on": _("Somebody stands in on one of these days already. End that first.")}
            )
        return Absence.objects.create(doctor=doctor, deputy=deputy, period=period, reason=reason, by=by)


def end_absence(*, absence: Absence, by: User, on: date) -> None:
    """This will end an absence before its last day: from this day on nobody stands in. One that has not
    begun, or began today, is taken away; its history stays."""
    check(by, "arrange_absence")
    if not absent_doctors(by).filter(pk=absence.doctor_id).exists():
        raise ValidationError(_("Only the doctor, the team leader or the office may end this."))
    with transaction.atomic():
        held = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
        if held.period.upper <= on:
            return
        if held.period.lower >= on:
            held.delete()
            return
        held.period = DateRange(held.period.lower, on)
        held.save(update_fields=["period"])


def _check_days(first_on: date, last_on: date, on: date) -> None:
    if first_on < on:
        raise ValidationError({"first_on": _("Choose today or a later day.")})
    if last_on < first_on:
        raise ValidationError({"last_on": _("The last day comes before the first. Correct one of them.")})
    if last_on - first_on > LONGEST:
        raise ValidationError({"last_on": _("Choose at most a year; arrange it again then.")})


def _check_deputy(doctor: User, deputy: User, period: DateRange) -> None:
    if deputy.pk == doctor.pk:
        raise ValidationError({"deputy": _("Choose somebody else: nobody stands in for themselves.")})
    if not possible_deputies(doctor).filter(pk=deputy.pk).exists():
        raise ValidationError({"deputy": _("Choose an active doctor of the same county.")})
    if Absence.objects.filter(doctor=deputy, period__overlap=period).exists():
        raise ValidationError({"deputy": _("This doctor is away on one of these days too. Choose another.")})
