"""Teams and contracts as they are read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.base.periods import age_on
from followups.packages import all_packages
from followups.presenters.values import day_month, in_language
from followups.queries.teams import Fulfilment, Workload

CEILING = 150


@dataclass(frozen=True)
class TeamRow:
    pk: int
    name: str
    place: str
    leader: str
    size: int
    persons: int
    due: int
    overdue: int
    visits: int
    is_heavy: bool


def present_workload(load: Workload) -> TeamRow:
    return TeamRow(
        pk=load.team.pk,
        name=load.team.name,
        place=f"{load.team.area.name} · {load.team.institution.name}",
        leader=load.leader.practitioner.name if load.leader else "",
        size=len(load.members),
        persons=load.persons,
        due=load.due,
        overdue=load.overdue,
        visits=load.visits,
        is_heavy=load.persons > CEILING,
    )


def item_name(code: str) -> str:
    """What a package promises, in words."""
    names = {
        "exam": _("Yearly examinations"),
        "follow_up": _("Face-to-face follow-ups"),
        "glucose_test": _("Fasting glucose tests"),
        "home_visit": _("Home visits"),
        "care_plan": _("Treatment plans"),
    }
    return names.get(code, code)


def present_fulfilment(item: Fulfilment) -> dict[str, Any]:
    return {
        "label": item_name(item.item),
        "done": item.done,
        "promised": item.promised,
        "behind": item.persons_behind,
        "target": item.year_gone,
    }


def package_name(code: str) -> str:
    package = all_packages().get(code)
    return in_language(package.title) if package else code


def present_contract(contract: Any, on: date) -> dict[str, Any]:
    """One person under contract; `contract.last_visit` is the day of the last face-to-face visit."""
    person = contract.person
    return {
        "uuid": person.uuid,
        "pk": contract.pk,
        "name": person.name,
        "age": age_on(person.birth_date, on),
        "place": person.household.village.name,
        "package": package_name(contract.package),
        "until": contract.period.upper,
        "last": day_month(contract.last_visit, on) if getattr(contract, "last_visit", None) else "",
        "silent": (on - contract.last_visit).days > 90 if getattr(contract, "last_visit", None) else True,
        "team": contract.team.name,
    }
