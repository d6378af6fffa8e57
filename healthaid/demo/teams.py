"""Family-doctor teams of 1+1+X: a general practitioner, a village doctor, and whoever else is there."""

from datetime import date

from followups.choices import Slot
from followups.models import Team, TeamMember
from healthaid.demo.copying import Store
from healthaid.demo.people import Village, in_order, teams_per_village
from healthaid.demo.shapes import Shape
from healthaid.demo.staff import Staff, Worker

_TEAM = ("id", "name", "area", "institution")
_MEMBER = ("team", "practitioner", "slot", "from_on")
_SERVES = ("team", "area")


class Teams:
    def __init__(self, shape: Shape, staff: Staff, store: Store, on: date) -> None:
        self._staff, self._store, self._since = staff, store, date(on.year - 4, 1, 1)
        self.leaders: list[tuple[Worker, Village]] = []
        self._teams: list[tuple[int, str, int, int]] = []
        self._members: list[tuple[object, ...]] = []
        self._serves: list[tuple[object, ...]] = []
        self._in_town: dict[int, int] = {}
        ordered = in_order(staff.villages)
        for village, count in zip(ordered, teams_per_village(shape, ordered), strict=True):
            for _number in range(count):
                self._form(village)
            _share_out(village)

    def write(self) -> None:
        self._store.copy(Team, _TEAM, self._teams)
        self._store.copy(Team.villages.through, _SERVES, self._serves)
        self._store.copy(TeamMember, _MEMBER, self._members)

    def leading_users(self) -> dict[int, int]:
        """Team → the user of its leader."""
        return {
            row[0]: leader.user or 0
            for row, (leader, _village) in zip(self._teams, self.leaders, strict=True)
        }

    def _form(self, village: Village) -> None:
        town, pk = village.township, self._store.next(Team)
        place = self._in_town.get(town.pk, 0)
        self._in_town[town.pk] = place + 1
        leader = self._staff.leader(village)
        self.leaders.append((leader, village))
        village.teams.append(pk)
        self._teams.append((pk, f"{town.name}第{place + 1}家庭医生团队", town.pk, village.health_centre))
        self._serves.append((pk, village.area.pk))
        self._seat(pk, leader, Slot.LEADER)
        self._seat(pk, self._staff.village_doctors[village.area.pk], Slot.VILLAGE_DOCTOR)
        self._seat(pk, self._staff.nurse(village, place), Slot.NURSE)
        self._seat(pk, self._staff.public_health[town.pk], Slot.PUBLIC_HEALTH)
        if place % 2 == 0:
            self._seat(pk, self._staff.specialists[pk % len(self._staff.specialists)], Slot.SPECIALIST)

    def _seat(self, team: int, worker: Worker, slot: str) -> None:
        self._members.append((team, worker.pk, str(slot), self._since))


def _share_out(village: Village) -> None:
    """Neighbouring doors belong to one team."""
    block = -(-len(village.homes) // len(village.teams))
    for place, home in enumerate(village.homes):
        home.team = village.teams[place // block]
