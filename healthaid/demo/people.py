"""The people of one county before they are written: villages, households, members, who is ill."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from core.accounts.models import Area
from healthaid.demo.families import FamilyMaker, Member
from healthaid.demo.illness import make_ill
from healthaid.demo.names import village_surnames
from healthaid.demo.numbers import IdNumbers
from healthaid.demo.shapes import (
    DISTRICT,
    FEATURED,
    Shape,
    fixed_first,
    household_sizes,
    largest_remainder,
    village_weights,
)


@dataclass(slots=True)
class Home:
    number: int
    members: list[Member]
    pk: int = 0
    team: int = 0
    standing: str = ""
    group: str = ""

    @property
    def head(self) -> Member:
        return self.members[0]


@dataclass(slots=True)
class Village:
    area: Area
    township: Area
    homes: list[Home] = field(default_factory=list)
    teams: list[int] = field(default_factory=list)
    doctor: int = 0
    clinic: int = 0
    health_centre: int = 0

    @property
    def name(self) -> str:
        return self.area.name

    @property
    def is_committee(self) -> bool:
        return self.area.code[9] == "2"

    @property
    def short(self) -> str:
        """指方村委会 → 指方村, 联合村村委会 → 联合村, 商城社区居委会 → 商城社区."""
        name = self.area.name.removesuffix("居委会")
        return name.removesuffix("村村委会").removesuffix("村委会") + "村" if self.is_committee else name


def people_of(shape: Shape, county: Area, place: int, seed: int, on: date) -> list[Village]:
    """This will make up every household of a county, each with its members and their illnesses."""
    random = Random(f"{seed}:{place}:people")  # noqa: S311
    villages = _villages(county)
    weights = village_weights([(v.area.code, v.name) for v in villages], random)
    homes, persons = _numbers(shape, villages, weights)
    maker, numbers = FamilyMaker(random, on), IdNumbers(place)
    for village, home_count, person_count in zip(villages, homes, persons, strict=True):
        _fill(village, home_count, person_count, maker, random)
    lived_in = [village for village in villages if village.homes]
    everyone = [(m, m.age(on)) for v in lived_in for home in v.homes for m in home.members]
    make_ill(everyone, shape.ill, random)
    for member, _age in everyone:
        member.id_number = numbers.next(member.born, male=member.male)
    return lived_in


def in_order(villages: list[Village]) -> list[Village]:
    """The featured village first, then the village committees, then the communities."""
    return sorted(villages, key=lambda v: (v.name not in FEATURED, not v.is_committee, v.area.code))


def teams_per_village(shape: Shape, villages: list[Village]) -> list[int]:
    """At least one each, the rest by households."""
    weights = [float(len(v.homes)) for v in villages]
    spare = largest_remainder(max(shape.teams - len(villages), 0), weights)
    return [1 + more for more in spare]


def _villages(county: Area) -> list[Village]:
    townships = {area.pk: area for area in Area.objects.filter(parent=county)}
    areas = Area.objects.filter(parent__in=townships, valid_to=None).order_by("code")
    return [Village(area, townships[area.parent_id or 0]) for area in areas]


def _numbers(shape: Shape, villages: list[Village], weights: list[float]) -> tuple[list[int], list[int]]:
    featured = {place: FEATURED[v.name] for place, v in enumerate(villages) if v.name in FEATURED}
    if shape != DISTRICT:
        featured = {}
    homes = fixed_first(shape.households, weights, {place: number[0] for place, number in featured.items()})
    inhabited = [float(number) for number in homes]
    fixed = {place: number[1] for place, number in featured.items()}
    return homes, fixed_first(shape.persons, inhabited, fixed)


def _fill(village: Village, homes: int, persons: int, maker: FamilyMaker, random: Random) -> None:
    if not homes:
        return
    surnames = village_surnames(random)
    sizes = household_sizes(homes, max(persons, homes), random)
    village.homes = [
        Home(number=number + 1, members=maker.family(size, surnames)) for number, size in enumerate(sizes)
    ]
