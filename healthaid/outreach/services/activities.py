"""Writing down an activity, and what each unit scored in it."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution
from healthaid.outreach.kinds import activity_kinds
from healthaid.outreach.models import Activity, ActivityEntry
from healthaid.outreach.queries.activities import units_of


@dataclass(frozen=True)
class ActivityWanted:
    area: Area
    kind: str
    title: str
    held_on: date
    organiser: str = ""
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What one unit scored; `plaque_on` where a plaque was put up for its grade."""

    institution: Institution
    score: Decimal
    contestant: str = ""
    plaque_on: date | None = None


def record_activity(*, wanted: ActivityWanted, by: User) -> Activity:
    """This will keep an activity of the user's area.

    :raises ValidationError: where the same kind was held there on the day already.
    """
    check(by, "hold_activity")
    _check_area(wanted.area, by)
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    try:
        with transaction.atomic():
            made: Activity = Activity.objects.create(recorded_by=by, **told)
    except IntegrityError as twice:
        words = _("An activity of this kind is already recorded for this day.")
        raise ValidationError({"held_on": words}) from twice
    return made


@transaction.atomic
def write_results(*, activity: Activity, results: list[Result], by: User) -> int:
    """This will put the scores in place and give each its grade; gives how many units have one.

    Units that are not in the list lose theirs; history keeps what stood before.

    :raises ValidationError: for a score above the full one, or a unit that does not take part.
    """
    check(by, "hold_activity")
    _check_area(activity.area, by)
    held = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    kind = activity_kinds()[held.kind]
    wrong = [one for one in results if one.score > kind.full or one.score < 0]
    if wrong:
        words = _("A score lies between 0 and %(full)s.") % {"full": kind.full}
        raise ValidationError({f"score_{one.institution.pk}": words for one in wrong})
    among = set(units_of(held).values_list("pk", flat=True))
    if any(one.institution.pk not in among for one in results):
        raise ValidationError(_("One of the units does not take part in this activity."))
    held.entries.exclude(institution__in=[one.institution for one in results]).delete()
    for one in results:
        _put(held, one, kind.grade(one.score))
    return len(results)


def _put(activity: Activity, result: Result, grade: str) -> None:
    told = {"score": result.score, "contestant": result.contestant, "grade": grade}
    plaque = result.plaque_on if grade else None
    ActivityEntry.objects.update_or_create(
        activity=activity, institution=result.institution, defaults={**told, "plaque_on": plaque}
    )


def _check_area(area: Area, by: User) -> None:
    if by.area_id not in area.ancestors:
        raise PermissionDenied("hold_activity")
