"""How large the demo is, and how its households are spread over the villages."""

from dataclasses import dataclass
from random import Random

# 岳塘区 2020: 1268 households, 3584 persons, 53 teams led by a GP, 1620 ill. The larger county has the 15,000
# households, 53,000 persons and 275 teams of the other published county, and the same share of ill persons.
# `months`: how far back home visits go; follow-up of chronic diseases goes back two years at every size.
LARGE_SCALE = 15
VILLAGE_COMMITTEE = "2"
QUIET_COMMUNITIES = 14
LARGEST = 7


@dataclass(frozen=True)
class Shape:
    households: int
    persons: int
    teams: int
    ill: int
    months: int

    def times(self, factor: int) -> "Shape":
        return Shape(
            households=self.households * factor,
            persons=self.persons * factor,
            teams=self.teams * factor,
            ill=self.ill * factor,
            months=self.months,
        )


DISTRICT = Shape(households=1268, persons=3584, teams=53, ill=1620, months=6)
LARGE_COUNTY = Shape(households=15_000, persons=53_000, teams=275, ill=23_956, months=1)

# Village → fixed households and persons at scale 1. 指方村 is published with 145 households and 422 persons.
FEATURED = {"指方村委会": (145, 422)}
# These two villages fall behind, so that the dashboard has something to say.
BEHIND = ("清水村委会", "顺江村村委会")


def shapes(scale: int) -> list[Shape]:
    """One shape per county: scale 15 is the large county, 150 ten of them, less than 15 so many districts."""
    large, rest = divmod(scale, LARGE_SCALE)
    return [LARGE_COUNTY] * large + ([DISTRICT.times(rest)] if rest else [])


def largest_remainder(total: int, weights: list[float]) -> list[int]:
    """Whole numbers in the ratio of the weights that add up to the total."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(share) for share in exact]
    by_fraction = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_fraction[: total - sum(whole)]:
        whole[place] += 1
    return whole


def village_weights(villages: list[tuple[str, str]], random: Random) -> list[float]:
    """(code, name) of each village → its share. Committees have the most, some communities a few."""
    communities = [code for code, _name in villages if code[9] != VILLAGE_COMMITTEE]
    chosen = set(random.sample(communities, min(QUIET_COMMUNITIES, len(communities))))
    return [
        random.uniform(55, 95)
        if code[9] == VILLAGE_COMMITTEE
        else (random.uniform(7, 20) if code in chosen else 0)
        for code, _name in villages
    ]


def fixed_first(total: int, weights: list[float], fixed: dict[int, int]) -> list[int]:
    """As largest_remainder, but the places in `fixed` get exactly their number."""
    free = [0.0 if place in fixed else weight for place, weight in enumerate(weights)]
    spread = largest_remainder(total - sum(fixed.values()), free)
    return [fixed.get(place, number) for place, number in enumerate(spread)]


def household_sizes(households: int, persons: int, random: Random) -> list[int]:
    """Sizes from 1 to 7 that add up to the persons: few large families, many of two and three."""
    if not households <= persons <= LARGEST * households:
        raise ValueError(f"{persons} persons cannot live in {households} households of 1 to {LARGEST}")
    mean = persons / households
    weights = _SMALL if mean < 3.2 else _LARGE
    sizes = random.choices(range(1, LARGEST + 1), weights, k=households)
    while (missing := persons - sum(sizes)) != 0:
        step = 1 if missing > 0 else -1
        movable = [place for place, size in enumerate(sizes) if 1 <= size + step <= LARGEST]
        for place in random.sample(movable, min(abs(missing), len(movable))):
            sizes[place] += step
    return sizes


_SMALL = (0.17, 0.27, 0.27, 0.18, 0.07, 0.03, 0.01)
_LARGE = (0.08, 0.18, 0.24, 0.26, 0.14, 0.07, 0.03)
