"""Who a layer is for: a tree of questions about the person and the bill, each answered with its reason.

A condition holds exactly where all of its reasons do, so that one walk gives both.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from claims.policy.decision import Reason
from claims.policy.facts import Care, Cause, ItemClass, Level, Referral, Scheme
from claims.policy.taken import Taken
from core.base.texts import Model

Identity = Literal["destitute", "subsistence", "registered", "monitored", "general"]
QUESTIONS = (
    "identity", "holds", "cause", "enrolled", "care", "level", "diagnosis", "disease", "referral",
    "designated", "in_county", "age_from", "age_below", "stay_from", "item_class", "continued",
)  # fmt: skip
"""What can be asked, in the order in which reasons are told."""


class Condition(Model):
    """Questions beside each other must all hold. `identity` asks for the best one held, `holds` for any."""

    model_config = ConfigDict(populate_by_name=True)

    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    not_: "Condition | None" = Field(default=None, alias="not")
    identity: tuple[Identity, ...] = ()
    holds: tuple[Identity, ...] = ()
    cause: tuple[Cause, ...] = ()
    enrolled: tuple[Scheme, ...] = ()
    care: tuple[Care, ...] = ()
    level: tuple[Level, ...] = ()
    diagnosis: tuple[str, ...] = ()
    """Prefixes of ICD-10 codes."""
    disease: tuple[str, ...] = ()
    referral: tuple[Referral, ...] = ()
    designated: bool | None = None
    in_county: bool | None = None
    age_from: int | None = Field(default=None, ge=0)
    age_below: int | None = Field(default=None, ge=1)
    """Full years of age on the policy's date."""
    stay_from: int | None = Field(default=None, ge=1)
    """2: from the person's second stay in hospital of the year on."""
    item_class: tuple[ItemClass, ...] = ()
    """The bill holds something of one of these classes (甲, 乙, 丙)."""
    continued: bool | None = None
    """The part after New Year of a stay that was divided there."""

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.model_fields_set or not self.parts:
            raise PydanticCustomError("asks_nothing", "the condition asks nothing")
        return self

    @cached_property
    def parts(self) -> tuple["Part", ...]:
        """The questions, ready to be answered."""
        found: list[Part] = [_question(name, self) for name in QUESTIONS if _asked(getattr(self, name))]
        found += [Every(part.parts) for part in self.all]
        if self.any:
            found.append(Either(tuple(Every(part.parts) for part in self.any)))
        if self.not_:
            found.append(Never(Every(self.not_.parts)))
        return tuple(found)


def _asked(value: Any) -> bool:
    return value is not None and value != ()


Answer = Callable[[Taken], tuple[bool, tuple[str, ...]]]


class Question:
    """One question. What is wanted stands in the policy; what is given in the facts."""

    __slots__ = ("_known", "_test", "name", "wanted")

    def __init__(self, name: str, wanted: tuple[str, ...], test: Answer):
        self.name, self.wanted, self._test = name, wanted, test
        self._known: dict[tuple[bool, tuple[str, ...]], Reason] = {}

    def holds(self, taken: Taken) -> bool:
        return self._test(taken)[0]

    def reasons(self, taken: Taken) -> tuple[Reason, ...]:
        answer = self._test(taken)
        known = self._known.get(answer)
        if known is None:
            known = Reason(self.name, answer[0], self.wanted, answer[1])
            if len(self._known) < 1000:
                self._known[answer] = known
        return (known,)


class Every:
    """All of its parts must hold; every part gives its reasons."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple["Part", ...]):
        self.parts = parts

    def holds(self, taken: Taken) -> bool:
        return all(part.holds(taken) for part in self.parts)

    def reasons(self, taken: Taken) -> tuple[Reason, ...]:
        found: list[Reason] = []
        for part in self.parts:
            found += part.reasons(taken)
        return tuple(found)


class Either:
    """One of its parts must hold: those that do are the reasons, or all of them where none does."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Every, ...]):
        self.parts = parts

    def holds(self, taken: Taken) -> bool:
        return any(part.holds(taken) for part in self.parts)

    def reasons(self, taken: Taken) -> tuple[Reason, ...]:
        holding = [part for part in self.parts if part.holds(taken)]
        return tuple(reason for part in holding or self.parts for reason in part.reasons(taken))


class Never:
    """Its part must not hold; its reasons speak the other way round."""

    __slots__ = ("part",)

    def __init__(self, part: Every):
        self.part = part

    def holds(self, taken: Taken) -> bool:
        return not self.part.holds(taken)

    def reasons(self, taken: Taken) -> tuple[Reason, ...]:
        holds = self.holds(taken)
        return tuple(
            Reason(f"not_{reason.code}", holds, reason.wanted, reason.given)
            for reason in self.part.reasons(taken)
            if reason.holds != holds
        )


Part = Question | Every | Either | Never


def compiled(condition: Condition | None) -> Every:
    """This will make a condition ready to be asked; no condition holds always and gives no reason."""
    return Every(condition.parts if condition else ())


def _question(name: str, condition: Condition) -> Question:
    wanted = getattr(condition, name)
    if name in ("age_from", "age_below"):
        return Question(name, (str(wanted),), _by_age(name, wanted))
    if name == "stay_from":
        return Question(name, (str(wanted),), _by_stay(wanted))
    if isinstance(wanted, bool):
        return Question(name, (_told(wanted),), _by_flag(name, wanted))
    if name == "diagnosis":
        return Question(name, wanted, _by_prefix(wanted))
    if name in ("holds", "cause", "enrolled", "disease", "item_class"):
        return Question(name, wanted, _by_any(SETS[name], frozenset(wanted)))
    return Question(name, wanted, _by_one(name, frozenset(wanted)))


SETS = {
    "holds": "identities", "cause": "causes", "enrolled": "enrolments", "disease": "diseases",
    "item_class": "item_classes",
}  # fmt: skip


def _by_one(name: str, wanted: frozenset[str]) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        given = getattr(taken, name)
        return given in wanted, (given,)

    return answer


def _by_any(name: str, wanted: frozenset[str]) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        given = getattr(taken, name)
        return not wanted.isdisjoint(given), given

    return answer


def _by_prefix(prefixes: tuple[str, ...]) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        given = taken.diagnosis
        return given.upper().startswith(prefixes), (given,) if given else ()

    return answer


def _by_flag(name: str, wanted: bool) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        given = getattr(taken, name)
        return given is wanted, (_told(given),)

    return answer


def _by_age(name: str, limit: int) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        return (taken.age >= limit) is (name == "age_from"), (str(taken.age),)

    return answer


def _by_stay(first: int) -> Answer:
    def answer(taken: Taken) -> tuple[bool, tuple[str, ...]]:
        return taken.stay_number >= first, (str(taken.stay_number),)

    return answer


def _told(flag: bool) -> str:
    return "yes" if flag else "no"
