"""Cases of the rules, named as sentences; run against Python and against the browser's twin."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from followups.protocols.assessment import Assessment, PastVisit, assess
from followups.protocols.computing import compute
from followups.protocols.library import protocol
from followups.protocols.validation import to_json

CASES = Path(__file__).parent / "cases"
# TOML has no null: in a case's expectation an empty text says that one of these is not known.
UNKNOWN = ("controlled", "next_due_from", "next_due_by", "next_due_days")


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    protocol: str
    on: date
    birth_date: date | None
    sex: str
    answers: dict[str, Any]
    history: tuple[PastVisit, ...]
    expect: dict[str, Any]

    def run(self) -> Assessment:
        form = protocol(self.protocol, on=self.on)
        values = dict(self.answers)
        compute(form, values)
        return assess(form, values, self.history, on=self.on, birth_date=self.birth_date, sex=self.sex)

    def differences(self, outcome: dict[str, Any]) -> list[str]:
        """What a result, as JSON, has otherwise than this case expects."""
        found = outcome | {"reasons": [reason["code"] for reason in outcome["reasons"]]}
        found |= {"sentences": [reason["zh"] for reason in outcome["reasons"]]}
        wanted = {name: to_json(value) for name, value in self.expect.items()}
        wanted |= {name: None for name in UNKNOWN if wanted.get(name) == ""}
        return [
            f"{name} is {found[name]!r}, not {value!r}"
            for name, value in wanted.items()
            if found[name] != value
        ]

    def as_json(self) -> dict[str, Any]:
        """The case as the browser's twin takes it."""
        return {
            "key": protocol(self.protocol, on=self.on).key,
            "answers": to_json(self.answers),
            "history": [
                {"on": past.on.isoformat(), "answers": to_json(dict(past.answers))} for past in self.history
            ],
            "when": {"on": self.on.isoformat(), "birthDate": to_json(self.birth_date), "sex": self.sex},
        }


def load_cases() -> list[Case]:
    """This will read every case file, in the order written."""
    return [case for path in sorted(CASES.glob("*.toml")) for case in _read(path)]


def _read(path: Path) -> list[Case]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return [_case(path.name, raw["protocol"], raw.get("defaults", {}), item) for item in raw["cases"]]


def _case(file: str, code: str, defaults: dict[str, Any], item: dict[str, Any]) -> Case:
    unknown = set(item) - {"name", "on", "birth_date", "sex", "answers", "history", "expect"}
    if unknown:
        raise ValueError(f"{file}: {item.get('name')}: unknown {sorted(unknown)}")
    return Case(
        file=file,
        name=item["name"],
        protocol=code,
        on=item["on"] if "on" in item else defaults["on"],
        birth_date=item.get("birth_date", defaults.get("birth_date")) or None,
        sex=item.get("sex", defaults.get("sex", "")),
        answers=_merged(defaults, item.get("answers", {})),
        history=tuple(
            PastVisit(past["on"], _merged(defaults, past["answers"])) for past in item.get("history", [])
        ),
        expect=item["expect"],
    )


def _merged(defaults: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """An empty text takes a default answer away."""
    return {code: value for code, value in (defaults.get("answers", {}) | answers).items() if value != ""}
