"""The register of one village: households with their history, members with their identities and insurance."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from core.base.crypto import blind_index, encrypt
from core.base.idnumber import masked
from core.base.names import name_keys
from core.base.periods import age_on
from healthaid.demo.copying import Row, Store
from healthaid.demo.families import Member
from healthaid.demo.illness import MAJOR
from healthaid.demo.numbers import phone_masked, phone_number, seeded_uuid
from healthaid.demo.people import Home, Village
from healthaid.demo.words import education, health_word, labour, student
from households.choices import Cause, HouseholdType, IdentityKind, MonitoredKind, Standing
from households.models import Household, HouseholdStatus, Identity, Person

_HOUSEHOLD = (
    *(
        "id",
        "uuid",
        "register_no",
        "village",
        "county",
        "group_name",
        "address",
        "household_type",
        "standing",
    ),
    *(
        "registered_on",
        "main_cause",
        "other_causes",
        "income_per_head",
        "phone",
        "phone_masked",
        "phone_index",
    ),
    *("latitude", "longitude", "visit_order"),
)
_PERSON = (
    *("id", "uuid", "household", "village", "county", "person_no", "name", "name_folded", "name_pinyin"),
    *("name_initials", "name_grams", "id_number", "id_index", "id_masked", "relation", "sex", "birth_date"),
    *("ethnicity", "education", "student_status", "labour", "health_status", "health_class"),
    *("disability_kind", "disability_level"),
)
_STATUS = ("household", "standing", "monitored_kind", "risk", "period", "grounds")
_IDENTITY = ("person", "kind", "period", "grounds")
_LIFTED_YEARS = {2016: 8, 2017: 17, 2018: 35, 2019: 25, 2020: 15}
_CAUSES = {
    Cause.ILLNESS: 42, Cause.DISABILITY: 13, Cause.SCHOOLING: 9, Cause.LABOUR: 11, Cause.SKILL: 12,
    Cause.MONEY: 6, Cause.LAND: 3, Cause.MOTIVATION: 2, Cause.DISASTER: 2,
}  # fmt: skip
_KINDS = {MonitoredKind.UNSTABLE: 5, MonitoredKind.MARGINAL: 2, MonitoredKind.SUDDEN: 3}


def period(start: date, end: date | None = None) -> str:
    """A half-open range of days as PostgreSQL writes it."""
    return f"[{start},{end or ''})"


@dataclass(slots=True)
class Standings:
    """What a household was, one period after the other."""

    registered_on: date
    lifted_on: date
    monitored: tuple[date, date | None, str, str] | None = None

    @property
    def current(self) -> str:
        return Standing.MONITORED if self.monitored and self.monitored[1] is None else Standing.LIFTED

    def rows(self, household: int) -> Iterator[Row]:
        yield household, Standing.REGISTERED, "", "", period(self.registered_on, self.lifted_on), "精准识别"
        if self.monitored is None:
            yield household, Standing.LIFTED, "", "", period(self.lifted_on), "达到脱贫标准"
            return
        start, end, kind, risk = self.monitored
        yield household, Standing.LIFTED, "", "", period(self.lifted_on, start), "达到脱贫标准"
        yield household, Standing.MONITORED, kind, risk, period(start, end), "监测排查"
        if end:
            yield household, Standing.LIFTED, "", "", period(end), "风险消除"


@dataclass
class Register:
    """Writes villages one by one; `seed` of each village is its own, so that order does not matter."""

    store: Store
    on: date
    moment: int
    phone_serial: int = 0
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def write(self, village: Village, random: Random) -> None:
        """This will write a village's households, members, standings and identities."""
        self.rows = {"household": [], "person": [], "status": [], "identity": []}
        centre = _centre(village)
        for home in village.homes:
            self._home(village, home, centre, random)
        self.store.copy(Household, _HOUSEHOLD, self.rows["household"])
        self.store.copy(HouseholdStatus, _STATUS, self.rows["status"])
        self.store.copy(Person, _PERSON, self.rows["person"])
        self.store.copy(Identity, _IDENTITY, self.rows["identity"])

    def _home(self, village: Village, home: Home, centre: tuple[float, float], random: Random) -> None:
        home.pk = self.store.next(Household)
        standings = _standings(random, self.on)
        home.standing = str(standings.current)
        kind = _household_type(home, random)
        self.rows["household"].append(self._household(village, home, standings, kind, centre, random))
        self.rows["status"] += standings.rows(home.pk)
        for place, member in enumerate(home.members, start=1):
            member.pk = self.store.next(Person)
            self.rows["person"].append(self._person(village, home, member, place, random))
            self.rows["identity"] += _identities(member, standings, kind, random)

    def _household(
        self,
        village: Village,
        home: Home,
        standings: Standings,
        kind: str,
        centre: tuple[float, float],
        random: Random,
    ) -> Row:
        group = 1 + (home.number - 1) * 8 // len(village.homes)
        home.group = f"第{group}组" if village.is_committee else f"第{group}网格"
        address = f"{village.township.name}{village.short}{home.group}{home.number}号"
        causes = _causes(home, random)
        phone = self._phone()
        return (
            *(home.pk, seeded_uuid(random, self.moment), register_no(village, home), village.area.pk),
            *(village.area.county_id, home.group, address, kind, home.standing, standings.registered_on),
            *(causes[0], causes[1:], _income(home, standings, random)),
            *(encrypt(phone), phone_masked(phone), blind_index(phone)),
            *(f"{centre[0] + random.gauss(0, 0.0035):.6f}", f"{centre[1] + random.gauss(0, 0.004):.6f}"),
            home.number,
        )

    def _person(self, village: Village, home: Home, member: Member, place: int, random: Random) -> Row:
        keys, age = name_keys(member.name), age_on(member.born, self.on)
        disabled = random.random() < (0.1 if age >= 40 else 0.025)
        disability = (random.choice("134567"), random.choice("1234")) if disabled else ("", "")
        return (
            *(member.pk, seeded_uuid(random, self.moment), home.pk, village.area.pk, village.area.county_id),
            *(
                f"{register_no(village, home)}{place:02d}",
                member.name,
                keys.folded,
                keys.pinyin,
                keys.initials,
            ),
            *(keys.grams, encrypt(member.id_number), blind_index(member.id_number), masked(member.id_number)),
            *(member.relation, member.sex, member.born, member.ethnicity, education(age, random)),
            *(student(age), labour(age, member, disabled), health_word(member, disabled)),
            *(str(member.health_class), *disability),
        )

    def _phone(self) -> str:
        self.phone_serial += 1
        return phone_number(self.phone_serial)


