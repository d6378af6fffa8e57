"""One household as its phone keeps it: with this and the blank sheets every form of it can be opened."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from followups.models import Duty, Need, Visit
from followups.presenters.duties import form_name, present_duty
from followups.presenters.saving import entry_of
from followups.presenters.sheet import FilledForm, about_data, notes_of
from followups.protocols.validation import to_json
from followups.queries.homes import Home
from followups.queries.visits import came_in_on
from households.models import Person


class FreshForm(FilledForm, Protocol):
    @property
    def initial(self) -> Mapping[str, Any]: ...


def present_home(home: Home, sheets: list[dict[str, Any]], on: date) -> dict[str, Any]:
    """`about` are the opaque ids by which the phone finds it; nothing else of it lies open on the phone."""
    known = [str(person.uuid) for person in home.own]
    return {
        "home": str(home.household.uuid),
        "about": [*known, *(f"duty-{duty.pk}" for duty in home.duties), *_visits(sheets)],
        "place": " · ".join(filter(None, [home.household.village.name, home.household.group_name])),
        "members": [
            [str(each.uuid), f"{each.name}（{each.get_relation_display()}）"] for each in home.members
        ],
        "needs": [about_need(need) for need in home.needs],
        "owed": [_owed(duty, on) for duty in home.duties],
        "sheets": sheets,
    }


def _visits(sheets: list[dict[str, Any]]) -> list[str]:
    return [sheet["last"]["visit"] for sheet in sheets if sheet["last"]]


def present_home_sheet(
    home: Home, person: Person | None, form: FreshForm, *, user: int, on: date
) -> dict[str, Any]:
    """What one sheet of the household is filled with: the same that the sheet's own page would show."""
    code = form.protocol.code
    past = home.past.get((person.pk if person else None, code), [])
    subject = person.uuid if person else home.household.uuid
    return {
        "entry": entry_of(person, home.household, protocol=code, title=form_name(code, on)),
        "data": about_data(form, f"{user}-{subject}-{code}"),
        "values": typed(form.initial),
        "notes": notes_of(form),
        "edition": form.protocol.edition,
        "last": _last(past[0], user) if past else None,
    }


def _last(visit: Visit, user: int) -> dict[str, Any]:
    """The newest visit, so that it can be corrected; on the day it came no reason is asked."""
    return {
        "visit": str(visit.pk),
        "edition": visit.edition,
        "on": visit.visited_on.isoformat(),
        "cameOn": came_in_on(visit).isoformat(),
        "draft": f"{user}-amend-{visit.pk}",
        "values": typed(visit.answers),
    }


def about_need(need: Need) -> dict[str, str]:
    """As much of an open need as tells whether it is the one being noted."""
    return {
        "uuid": str(need.uuid),
        "person": str(need.person.uuid),
        "kind": need.kind,
        "words": need.description,
    }


def _owed(duty: Duty, on: date) -> dict[str, Any]:
    line = present_duty(duty, on)
    return {
        "duty": duty.pk,
        "person": str(duty.person.uuid) if duty.person else "",
        "who": duty.person.name if duty.person else _("The whole household"),
        "title": line.title,
        "form": line.form,
    }


def typed(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Stored answers as a browser would send them: several choices several times, lines of tables by name."""
    found: list[tuple[str, str]] = []
    for code, value in answers.items():
        if not isinstance(value, list | tuple):
            found.append((code, "" if value is None else str(to_json(value))))
        elif value and isinstance(value[0], Mapping):
            found += [
                (f"{code}-{place}-{part}", str(to_json(each)))
                for place, line in enumerate(value)
                for part, each in line.items()
            ]
        else:
            found += [(code, str(each)) for each in value]
    return found
