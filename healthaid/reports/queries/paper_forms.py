"""The visits that stand side by side on one sheet of paper."""

from core.accounts.models import User
from followups.models import Visit

COLUMNS = 4


RECORD = "health_record"


def record_number(user: User, visit: Visit) -> str:
    """编号 of a sheet: the last eight digits of the archive number, 3 of the village and 5 of the serial.

    Empty where the person has no health record yet, or none that the user may see.
    """
    records = Visit.objects.visible_to(user).filter(person=visit.person_id, protocol=RECORD, is_current=True)
    newest = records.order_by("-visited_on").values_list("answers__archive_number", flat=True).first()
    digits = str(newest or "")[-8:]
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 8 else ""


def on_one_sheet(user: User, visit: Visit, *, single: bool) -> list[Visit]:
    """A visit with those of the same year and edition before it, at most four, oldest first."""
    if single or visit.person_id is None:
        return [visit]
    same = Visit.objects.visible_to(user).filter(
        person_id=visit.person_id,
        protocol=visit.protocol,
        edition=visit.edition,
        visited_on__year=visit.visited_on.year,
        visited_on__lt=visit.visited_on,
        is_current=True,
    )
    earlier = same.select_related("person", "household", "by").order_by("-visited_on", "-uuid")[: COLUMNS - 1]
    return [*reversed(earlier), visit]
