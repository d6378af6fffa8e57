"""Who signs in to the demo, and the one program that calls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from core.accounts.models import ApiClient, ApiToken, Area, Role, Sector, User
from core.accounts.tokens import Scope, digest
from healthaid.demo.numbers import phone_number
from healthaid.demo.people import Village, in_order
from healthaid.demo.staff import Staff, Worker

PASSWORD = "healthaid-demo-2026"  # noqa: S105 - printed for everyone who tries the demo
TOKEN = "ha_demo_token_for_the_invented_county_2026"  # noqa: S105 - as above; no demo outside development
CLIENT = "demo-client"


@dataclass(slots=True)
class Accounts:
    """Makes the users of one county; the first county's have plain names, the others carry its number."""

    place: int
    county: Area
    on: date
    serial: int = 0
    password_hash: str = ""

    def __post_init__(self) -> None:
        self.password_hash = make_password(PASSWORD, salt="demosaltdemosalt")

    def for_county(
        self, staff: Staff, leaders: list[tuple[Worker, Village]], hospital: list[Worker]
    ) -> dict[str, int]:
        """This will make everyone's account, tie doctors to theirs, and give user ids by user name."""
        users = [
            *self._doctors(staff),
            *self._team_doctors(leaders),
            *self._officers(staff),
            *self._committees(staff),
            *self._hospital_doctors(hospital),
        ]
        made = User.objects.bulk_create(users)
        ids = {user.username: user.pk for user in made}
        for worker, username in self._pairs(staff, leaders):
            worker.user = ids[username]
        for number, worker in enumerate(hospital, start=1):
            worker.user = ids[self._name("hospital", number)]
        return ids

    def _pairs(self, staff: Staff, leaders: list[tuple[Worker, Village]]) -> list[tuple[Worker, str]]:
        doctors = [(staff.village_doctors[v.area.pk], self._name("doctor", n)) for n, v in _numbered(staff)]
        teams = [(leader, self._name("team", n)) for n, (leader, _v) in enumerate(leaders, start=1)]
        return [*doctors, *teams]

    def _doctors(self, staff: Staff) -> list[User]:
        return [
            self._user("doctor", n, staff.village_doctors[v.area.pk].name, Role.VILLAGE_DOCTOR, v.area)
            for n, v in _numbered(staff)
        ]

    def _team_doctors(self, leaders: list[tuple[Worker, Village]]) -> list[User]:
        return [
            self._user("team", n, leader.name, Role.TEAM_DOCTOR, village.township)
            for n, (leader, village) in enumerate(leaders, start=1)
        ]

    def _hospital_doctors(self, hospital: list[Worker]) -> list[User]:
        return [
            self._user("hospital", n, worker.name, Role.TEAM_DOCTOR, self.county)
            for n, worker in enumerate(hospital, start=1)
        ]

    def _committees(self, staff: Staff) -> list[User]:
        """A clerk in every village's committee."""
        desk = {"sector": Sector.ADMINISTRATION}
        return [
            self._user("committee", n, f"{v.short}村委会", Role.VILLAGE_CLERK, v.area, **desk)
            for n, v in _numbered(staff)
        ]

    def _officers(self, staff: Staff) -> list[User]:
        towns = {village.township.pk: village.township for village in staff.villages}
        last = [*towns.values()][-1]
        order = [last, *[*towns.values()][:-1]]
        made = [
            self._user("township", n, f"{town.name}卫健办", Role.TOWNSHIP_STAFF, town)
            for n, town in enumerate(order, start=1)
        ]
        administration = {"sector": Sector.ADMINISTRATION}
        made += [
            self._user(
                "village_affairs", n, f"{town.name}乡村振兴办", Role.TOWNSHIP_STAFF, town, **administration
            )
            for n, town in enumerate(order, start=1)
        ]
        single = (
            ("county", "区卫健局", Role.COUNTY_STAFF),
            ("clerk", "一站式窗口", Role.HOSPITAL_CLERK),
            ("auditor", "审计员", Role.AUDITOR),
            ("admin", "系统管理员", Role.ADMINISTRATOR),
        )
        made += [self._user(stem, 1, name, role, self.county) for stem, name, role in single]
        offices = ((2, "区医保局"), (3, "区乡村振兴局"))
        return [
            *made,
            *(
                self._user("county", n, name, Role.COUNTY_STAFF, self.county, **administration)
                for n, name in offices
            ),
        ]

    def _user(self, stem: str, number: int, full_name: str, role: str, area: Area, **more: str) -> User:
        self.serial += 1
        phone = phone_number(90_000_000 + self.place * 10_000 + self.serial)
        username = self._name(stem, number)
        return User(
            username=username, full_name=full_name, role=role, area=area, phone=phone,
            password=self.password_hash, **more,
        )  # fmt: skip

    def _name(self, stem: str, number: int) -> str:
        return f"{stem}{number}" if self.place == 0 else f"c{self.place + 1}-{stem}{number}"


def make_client(county: Area, on: date) -> None:
    """This will make the program of the demo, with a token that is printed in the documentation."""
    user = User.objects.create(
        username=CLIENT, full_name="示范接口", role=Role.API_CLIENT, area=county, password=make_password(None)
    )
    client = ApiClient.objects.create(
        name=CLIENT, contact="demo", purpose="示范数据的读取", area=county, user=user, scopes=[*Scope]
    )
    now = timezone.now()
    until = datetime.combine(max(on, now.date()), now.timetz()) + timedelta(days=366)
    ApiToken.objects.create(client=client, digest=digest(TOKEN), label="demo", expires_at=until)


def _numbered(staff: Staff) -> list[tuple[int, Village]]:
    return [*enumerate(in_order(staff.villages), start=1)]


__all__ = ["CLIENT", "PASSWORD", "TOKEN", "Accounts", "make_client"]
