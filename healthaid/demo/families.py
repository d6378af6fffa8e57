"""Families that could be: ages that fit, names that follow the father, relations to the head."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from core.base.periods import age_on
from healthaid.demo.names import given_name, surname
from households.choices import Relation, Sex

# Who lives together, by size: H head, S spouse, c child, a grown child, d daughter-in-law, g grandchild,
# p mother or father, q the other parent, b brother.
PATTERNS: dict[int, tuple[tuple[str, float], ...]] = {
    1: (("H", 1),),
    2: (("HS", 0.55), ("Hc", 0.2), ("Hp", 0.15), ("Hg", 0.1)),
    3: (("HSc", 0.45), ("HSa", 0.27), ("HSg", 0.14), ("Hcp", 0.08), ("Hcc", 0.06)),
    4: (("HScc", 0.45), ("HScp", 0.25), ("HSaa", 0.12), ("Hadg", 0.18)),
    5: (("HSccp", 0.45), ("HSadg", 0.4), ("HScpq", 0.15)),
    6: (("HSccpq", 0.45), ("HSadgg", 0.45), ("HScccp", 0.1)),
    7: (("HSadggp", 0.6), ("HSccpqb", 0.4)),
}
OLDEST = 97
MINORITIES = (("汉族", 0.975), ("土家族", 0.012), ("苗族", 0.006), ("侗族", 0.004), ("瑶族", 0.003))


@dataclass(slots=True)
class Member:
    relation: str
    sex: str
    born: date
    name: str
    ethnicity: str = "汉族"
    ill: list[str] = field(default_factory=list)
    health_class: str = "healthy"
    pk: int = 0
    id_number: str = ""

    def age(self, on: date) -> int:
        return age_on(self.born, on)

    @property
    def male(self) -> bool:
        return self.sex == Sex.MALE


class FamilyMaker:
    """Makes the members of one household after another, from one stream of chance."""

    def __init__(self, random: Random, on: date) -> None:
        self._random, self._on = random, on

    def family(self, size: int, surnames: list[tuple[str, float]]) -> list[Member]:
        random = self._random
        patterns = PATTERNS[size]
        pattern = random.choices([p for p, _w in patterns], [w for _p, w in patterns])[0]
        head = self._head(pattern, surnames)
        made = [head]
        for letter in pattern[1:]:
            made.append(self._relative(letter, made, surnames))
        ethnicity = random.choices([name for name, _w in MINORITIES], [w for _n, w in MINORITIES])[0]
        for member in made:
            member.ethnicity = ethnicity if member.relation not in _MARRIED_IN else "汉族"
        return made

    def _head(self, pattern: str, surnames: list[tuple[str, float]]) -> Member:
        male = self._random.random() < (0.72 if len(pattern) == 1 else 0.6 if "S" not in pattern else 0.86)
        born = self._birth(self._random.randint(*_head_ages(pattern)))
        return self._person(Relation.HEAD, male, born, surname(self._random, surnames))

    def _relative(self, letter: str, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        return getattr(self, f"_{_MAKERS[letter]}")(made, surnames)  # type: ignore[no-any-return]

    def _spouse(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        head = made[0]
        older = self._random.gauss(2.2, 2.4)
        born = self._shifted(head.born, older if head.male else -older)
        return self._person(Relation.SPOUSE, not head.male, born, self._other_name(head.name[0], surnames))

    def _child(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        parent = _younger_parent(made)
        before = [m.born for m in made if m.relation in _CHILDREN]
        born = self._shifted(parent.born, self._random.uniform(20.5, 31))
        for other in before:
            if abs((born - other).days) < 400:
                born = self._shifted(max(before), self._random.uniform(1.4, 6))
        if born > self._latest():
            born = self._birth(self._random.randint(0, 3))
        return self._son_or_daughter(made, born, self._random.random() < 0.53)

    def _grown(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        born = self._shifted(_younger_parent(made).born, self._random.uniform(20.5, 27))
        others = [m.born for m in made if m.relation in _CHILDREN]
        if any(abs((born - other).days) < 400 for other in others):
            born = self._shifted(max(others), self._random.uniform(1.2, 3))
        return self._son_or_daughter(made, born, True)

    def _daughter_in_law(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        son = made[-1]
        born = self._shifted(son.born, self._random.uniform(-1, 4))
        return self._person(Relation.DAUGHTER_IN_LAW, False, born, self._other_name(son.name[0], surnames))

    def _grandchild(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        mothers = [m for m in made if m.relation == Relation.DAUGHTER_IN_LAW]
        earlier = [m.born for m in made if m.relation == Relation.GRANDCHILD]
        if earlier:
            born = self._shifted(earlier[-1], self._random.uniform(1.5, 5))
        elif mothers:
            born = self._shifted(mothers[0].born, self._random.uniform(21, 29))
        else:
            born = self._shifted(_younger_parent(made).born, self._random.uniform(44, 54))
        born = born if born <= self._latest() else self._birth(self._random.randint(0, 2))
        name = _father_name(made) if self._random.random() < 0.85 else surname(self._random, surnames)
        return self._person(Relation.GRANDCHILD, self._random.random() < 0.54, born, name)

    def _parent(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        head, mother = made[0], self._random.random() < 0.66
        born = self._shifted(head.born, -self._random.uniform(19.5, 31))
        name = self._other_name(head.name[0], surnames) if mother else _surname_of(head.name)
        return self._person(Relation.PARENT, not mother, max(born, self._birth(OLDEST)), name)

    def _other_parent(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        head, first = made[0], made[-1]
        oldest = self._birth(OLDEST)
        born = max(self._shifted(first.born, self._random.uniform(-5, 0.5)), oldest)
        name = _surname_of(head.name) if not first.male else self._other_name(head.name[0], surnames)
        return self._person(Relation.PARENT, not first.male, born, name)

    def _brother(self, made: list[Member], surnames: list[tuple[str, float]]) -> Member:
        years = self._random.uniform(1.5, 8) * self._random.choice((-1, 1))
        born = self._shifted(made[0].born, years)
        return self._person(Relation.SIBLING, True, born, _surname_of(made[0].name))

    def _son_or_daughter(self, made: list[Member], born: date, male: bool) -> Member:
        relation = Relation.SON if male else Relation.DAUGHTER
        return self._person(relation, male, born, _father_name(made))

    def _person(self, relation: str, male: bool, born: date, family_name: str) -> Member:
        sex = Sex.MALE if male else Sex.FEMALE
        name = family_name + given_name(self._random, sex=sex, born_year=born.year)
        return Member(relation=str(relation), sex=str(sex), born=born, name=name)

    def _other_name(self, not_this: str, surnames: list[tuple[str, float]]) -> str:
        while (name := surname(self._random, surnames))[0] == not_this:
            pass
        return name

    def _birth(self, age: int) -> date:
        return self._on - timedelta(days=int(age * 365.25) + self._random.randint(31, 364))

    def _shifted(self, born: date, years: float) -> date:
        return born + timedelta(days=int(years * 365.25))

    def _latest(self) -> date:
        return self._on - timedelta(days=40)


_CHILDREN = frozenset({Relation.SON, Relation.DAUGHTER})
_MARRIED_IN = frozenset({Relation.SPOUSE, Relation.DAUGHTER_IN_LAW})
_MAKERS = {
    "S": "spouse",
    "c": "child",
    "a": "grown",
    "d": "daughter_in_law",
    "g": "grandchild",
    "p": "parent",
    "q": "other_parent",
    "b": "brother",
}


def _head_ages(pattern: str) -> tuple[int, int]:
    if "d" in pattern:
        return 59, 76
    if "g" in pattern:
        return 53, 72
    if "a" in pattern:
        return 51, 72
    if "c" in pattern:
        return 33, 54
    return (44, 64) if "p" in pattern else (57, 86)


def _younger_parent(made: list[Member]) -> Member:
    """Of the head's couple the younger; the head where there is only one."""
    couple = [m for m in made if m.relation in (Relation.HEAD, Relation.SPOUSE)]
    return max(couple, key=lambda member: member.born)


def _father_name(made: list[Member]) -> str:
    couple = [m for m in made if m.relation in (Relation.HEAD, Relation.SPOUSE)]
    return _surname_of(next((m for m in couple if m.male), couple[0]).name)


def _surname_of(name: str) -> str:
    return name[:2] if name[:2] in ("欧阳", "上官", "司马") else name[:1]
