"""Finding a household by what somebody types. The shape of the text chooses the one index that answers it."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.base.crypto import blind_index
from core.base.idnumber import IdNumberError, check_id_number
from core.base.names import fold, grams
from households.models import Household, Person

_ID_LIKE = re.compile(r"^[0-9０-９]{15}$|^[0-9０-９]{17}[0-9０-９xXｘＸ]$")
_PHONE = re.compile(r"^1\d{10}$|^0\d{9,11}$")
_LATIN = re.compile(r"^[a-z]+$")
_NUMBER = re.compile(r"^\d{3,}$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the text turned out to be: id, phone, number, latin, name or nothing."""

    shape: str
    text: str


def shape_of(typed: str) -> Wanted:
    text = fold(typed)
    if not text:
        return Wanted("nothing", "")
    if _ID_LIKE.match(text):
        return Wanted("id", text.upper())
    if _PHONE.match(text):
        return Wanted("phone", text)
    if _NUMBER.match(text):
        return Wanted("number", text)
    return Wanted("latin" if _LATIN.match(text) else "name", text)


def _by_id(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    try:
        return people.filter(id_index=blind_index(check_id_number(text).number))
    except IdNumberError:
        return people.none()


def _by_name(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    found = people.filter(name_grams__contains=grams(text))
    return found if len(text) < 3 else found.filter(name_folded__contains=text)


def _by_latin(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Initials and pinyin have an index each: two look-ups joined, never one OR over both columns."""
    initials = people.filter(name_initials__startswith=text).values("pk")
    pinyin = people.filter(name_pinyin__startswith=text).values("pk")
    return people.filter(pk__in=initials.union(pinyin))


def people_like(people: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    """The persons among `people` that the text names; number and nothing name none."""
    finders = {"id": _by_id, "name": _by_name, "latin": _by_latin}
    if wanted.shape == "phone":
        return people.filter(phone_index=blind_index(wanted.text))
    if wanted.shape in finders:
        return finders[wanted.shape](people, wanted.text)
    return people.none()


def households_like(found: QuerySet[Any], user: Any, typed: str) -> QuerySet[Any]:
    """This will narrow `found` to the households that the text names, by number, phone, or a member."""
    wanted = shape_of(typed)
    if wanted.shape == "nothing":
        return found
    if wanted.shape == "number":
        return found.filter(register_no__startswith=wanted.text)
    members = people_like(Person.objects.visible_to(user), wanted).values("household_id")
    if wanted.shape == "phone":
        own = Household.objects.visible_to(user).filter(phone_index=blind_index(wanted.text)).values("pk")
        return found.filter(Q(pk__in=own.union(members)))
    return found.filter(pk__in=members)
