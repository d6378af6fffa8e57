"""What the village clinics are and have, a few with a gap; those that were rebuilt (DOMAIN A25-A28, A94)."""

from datetime import date
from decimal import Decimal

from core.accounts.models import Area
from core.clinics.models import Institution, RebuildProject

_ROOMS = [one.value for one in Institution.Room]
_EQUIPMENT = [one.value for one in Institution.Equipment]
# 1,200,000 yuan for 119 clinics (DOMAIN A94): 10,084 each.
_BUDGET = Decimal(10_084)
_REBUILT_EVERY, _FEW_ROOMS_EVERY = 3, 11


def equip_clinics(county: Area, on: date) -> None:
    """This will give every clinic its size and list, leave a few short, and note every third's rebuilding."""
    found = Institution.objects.filter(
        kind=Institution.Kind.VILLAGE_CLINIC, area__ancestors__contains=[county.pk]
    )
    clinics = list(found.order_by("code"))
    for place, clinic in enumerate(clinics):
        clinic.floor_area = Decimal(80 + place * 37 % 90)
        clinic.rooms = _ROOMS[:-1] if place % _FEW_ROOMS_EVERY == 1 else _ROOMS
        clinic.equipment = _EQUIPMENT[:-3] if place % _FEW_ROOMS_EVERY == 1 else _EQUIPMENT
    if len(clinics) > _FEW_ROOMS_EVERY:
        clinics[-2].is_standardised = False
        clinics[-3].ownership = Institution.Ownership.RENTED
    names = ["floor_area", "rooms", "equipment", "is_standardised", "ownership"]
    Institution.objects.bulk_update(clinics, names, batch_size=500)
    RebuildProject.objects.bulk_create(
        RebuildProject(
            institution=clinic,
            title="村卫生室标准化改造",
            budget=_BUDGET,
            spent=_BUDGET - Decimal(clinic.pk % 9 * 12),
            began_on=date(on.year - 1, 4, 6),
            accepted_on=date(on.year - 1, 9, 20) if clinic.is_standardised else None,
        )
        for clinic in clinics[::-_REBUILT_EVERY]
    )
