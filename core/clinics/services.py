"""What hospitals are to a county (定点, 对口帮扶, 对口协作): given from a day on, ended with a day."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution, InstitutionRole
from core.clinics.queries import HOSPITALS, counties_of


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
