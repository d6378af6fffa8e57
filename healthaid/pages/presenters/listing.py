"""A line of the household list, in plain values."""

from datetime import date
from typing import Any

from django.urls import reverse

from healthaid.pages.presenters.words import TONES, causes_words
from healthaid.pages.queries.listing import Line


def shown(line: Line, on: date) -> dict[str, Any]:
    household = line.household
    return {
        "url": reverse("households:household", args=[household.uuid]),
        "head": line.head.name if line.head else household.register_no,
        "register_no": household.register_no,
        "village": household.village.name,
        "group": household.group_name,
        "members": len(line.members),
        "ill": line.ill,
        "standing": household.get_standing_display(),
        "tone": TONES.get(household.standing, "quiet"),
        "causes": causes_words(household),
        "team": line.team,
        "contracted": line.contracted,
        "all_contracted": line.contracted == len(line.members),
        "last_visit": line.last_visit,
        "overdue": line.overdue,
    }
