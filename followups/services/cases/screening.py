"""Screening days: held once, and everybody who attended gets a result."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution
from followups.models import ScreeningDay, ScreeningResult
from households.models import Disease, Person


def hold_screening(
    *, area: Area, title: str, held_on: date, hospital: Institution, experts: str, by: User
) -> ScreeningDay:
    """This will note a screening day that was or will be held for a county or a township."""
    check(by, "assign_case")
    try:
        with transaction.atomic():
            return ScreeningDay.objects.create(
                area=area, title=title.strip(), on=held_on, hospital=hospital, experts=experts.strip(), by=by
            )
    except IntegrityError as twice:
        words = _("This day is noted already under the same title. Open it in the list.")
        raise ValidationError({"title": words}) from twice


def record_result(
    *,
    day: ScreeningDay,
    person: Person,
    outcome: str,
    by: User,
    disease: Disease | None = None,
    note: str = "",
) -> ScreeningResult:
    """This will note what was found of one person; the second time it corrects the first."""
    check(by, "work_case")
    with transaction.atomic():
        ScreeningDay.objects.select_for_update().get(pk=day.pk)
        ScreeningResult.objects.filter(day=day, person=person).delete()
        return ScreeningResult.objects.create(
            day=day,
            person=person,
            village_id=person.village_id,
            disease=disease,
            outcome=outcome,
            note=note.strip(),
            by=by,
        )
