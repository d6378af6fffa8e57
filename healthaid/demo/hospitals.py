"""Which hospital answers for which town in major disease; one town is left without, so that a gap is seen."""

from datetime import date, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from core.clinics.models import HospitalTown, InstitutionRole
from healthaid.demo.staff import Staff, Worker

_TITLES = ("肿瘤科", "神经内科", "针灸推拿科", "康复科")


def second_hospital(staff: Staff, random: Random) -> list[Worker]:
    """This will add the hospital of Chinese medicine and give all doctors who answer for patients."""
    place = staff.add_hospital("中医院")
    staff.partners = [
        staff.add_partner("示范省人民医院", "a"),
        staff.add_partner("示范医科大学附属医院", "b"),
    ]
    staff.add_others()
    return [
        *staff.specialists,
        *(staff.add_worker(place, f"{title}主治医师", random) for title in _TITLES),
    ]


def share_towns(staff: Staff, on: date) -> None:
    """This will give half of the towns to each of the two; the first town is left without."""
    first, second = staff.hospital, staff.second_hospital
    since = on - timedelta(days=700)
    towns = sorted({village.township.pk for village in staff.villages})
    half = (len(towns) + 1) // 2
    HospitalTown.objects.bulk_create(
        HospitalTown(
            institution_id=second if place < half else first,
            township_id=town,
            period=DateRange(since, None),
        )
        for place, town in enumerate(towns)
        if place or len(towns) == 1
    )
    roles = InstitutionRole.Role
    support, cooperating = staff.partners
    held = [
        (first, roles.DESIGNATED, since, None),
        (second, roles.DESIGNATED, since, None),
        (support, roles.SUPPORT, on - timedelta(days=400), None),
        (cooperating, roles.COOPERATION, since, on - timedelta(days=90)),
    ]
    InstitutionRole.objects.bulk_create(
        InstitutionRole(
            county=staff.county, institution_id=hospital, role=role, period=DateRange(first_day, after)
        )
        for hospital, role, first_day, after in held
    )
