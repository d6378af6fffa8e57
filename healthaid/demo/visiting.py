"""Visits as rows: when they were made and received, and what the form gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from healthaid.demo.copying import Row
from healthaid.demo.judging import Verdict
from healthaid.demo.numbers import seeded_uuid
from healthaid.demo.owed import Made
from healthaid.demo.people import Home, Village

VISIT = (
    *(
        "uuid",
        "household",
        "person",
        "village",
        "county",
        "protocol",
        "edition",
        "visited_on",
        "mode",
        "answers",
    ),
    *("assessment", "visit_class", "is_assessable", "is_controlled", "sbp", "dbp", "fpg", "next_on"),
    *("satisfaction", "is_sensitive", "by", "captured_at", "received_at", "created_at"),
)
_MIDNIGHT_IN_CHINA = timedelta(hours=-8)


@dataclass
class VisitBook:
    """The visits of one village, in the order in which they were made up."""

    on: date
    rows: list[Row] = field(default_factory=list)

    def add(
        self,
        village: Village,
        home: Home,
        answers: Mapping[str, Any],
        verdict: Verdict | Mapping[str, Any],
        *,
        edition: tuple[str, str],
        person: int | None,
        by: int,
        random: Random,
        sensitive: bool = False,
    ) -> Made:
        """This will keep one visit and say what duties need to know of it."""
        day, mode = answers["visit_date"], answers["visit_mode"]
        captured, received = _moments(day, random)
        made = Made(seeded_uuid(random, int(captured.timestamp() * 1000)), day, mode)
        stored = verdict.stored if isinstance(verdict, Verdict) else verdict
        rating = answers.get("satisfaction")
        self.rows.append(
            (
                *(made.uuid, home.pk, person, village.area.pk, village.area.county_id, *edition, day, mode),
                *(dict(answers), stored, stored["cls"], stored["assessable"], stored["controlled"]),
                *(answers.get("sbp"), answers.get("dbp"), answers.get("fpg"), answers.get("next_date")),
                *(int(rating) if rating else None, sensitive, by, captured, received, received),
            )
        )
        return made


def _moments(day: date, random: Random) -> tuple[datetime, datetime]:
    """Taken down between eight and half past five; most come in at once, some in the evening."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + _MIDNIGHT_IN_CHINA
    captured = start + timedelta(minutes=480 + random.randrange(570), seconds=random.randrange(60))
    delay = random.randint(60, 400) if random.random() < 0.12 else random.randint(1, 9)
    return captured, captured + timedelta(minutes=delay)