def register_no(village: Village, home: Home) -> str:
    """Village code and four digits, as the older register numbers were made."""
    return f"{village.area.code}{home.number:04d}"


def _standings(random: Random, on: date) -> Standings:
    registered = date(
        random.choice((2014, 2014, 2014, 2015, 2016)), random.randint(1, 11), random.randint(1, 28)
    )
    year = random.choices([*_LIFTED_YEARS], [*_LIFTED_YEARS.values()])[0]
    lifted = date(max(year, registered.year + 1), 12, random.randint(8, 30))
    if random.random() >= 0.085:
        return Standings(registered, lifted)
    start = on - timedelta(days=random.randint(50, 1500))
    over = random.random() < 0.4 and (on - start).days > 240
    end = start + timedelta(days=random.randint(200, (on - start).days - 20)) if over else None
    kind = random.choices([*_KINDS], [*_KINDS.values()])[0]
    risk = random.choice((Cause.ILLNESS, Cause.ILLNESS, Cause.DISABILITY, Cause.LABOUR, Cause.ACCIDENT))
    return Standings(registered, lifted, (start, end, str(kind), str(risk)))


def _household_type(home: Home, random: Random) -> str:
    alone_and_old = len(home.members) == 1 and home.head.born.year < 1966
    if alone_and_old and random.random() < 0.35:
        return str(HouseholdType.DESTITUTE)
    return str(HouseholdType.SUBSISTENCE if random.random() < 0.24 else HouseholdType.ORDINARY)


def _causes(home: Home, random: Random) -> list[str]:
    """One main cause and up to two others; serious illness in the family makes illness likelier."""
    seriously = any(code in MAJOR for member in home.members for code in member.ill)
    weights = {**_CAUSES, Cause.ILLNESS: 110 if seriously else 34}
    drawn = random.choices([*weights], [*weights.values()], k=random.choice((1, 1, 2, 3)))
    return [str(cause) for cause in dict.fromkeys(drawn)]


def _income(home: Home, standings: Standings, random: Random) -> Decimal:
    """Yuan per head and year; the monitored lie near the line of their province."""
    centre = 7900 if standings.current == Standing.MONITORED else 13800 - 500 * (len(home.members) == 1)
    drawn = centre * random.lognormvariate(0, 0.16 if centre < 8000 else 0.27)
    return Decimal(round(min(max(drawn, 5200), 46000) * 100)) / 100


def _identities(member: Member, standings: Standings, kind: str, random: Random) -> Iterator[Row]:
    first = max(standings.registered_on, member.born)
    yield member.pk, IdentityKind.REGISTERED, period(first), "建档立卡"
    since = max(date(random.randint(2016, 2022), random.randint(1, 12), 1), member.born)
    if kind == HouseholdType.SUBSISTENCE:
        yield member.pk, IdentityKind.SUBSISTENCE, period(since), "农村低保"
    elif kind == HouseholdType.DESTITUTE:
        yield member.pk, IdentityKind.DESTITUTE, period(since), "特困供养"
    if standings.monitored:
        start, end, _kind, _risk = standings.monitored
        begins = max(start, member.born)
        if end is None or end > begins:
            yield member.pk, IdentityKind.MONITORED, period(begins, end), "防返贫监测"


def _centre(village: Village) -> tuple[float, float]:
    """Latitude and longitude; villages of one street lie together, all of them within the district."""
    place = Random(village.area.code[-6:])  # noqa: S311
    street = Random(village.area.code[-6:-3])  # noqa: S311
    latitude = 27.825 + street.random() * 0.06 + place.uniform(-0.012, 0.012)
    longitude = 112.935 + street.random() * 0.09 + place.uniform(-0.014, 0.014)
    return latitude, longitude
