"""The doctor's own list, and a digest of everything that each of its pages shows.

One statement, whatever the number of households. The digest is taken over the rows themselves, not over a
feed's numbers: a row committed late, removed, or moved away changes it like any other. Which tables belong
to a household or a person is read off the models, so that a new one cannot be forgotten."""

# ruff: noqa: S608 - statements are joined from table names of our own models

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import models

from core.accounts.models import Level, User
from core.accounts.scope import acts_as, stands_in_for, village_ids
from core.base.sql import rows
from followups.choices import ContractState
from followups.models import Contract, Duty, TeamMember
from followups.queries.today import AHEAD_DAYS
from followups.sql import statement
from households.models import Household, Person

LARGEST = 400
APPS = ("households", "followups")
# What of a page changes by the day alone: an open duty has begun, is due, is overdue for so many weeks.
_BY_DAY = (
    """concat(t.state, t.starts_on <= %(on)s, t.due_on <= %(on)s, greatest(%(on)s - t.ends_on + 6, 0) / 7)"""
)


@dataclass(frozen=True)
class OwnPerson:
    """`digest` of all that the person's pages show; open diseases, and the forms of open duties, by code."""

    uuid: UUID
    digest: str
    diseases: list[str]
    owed: list[str]


@dataclass(frozen=True)
class OwnHousehold:
    """`has_secrets`: a member is another doctor's case of mental disorder, tuberculosis or HIV. `owed` are
    the forms owed to the household as a whole; `numbers` is a digest of its telephone numbers."""

    uuid: UUID
    digest: str
    has_secrets: bool
    persons: list[OwnPerson]
    owed: list[str]
    numbers: str


def own_list(user: User, on: date) -> list[OwnHousehold]:
    """The households of a doctor's own list, at most 400, those due first; without other doctors' cases.

    Whoever stands in for a doctor has that doctor's households and cases on the list as long as it lasts."""
    values = {
        "users": acts_as(user),
        "villages": village_ids(user),
        "doors": _doors(user),
        "on": on,
        "ahead": on + timedelta(days=AHEAD_DAYS),
        "limit": LARGEST,
    }
    found = rows(statement("own_list", marks=_marks(), secrets=_secrets()), values)
    return [_household(*row) for row in found]


def _doors(user: User) -> list[int]:
    """Villages whose own doctor the user is, or stands in for."""
    others = User.objects.filter(pk__in=stands_in_for(user), area__level=Level.VILLAGE)
    own = [user.area_id] if user.area.level == Level.VILLAGE else []
    return own + (list(others.values_list("area_id", flat=True)) if stands_in_for(user) else [])


def others_cases(user: User, on: date, people: Collection[int]) -> set[int]:
    """Those persons, of whom something is for the case's own doctor only, whose doctor is another: contracted
    to a team that is not the user's, or to none and of a village that is not."""
    signed = Contract.objects.filter(person__in=people, state=ContractState.SIGNED, period__contains=on)
    mine = TeamMember.objects.filter(practitioner__user__in=acts_as(user), to_on=None).values("team")
    own = signed.filter(team__in=mine).values_list("person_id", flat=True)
    here = Person.objects.filter(pk__in=people, village__in=_doors(user))
    without = here.exclude(pk__in=signed.values("person_id")).values_list("pk", flat=True)
    return set(people) - set(own) - set(without)


def _household(
    uuid: UUID,
    digest: str,
    secrets: bool,
    members: list[list[object]] | None,
    owed: list[str] | None,
    numbers: str,
) -> OwnHousehold:
    persons = [
        OwnPerson(UUID(str(number)), str(mark), codes or [], forms or [])  # type: ignore[arg-type]
        for number, mark, codes, forms in members or []
    ]
    return OwnHousehold(uuid, digest, secrets, persons, owed or [], numbers)


@cache
def _marks() -> str:
    """Every row of a household, of its members, and of what hangs on those: table, key and last change."""
    return "\n  UNION ALL\n  ".join(_mark(model) for model in _shown_models())


def _shown_models() -> list[type[models.Model]]:
    listed = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in listed if _is_stamped(model) and _owner(model)]


def _is_stamped(model: type[models.Model]) -> bool:
    return any(field.name == "changed_xid" for field in model._meta.local_fields)


def _owner(model: type[models.Model]) -> str:
    """How a table leads to its household: itself, by its columns, or by the row it hangs on."""
    if model in (Household, Person):
        return "itself"
    columns = {field.column for field in model._meta.local_fields}
    if columns & {"household_id", "person_id"}:
        return "columns"
    return "parent" if _parent(model) else ""


def _parent(model: type[models.Model]) -> models.ForeignKey | None:  # type: ignore[type-arg]
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is not model:
            related = field.related_model
            columns = {each.column for each in related._meta.local_fields}
            if related._meta.app_label in APPS and columns & {"household_id", "person_id"}:
                return field
    return None


def _mark(model: type[models.Model]) -> str:
    table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    mark = f"concat('{table}', t.{key}, ':', t.changed_xid)"
    if model is Household:
        whose = "t.id AS household_id, NULL::bigint AS person_id"
        return f"SELECT {whose}, {mark} AS mark FROM {table} t JOIN homes h ON h.id = t.id"
    if model is Person:
        return f"SELECT t.household_id, t.id, {mark} FROM {table} t JOIN people p ON p.id = t.id"
    if _owner(model) == "parent":
        return _mark_of_parent(model, mark)
    if model is Duty:
        mark = f"concat({mark}, {_BY_DAY})"
    columns = {field.column for field in model._meta.local_fields}
    person = "t.person_id" if "person_id" in columns else "NULL"
    if "household_id" in columns:
        return f"SELECT t.household_id, {person}, {mark} FROM {table} t JOIN homes h ON h.id = t.household_id"
    return f"SELECT p.household_id, t.person_id, {mark} FROM {table} t JOIN people p ON p.id = t.person_id"


def _mark_of_parent(model: type[models.Model], mark: str) -> str:
    link = _parent(model)
    assert link  # noqa: S101 - asked for only where there is one
    parent = link.related_model._meta
    columns = {field.column for field in parent.local_fields}
    person = "o.person_id" if "person_id" in columns else "NULL"
    source = f"{model._meta.db_table} t JOIN {parent.db_table} o ON o.{parent.pk.column} = t.{link.column}"
    if "household_id" in columns:
        return f"SELECT o.household_id, {person}, {mark} FROM {source} JOIN homes h ON h.id = o.household_id"
    return f"SELECT p.household_id, o.person_id, {mark} FROM {source} JOIN people p ON p.id = o.person_id"


@cache
def _secrets() -> str:
    """Persons of whom some row is for health staff only."""
    told = [
        f"SELECT t.person_id FROM {model._meta.db_table} t JOIN people p ON p.id = t.person_id"
        " WHERE t.is_sensitive"
        for model in _shown_models()
        if {"is_sensitive", "person_id"} <= {field.column for field in model._meta.local_fields}
    ]
    return " UNION ".join(told)
