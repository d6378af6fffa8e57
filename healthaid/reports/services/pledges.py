"""Writing down what a unit has signed for a year."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.papers import keep_paper
from core.clinics.models import Institution
from healthaid.reports.indicators import INDICATORS
from healthaid.reports.models import Direction, Pledge, PledgeTarget

FOLDER = "pledges"


@dataclass(frozen=True)
class PledgeWanted:
    """The head of the paper. Where an institution signs, the area is the one it serves."""

    area: Area
    year: int
    signer: str
    signed_with: str
    signed_on: date
    institution: Institution | None = None


@dataclass(frozen=True)
class TargetWanted:
    """`value` in the unit in which the indicator is shown (per cent or a number), `weight` its points."""

    indicator: str
    value: Decimal
    weight: int


@transaction.atomic
def record_pledge(*, wanted: PledgeWanted, targets: list[TargetWanted], by: User, file: Any = None) -> Pledge:
    """This will keep a pledge with its targets. `file` has chunks(): JPEG, PNG or PDF, at most 8 MB.

    :raises ValidationError: by field, such as a unit that has pledged for the year already."""
    pledge = Pledge(recorded_by=by)
    return _written(pledge, wanted, targets, by, file)


@transaction.atomic
def revise_pledge(
    *, pledge: Pledge, wanted: PledgeWanted, targets: list[TargetWanted], by: User, file: Any = None
) -> Pledge:
    """This will correct a pledge and put the targets in place; history keeps what stood before."""
    held = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    _check_area(held.area, by)
    return _written(held, wanted, targets, by, file)


def _written(
    pledge: Pledge, wanted: PledgeWanted, targets: list[TargetWanted], by: User, file: Any
) -> Pledge:
    check(by, "sign_pledge")
    _check_area(wanted.area, by)
    _check_first(pledge, wanted)
    if not targets:
        raise ValidationError(_("Enter at least one target."))
    for field in fields(wanted):
        setattr(pledge, field.name, getattr(wanted, field.name))
    if file:
        paper = keep_paper(file, folder=FOLDER)
        pledge.path, pledge.sha256 = paper.path, paper.sha256
        pledge.media_type, pledge.size = paper.media_type, paper.size
    pledge.save()
    _put(pledge, targets)
    return pledge


def _check_area(area: Area, by: User) -> None:
    if by.area_id not in area.ancestors:
        raise PermissionDenied("sign_pledge")


def _check_first(pledge: Pledge, wanted: PledgeWanted) -> None:
    same = Pledge.objects.filter(year=wanted.year, institution=wanted.institution)
    same = same if wanted.institution else same.filter(area=wanted.area)
    if same.exclude(pk=pledge.pk).exists():
        raise ValidationError(
            {"year": _("This unit has a pledge for the year already. Open and correct it.")}
        )


def _put(pledge: Pledge, targets: list[TargetWanted]) -> None:
    """Rows that stay are changed in place, so that their history is one."""
    codes = [target.indicator for target in targets]
    pledge.targets.exclude(indicator__in=codes).delete()
    for target in targets:
        low = INDICATORS[target.indicator].low_is_good
        direction = Direction.AT_MOST if low else Direction.AT_LEAST
        PledgeTarget.objects.update_or_create(
            pledge=pledge,
            indicator=target.indicator,
            defaults={"value": target.value, "weight": target.weight, "direction": direction},
        )
