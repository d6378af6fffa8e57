"""What institutions are and have; what hospitals are to a county (定点, 对口帮扶, 对口协作), and when."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution, InstitutionRole, RebuildProject
from core.clinics.queries import HOSPITALS, counties_of


@dataclass(frozen=True)
class Equipped:
    """What an institution is and has; `floor_area` in m², `rooms` and `equipment` as codes of their lists."""

    ownership: str
    is_standardised: bool
    has_settlement_window: bool
    floor_area: Decimal | None
    rooms: list[str]
    equipment: list[str]
    beds: int
    reserved_beds: int


@transaction.atomic
def equip(*, institution: Institution, wanted: Equipped, by: User) -> Institution:
    """This will write down what an institution is and has; history keeps what stood before.

    :raises ValidationError: where more beds are set aside than there are.
    """
    check(by, "manage_institutions")
    _check_place(institution, by)
    if wanted.reserved_beds > wanted.beds:
        words = _("More than there are beds. Please check both numbers.")
        raise ValidationError({"reserved_beds": words})
    held = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    names = [one.name for one in fields(wanted)]
    for name in names:
        setattr(held, name, getattr(wanted, name))
    held.save(update_fields=names)
    return held


@transaction.atomic
def record_rebuild(
    *,
    institution: Institution,
    title: str,
    budget: Decimal,
    spent: Decimal,
    began_on: date,
    accepted_on: date | None,
    by: User,
) -> RebuildProject:
    """This will note a rebuilding; once accepted, the clinic is up to standard.

    :raises ValidationError: where it was accepted before it began.
    """
    check(by, "manage_institutions")
    _check_place(institution, by)
    if accepted_on and accepted_on < began_on:
        raise ValidationError({"accepted_on": _("This is before it began. Choose a later day.")})
    told = {"title": title, "budget": budget, "spent": spent, "began_on": began_on}
    made = RebuildProject.objects.create(institution=institution, accepted_on=accepted_on, **told)
    if accepted_on:
        Institution.objects.filter(pk=institution.pk).update(is_standardised=True)
    return made


def _check_place(institution: Institution, by: User) -> None:
    if by.area_id not in institution.area.ancestors:
        raise PermissionDenied("manage_institutions")


def give_role(*, county: Area, institution: Institution, role: str, since: date, by: User) -> InstitutionRole:
    """This will make a hospital something to a county's treatment of major disease from a day on.

    :raises ValidationError: for no hospital, or one that holds the role then or later.
    """
    check(by, "manage_institutions")
    _check_county(county, by)
    if institution.kind not in HOSPITALS:
        raise ValidationError({"institution": _("Choose a county hospital or a higher one.")})
    try:
        with transaction.atomic():
            return InstitutionRole.objects.create(
                county=county, institution=institution, role=role, period=DateRange(since, None)
            )
    except IntegrityError as overlap:
        words = _(
            "This hospital holds the role at that time or later. Look at the list, or choose another day."
        )
        raise ValidationError({"institution": words}) from overlap


def end_role(*, role: InstitutionRole, last_day: date, by: User, on: date) -> InstitutionRole:
    """This will set the last day of a role; it stays on record.

    :raises ValidationError: before its first day, or where it has ended already.
    """
    check(by, "manage_institutions")
    _check_county(role.county, by)
    with transaction.atomic():
        held: InstitutionRole = InstitutionRole.objects.select_for_update(of=("self",)).get(pk=role.pk)
        if held.period.upper and held.period.upper <= on:
            raise ValidationError(_("This role has ended already."))
        if last_day < held.period.lower:
            raise ValidationError({"last_day": _("Choose its first day or a later one.")})
        held.period = DateRange(held.period.lower, last_day + timedelta(days=1))
        held.save(update_fields=["period"])
    return held


def _check_county(county: Area, by: User) -> None:
    if not counties_of(by).filter(pk=county.pk).exists():
        raise PermissionDenied("manage_institutions")
