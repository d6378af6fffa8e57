"""How blood pressure and glucose go over two years: one's own level, season, chance, treatment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, pi
from random import Random

from followups.protocols.computing import body_mass_index

# Most respond to treatment, some partly, a few hardly: share, level, spread.
_PRESSURE = ((0.42, 129.0, 5.0), (0.31, 147.0, 5.0), (0.27, 164.0, 6.0))
_GLUCOSE = ((0.45, 6.0, 0.35), (0.28, 7.5, 0.4), (0.27, 9.4, 0.9))
_ADHERENCE = (("1", 0.8), ("2", 0.15), ("3", 0.05))
_PILLS = {
    "hypertension": (
        ("苯磺酸氨氯地平片", 1, "5"),
        ("硝苯地平缓释片", 2, "20"),
        ("缬沙坦胶囊", 1, "80"),
        ("吲达帕胺片", 1, "2.5"),
    ),
    "type2_diabetes": (
        ("盐酸二甲双胍片", 2, "500"),
        ("阿卡波糖片", 3, "50"),
        ("格列美脲片", 1, "2"),
        ("达格列净片", 1, "10"),
    ),
}
EMERGENCY = 0.005


@dataclass(slots=True)
class Body:
    """What the form asks besides the reading; it changes slowly."""

    height: Decimal
    weight: Decimal
    smoking: int
    drinking: Decimal
    exercise: tuple[int, int]
    salt: str
    staple: int

    @classmethod
    def of(cls, random: Random, *, male: bool, age: int) -> "Body":
        height = round(random.gauss(165 if male else 155, 5.2), 0)
        weight = 24.1 * (height / 100) ** 2 * random.lognormvariate(0, 0.12)
        smoking = random.choice((5, 10, 10, 15, 20)) if male and random.random() < 0.42 else 0
        drinking = Decimal(random.choice((1, 2, 2, 3))) if male and random.random() < 0.3 else Decimal(0)
        exercise = (random.choice((2, 3, 5, 7)), random.choice((20, 30, 30, 40)))
        return cls(
            Decimal(int(height)), Decimal(f"{weight:.1f}"), smoking, drinking, exercise,
            random.choice("12223"), random.choice((250, 300, 300, 350, 400)),
        )  # fmt: skip

    def changed(self, random: Random) -> None:
        self.weight = max(Decimal(34), self.weight + Decimal(f"{random.gauss(-0.05, 0.5):.1f}"))
        if self.smoking and random.random() < 0.07:
            self.smoking = max(0, self.smoking - 5)

    @property
    def bmi(self) -> Decimal:
        return body_mass_index(self.weight, self.height)

    @property
    def weight_target(self) -> Decimal:
        return self.weight if self.bmi < 24 else max(self.weight - 3, Decimal(34))


@dataclass(slots=True)
class Course:
    """One person's disease: the level drifts, treatment lowers it step by step."""

    random: Random
    disease: str
    age: int
    level: float
    drift: float = 0.0
    relief: float = 0.0
    steps: int = 0
    troubles: int = 0
    adherence: str = "1"

    @classmethod
    def of(cls, random: Random, disease: str, age: int) -> "Course":
        table = _PRESSURE if disease == "hypertension" else _GLUCOSE
        _share, level, spread = random.choices(table, [share for share, *_rest in table])[0]
        adherence = random.choices([code for code, _w in _ADHERENCE], [weight for _c, weight in _ADHERENCE])[
            0
        ]
        return cls(random, disease, age, random.gauss(level, spread), adherence=adherence)

    def pressure(self, day: date) -> tuple[int, int]:
        """Systolic and diastolic; winter is the worse season."""
        random = self.random
        self.drift = 0.6 * self.drift + random.gauss(0, 2.8)
        season = 4.5 * cos(2 * pi * (day.timetuple().tm_yday - 20) / 365)
        untreated = {"1": 0.0, "2": 5.0, "3": 10.0}[self.adherence]
        own = self.level if self.disease == "hypertension" else 131.0
        systolic = (
            own + (self.age - 62) * 0.15 + self.drift + season + untreated - self.relief + random.gauss(0, 4)
        )
        systolic += random.uniform(36, 58) if random.random() < EMERGENCY else 0
        upper = _as_written(random, min(max(systolic, 98), 226))
        lower = _as_written(random, 0.4 * upper + 27.5 - (self.age - 62) * 0.16 + random.gauss(0, 4.2))
        return upper, min(max(lower, 54), upper - 24)

    def glucose(self, day: date) -> Decimal:
        """Fasting, mmol/L; a little higher after the spring festival."""
        random = self.random
        self.drift = 0.6 * self.drift + random.gauss(0, 0.3)
        season = 0.35 if day.timetuple().tm_yday in range(35, 75) else 0.0
        untreated = {"1": 0.0, "2": 0.6, "3": 1.4}[self.adherence]
        value = self.level + self.drift + season + untreated - self.relief + random.gauss(0, 0.35)
        chance = random.random()
        if chance < EMERGENCY:
            value = random.choice((random.uniform(16.8, 21), random.uniform(3.1, 3.9)))
        return Decimal(f"{min(max(value, 3.1 if chance < EMERGENCY else 4.1), 24):.1f}")

    def answer(self, controlled: bool | None) -> None:
        """What the doctor does after a reading: dose or drug is changed; it helps, up to a point."""
        if controlled is None:
            return
        self.troubles = 0 if controlled else self.troubles + 1
        if controlled:
            return
        if self.steps < 2:
            self.steps += 1
            self.relief += self.random.uniform(1.5, 5.0) * (1 if self.disease == "hypertension" else 0.1)
        if self.adherence != "1" and self.random.random() < 0.3:
            self.adherence = "1"

    def medicines(self) -> list[dict[str, object]]:
        """One line of the form for each drug; each step of treatment adds one."""
        listed = _PILLS[self.disease]
        first = self.age % len(listed)
        taken = [listed[(first + place) % len(listed)] for place in range(1 + min(self.steps, 2))]
        return [
            {"name": name, "times": times, "amount": Decimal(amount), "unit": "1"}
            for name, times, amount in taken
        ]


def _as_written(random: Random, value: float) -> int:
    """Readings from a mercury column are even numbers, those of a device are not."""
    whole = round(value)
    return whole - whole % 2 if random.random() < 0.6 else whole
