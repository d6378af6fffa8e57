"""What the sender of a visit is told."""

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from core.base.texts import Text
from followups.models import Visit
from followups.protocols.assessment import Assessment
from followups.protocols.problems import Problem

Status = Literal["accepted", "repeated", "conflict", "refused", "later"]


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field and what to do about it, in both languages."""

    field: str
    code: str
    message: Text
    remedy: Text

    @classmethod
    def of(cls, name: str, problem: Problem) -> "FieldProblem":
        return cls(name, problem.code, problem.message, problem.remedy)

    def as_json(self) -> dict[str, Any]:
        texts = {"message": self.message.model_dump(), "remedy": self.remedy.model_dump()}
        return {"field": self.field, "code": self.code, **texts}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "FieldProblem":
        return cls(kept["field"], kept["code"], Text(**kept["message"]), Text(**kept["remedy"]))


class Refused(Exception):
    """The visit cannot be counted; the problems say why."""

    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems


class Clash(Exception):
    """The visit stands against another one; both are kept."""

    def __init__(self, kind: str, kept: UUID) -> None:
        super().__init__(kind)
        self.kind, self.kept = kind, kept


class Waits(Exception):
    """The visit corrects another one that has not come yet."""

    def __init__(self, number: UUID) -> None:
        super().__init__(str(number))
        self.number = number


@dataclass(frozen=True)
class VisitReceipt:
    """`accepted` is new, `repeated` the first answer again, `conflict` kept beside what was there,
    `refused` kept but not counted: see the problems, `later` kept and judged once what it waits for has
    come. `visit` is the visit that stands."""

    status: Status
    visit: Visit | None = None
    problems: list[FieldProblem] = field(default_factory=list)
    submission_id: int | None = None
    assessment: Assessment | None = None
    conflict_kind: str = ""
    conflict_id: int | None = None
