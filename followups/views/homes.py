"""What a phone keeps of the doctor's own list beside pages: what each household's sheets are filled with."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from core.accounts.models import User
from core.accounts.permissions import actor
from core.base.pages import today
from followups.forms.visit import VisitForm
from followups.presenters.homes import present_home, present_home_sheet
from followups.presenters.own_list import forms_of_diseases, sheets_of
from followups.protocols.assessment import PastVisit
from followups.protocols.library import protocol
from followups.queries.homes import Home, homes_of, part_of_list
from followups.queries.own_list import own_list
from followups.queries.register import registered
from followups.views.sync import Malformed, sync_answer, sync_door
from households.models import Person

AT_ONCE = 50


@sync_door("see_today", "GET")
def sync_homes(request: HttpRequest) -> HttpResponse:
    """`?of=` up to fifty households of the own list, by uuid and comma; others are left out."""
    user, on = actor(request), today()
    homes = homes_of(user, part_of_list(own_list(user, on), _asked(request)), on)
    forms = forms_of_diseases(on)
    return sync_answer({"homes": [present_home(home, _sheets(home, forms, user, on), on) for home in homes]})


def _asked(request: HttpRequest) -> list[UUID]:
    given = request.GET.get("of", "").split(",")
    if len(given) > AT_ONCE:
        raise Malformed
    try:
        return [UUID(each) for each in given]
    except ValueError as error:
        raise Malformed from error


def _sheets(home: Home, forms: dict[str, list[str]], user: User, on: date) -> list[dict[str, Any]]:
    people = {person.uuid: person for person in home.own}
    pairs = [(people[own.uuid] if own else None, code) for own, code in sheets_of(home.listed, forms)]
    return [
        present_home_sheet(home, person, _fresh(home, person, code, on), user=user.pk, on=on)
        for person, code in pairs
    ]


def _fresh(home: Home, person: Person | None, code: str, on: date) -> VisitForm:
    past = home.past.get((person.pk, code), []) if person else []
    history = [PastVisit(visit.visited_on, visit.answers) for visit in past]
    return VisitForm(
        protocol(code, on=on), person=person, on=on, history=history, register=registered(person)
    )
