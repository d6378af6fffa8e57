"""What is wrong in a register file: where, what, and what to do about it, in either language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from households.registerfile.schema import fields, messages

REFUSE = "refuse"
WARN = "warn"
SHOWN_PER_COLUMN = 500


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Problem:
    """row is the line number in the file (from 1), column counts from zero; None stands for the whole file.

    scope: file, household or row; a refusal takes out all that the scope names."""

    code: str
    row: int | None = None
    column: int | None = None
    header: str = ""
    field: str = ""
    scope: str = "row"
    values: Mapping[str, Any] = default(default_factory=dict)

    @property
    def severity(self) -> str:
        return messages()[self.code]["severity"]

    @property
    def refuses(self) -> bool:
        return self.severity == REFUSE

    @property
    def letter(self) -> str:
        return "" if self.column is None else column_letter(self.column)

    @property
    def cell(self) -> str:
        return f"{self.letter}{self.row or ''}"

    def message(self, language: str) -> str:
        chinese = language.startswith("zh")
        texts = messages()[self.code]
        known = fields().get(self.field)
        label = known.label(language) if known else self.header
        place = {"cell": self._place(chinese), "column": self.letter, "row": self.row, "header": self.header}
        return texts["zh" if chinese else "en"].format_map(
            defaultdict(str, {**place, "label": label, **self.values})
        )

    def _place(self, chinese: bool) -> str:
        if self.column is None:
            return f"第 {self.row} 行" if chinese else f"Row {self.row}"
        return self.cell


@dataclass(slots=True)
class ProblemList:
    """Refusals are all kept; of like warnings in one column only the first hundreds, and the rest counted."""

    kept: list[Problem] = default(default_factory=list)
    counts: Counter[tuple[str, int | None]] = default(default_factory=Counter)

    def add(self, problem: Problem) -> None:
        key = (problem.code, problem.column)
        self.counts[key] += 1
        if problem.refuses or self.counts[key] <= SHOWN_PER_COLUMN:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def in_order(self) -> list[Problem]:
        return sorted(self.kept, key=lambda p: (p.row or 0, -1 if p.column is None else p.column))

    @property
    def left_out(self) -> int:
        return sum(self.counts.values()) - len(self.kept)
