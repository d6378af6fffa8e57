"""The institutions of a county, the people who work there, and the licences that let them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from core.accounts.models import Area
from core.clinics.models import CareCircle, Institution, Licence, Practitioner
from healthaid.demo.copying import Store
from healthaid.demo.names import SURNAMES, given_name
from healthaid.demo.people import Village
from healthaid.demo.shapes import BEHIND

NURSES_PER_TEAM = 3
# 238 beds set aside at 5 % (DOMAIN A48): 4,760 in the hospitals of the county and its towns.
BEDS, BEDS_OF_SECOND, BEDS_OF_CENTRE = 4760, 1620, 60
SPECIALISTS = ("心血管内科", "内分泌科", "精神科", "呼吸内科", "骨科", "中医科")
_INSTITUTION = (
    *("id", "code", "name", "kind", "area", "is_standardised", "is_designated", "has_settlement_window"),
    *("beds", "reserved_beds"),
)
_PRACTITIONER = ("id", "name", "institution", "is_general_practitioner", "title", "user", "home_village")
_LICENCE = ("practitioner", "kind", "number", "valid_from", "valid_to")
_CIRCLE = ("village", "institution", "minutes", "measured_on")


@dataclass(slots=True)
class Worker:
    pk: int
    name: str
    institution: int
    title: str
    is_gp: bool = False
    home: int | None = None
    user: int | None = None
    licence: str = "执业医师证书"
    licensed_to: date | None = None


class Staff:
    """Everyone who works in one county; the teams pick their members here."""

    def __init__(self, county: Area, villages: list[Village], store: Store, random: Random, on: date) -> None:
        self._store, self._random, self._on = store, random, on
        self.county, self.villages = county, villages
        self.workers: list[Worker] = []
        self._institutions: list[tuple[object, ...]] = []
        self.second_hospital = self.city_hospital = self.private_hospital = 0
        self.partners: list[int] = []
        towns = len({village.township.pk for village in villages})
        beds = BEDS - BEDS_OF_SECOND - towns * BEDS_OF_CENTRE
        self.hospital = self._institution(county, f"{county.name}人民医院", "county_hospital", beds=beds)
        self.centres = self._centres()
        self.village_doctors = {v.area.pk: self._village_doctor(v) for v in villages}
        self.specialists = [self._worker(self.hospital, f"{title}主治医师") for title in SPECIALISTS]
        self.public_health = {
            pk: self._worker(centre, "公共卫生医师") for pk, centre in sorted(self.centres.items())
        }
        self.nurses: dict[int, list[Worker]] = {pk: [] for pk in self.centres}

    def leader(self, village: Village) -> Worker:
        return self._worker(village.health_centre, "全科医生", is_gp=True)

    def nurse(self, village: Village, team_place: int) -> Worker:
        nurses = self.nurses[village.township.pk]
        if team_place % NURSES_PER_TEAM == 0 or not nurses:
            nurses.append(self._worker(village.health_centre, "护士", licence="护士执业证书"))
        return nurses[-1]

    def add_hospital(self, kind: str) -> int:
        """A second hospital of the county."""
        name = f"{self.county.name}{kind}"
        self.second_hospital = self._institution(
            self.county, name, "county_hospital", beds=BEDS_OF_SECOND, number="-2"
        )
        return self.second_hospital

    def add_partner(self, name: str, number: str) -> int:
        """A hospital above counties that stands by this one."""
        above = self.county.parent or self.county
        return self._institution(
            above, name, "higher_hospital", beds=1200, number=f"-{self.county.code}-{number}"
        )

    def add_others(self) -> None:
        """Where people go besides: the city's hospital, and one that no insurance has chosen."""
        self.city_hospital = self.add_partner("示范市中心医院", "c")
        name = f"{self.county.name}康和医院（民营）"
        self.private_hospital = self._institution(
            self.county, name, "county_hospital", beds=80, number="-3", chosen=False
        )

    def add_worker(self, institution: int, title: str, random: Random) -> Worker:
        """One more, drawn from another stream of chance, so that everybody else stays who they are."""
        own, self._random = self._random, random
        worker = self._worker(institution, title)
        self._random = own
        return worker

    def at_the_window(self, user: int) -> None:
        """This will give the clerk a place in the county's hospital."""
        Practitioner.objects.create(
            name="一站式窗口", institution_id=self.hospital, title="结算员", user_id=user
        )

    def write(self) -> None:
        self._store.copy(Institution, _INSTITUTION, self._institutions)
        self._store.copy(Practitioner, _PRACTITIONER, (self._row(worker) for worker in self.workers))
        self._store.copy(Licence, _LICENCE, (self._licence(worker) for worker in self.workers))
        self._store.copy(CareCircle, _CIRCLE, (self._circle(village) for village in self.villages))

    def _centres(self) -> dict[int, int]:
        centres: dict[int, int] = {}
        for village in self.villages:
            town = village.township
            if town.pk not in centres:
                name = f"{town.name}社区卫生服务中心"
                centres[town.pk] = self._institution(town, name, "township_hospital", beds=BEDS_OF_CENTRE)
            village.health_centre = centres[town.pk]
            place = "卫生室" if village.is_committee else "卫生服务站"
            village.clinic = self._institution(village.area, f"{village.short}{place}", "village_clinic")
        return centres

    def _institution(
        self, area: Area, name: str, kind: str, beds: int = 0, number: str = "", *, chosen: bool = True
    ) -> int:
        pk = self._store.next(Institution)
        reserved = -(-beds * 5 // 100) if chosen else 0
        window = beds > 0 and chosen
        row = (pk, f"DEMO{area.code}{number}", name, kind, area.pk, True, chosen, window, beds, reserved)
        self._institutions.append(row)
        return pk

    def _village_doctor(self, village: Village) -> Worker:
        worker = self._worker(village.clinic, "乡村医生", licence="乡村医生执业证书")
        worker.home = village.area.pk
        if village is self.villages[-1]:
            worker.licensed_to = self._on + timedelta(days=21)
        if len(self.villages) > 3 and village is self.villages[2]:
            worker.licensed_to = self._on - timedelta(days=9)
        return worker

    def _worker(
        self, institution: int, title: str, *, is_gp: bool = False, licence: str = "执业医师证书"
    ) -> Worker:
        sex = "2" if title == "护士" or self._random.random() < 0.42 else "1"
        born = self._random.randint(1962, 1994)
        name = self._random.choice(SURNAMES[:40]) + given_name(self._random, sex=sex, born_year=born)
        worker = Worker(self._store.next(Practitioner), name, institution, title, is_gp, licence=licence)
        self.workers.append(worker)
        return worker

    def _row(self, worker: Worker) -> tuple[object, ...]:
        return (
            *(worker.pk, worker.name, worker.institution, worker.is_gp, worker.title, worker.user),
            worker.home,
        )

    def _licence(self, worker: Worker) -> tuple[object, ...]:
        since = date(self._on.year - self._random.randint(2, 4), self._random.randint(1, 12), 1)
        until = worker.licensed_to or date(self._on.year + self._random.randint(1, 2), since.month, 1)
        until = worker.licensed_to or max(until, self._on + timedelta(days=21))
        return worker.pk, worker.licence, f"示范{worker.pk:06d}", since, until

    def _circle(self, village: Village) -> tuple[object, ...]:
        minutes = (
            18 if village.name == BEHIND[0] else self._random.randint(4, 14 if village.is_committee else 9)
        )
        measured = date(self._on.year - 1, 3, 12)
        return village.area.pk, village.clinic, minutes, measured
