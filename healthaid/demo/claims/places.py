"""The hospitals that a county's people go to, from the clinic of the village to the province."""

from dataclasses import dataclass
from random import Random

from claims.choices import HospitalLevel
from healthaid.demo.people import Village
from healthaid.demo.staff import Staff


@dataclass(frozen=True, slots=True)
class Place:
    institution: int
    level: HospitalLevel
    in_county: bool = True
    designated: bool = True


class Places:
    """Where a person of a village would go: `near` to the own town, `county` to the larger ones."""

    def __init__(self, staff: Staff) -> None:
        level = HospitalLevel
        self.clinics = {v.area.pk: Place(v.clinic, level.VILLAGE) for v in staff.villages}
        self.centres = {town: Place(pk, level.TOWNSHIP) for town, pk in staff.centres.items()}
        self.hospitals = [Place(pk, level.COUNTY) for pk in (staff.hospital, staff.second_hospital)]
        self.private = Place(staff.private_hospital, level.COUNTY, designated=False)
        self.city = Place(staff.city_hospital, level.CITY, in_county=False)
        self.provinces = [Place(pk, level.PROVINCE, in_county=False) for pk in staff.partners]

    def near(self, village: Village) -> Place:
        return self.centres[village.township.pk]

    def county(self, random: Random) -> Place:
        return self.hospitals[random.random() < 0.28]

    def above(self, random: Random) -> Place:
        """The city's hospital, or one of the province's."""
        return self.city if random.random() < 0.62 else random.choice(self.provinces)
