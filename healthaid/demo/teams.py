"""Family-doctor teams of 1+1+X: a general practitioner, a village doctor, and whoever else is there."""

from datetime import date, timedelta

from followups.choices import Slot
from followups.models import Team, TeamMember
from healthaid.demo.copying import Store
from healthaid.demo.people import Village, in_order, teams_per_village
from healthaid.demo.shapes import Shape
from healthaid.demo.staff import Staff, Worker

_TEAM = ("id", "name", "area", "institution", "closed_on")
_MEMBER = ("team", "practitioner", "slot", "from_on", "to_on")
# Two homes in five of this village are with its first team: more than it should carry.
OVERLOADED = "指方村委会"
_SERVES = ("team", "area")


class Teams:
    def __init__(self, shape: Shape, staff: Staff, store: Store, on: date) -> None:
        self._staff, self._store, self._since = staff, store, date(on.year - 4, 1, 1)
        self.leaders: list[tuple[Worker, Village]] = []
        self._on = on
        self._teams: list[tuple[object, ...]] = []
        self._members: list[tuple[object, ...]] = []
        self._serves: list[tuple[object, ...]] = []
        self._in_town: dict[int, int] = {}
        ordered = in_order(staff.villages)
        for village, count in zip(ordered, teams_per_village(shape, ordered), strict=True):
            for number in range(count):
                self._form(village, closed=village is ordered[1] and number > 0 and number == count - 1)
            _share_out(village)
        self._leave_gaps()

    def write(self) -> None:
        self._store.copy(Team, _TEAM, self._teams)
        self._store.copy(Team.villages.through, _SERVES, self._serves)
        self._store.copy(TeamMember, _MEMBER, self._members)

    def leading_users(self) -> dict[int, int]:
        """Team → the user of its leader."""
        return {
            int(str(row[0])): leader.user or 0
            for row, (leader, _village) in zip(self._teams, self.leaders, strict=True)
        }

    def _leave_gaps(self) -> None:
        """Not everything is in order: one team has lost its leader, one is led without a valid licence."""
        if len(self.leaders) > 3:
            seat = next(n for n, row in enumerate(self._members) if row[0] == self._teams[-2][0])
            self._members[seat] = (*self._members[seat][:4], self._on - timedelta(days=12))
            self.leaders[-1][0].licensed_to = self._on - timedelta(days=30)

    def _form(self, village: Village, *, closed: bool = False) -> None:
        town, pk = village.township, self._store.next(Team)
        place = self._in_town.get(town.pk, 0)
        self._in_town[town.pk] = place + 1
        leader = self._staff.leader(village)
        self.leaders.append((leader, village))
        village.teams.append(pk)
        closed_on = self._on - timedelta(days=20) if closed else None
        name = f"{town.name}第{place + 1}家庭医生团队"
        self._teams.append((pk, name, town.pk, village.health_centre, closed_on))
        self._serves.append((pk, village.area.pk))
        self._seat(pk, leader, Slot.LEADER)
        self._seat(pk, self._staff.village_doctors[village.area.pk], Slot.VILLAGE_DOCTOR)
        self._seat(pk, self._staff.nurse(village, place), Slot.NURSE)
        self._seat(pk, self._staff.public_health[town.pk], Slot.PUBLIC_HEALTH)
        if place % 2 == 0:
            self._seat(pk, self._staff.specialists[pk % len(self._staff.specialists)], Slot.SPECIALIST)

    def _seat(self, team: int, worker: Worker, slot: str) -> None:
        self._members.append((team, worker.pk, str(slot), self._since, None))


def _share_out(village: Village) -> None:
    """Neighbouring doors belong to one team."""
    first = len(village.homes) * 2 // 5 if village.name == OVERLOADED and len(village.teams) > 2 else 0
    teams = village.teams[1:] if first else village.teams
    block = -(-(len(village.homes) - first) // len(teams))
    for place, home in enumerate(village.homes):
        home.team = village.teams[0] if place < first else teams[(place - first) // block]
