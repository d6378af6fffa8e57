"""Who changed what and when, read from the event tables that the database keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import User
from core.audit.models import AccessLog
from core.base.words import listed
from households.models import MonitoringCase

EVENTS_SHOWN = 100
HIDDEN = {"id", "uuid", "created_at", "id_number", "id_index", "phone", "phone_index", "name_grams"}
QUIET = {"name_folded", "name_pinyin", "name_initials", "county", "head", "case", "source_key"}

LABELS = {
    "name": pgettext_lazy("of a person", "name"),
    "former_numbers": _("former register numbers"),
    "other_causes": _("other causes"),
    "phone_masked": _("phone"),
    "id_masked": _("identity number"),
    "no_id_reason": _("why there is no identity number"),
    "household": pgettext_lazy("of a person", "household"),
    "village": _("village"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "visit_order": _("order of doors"),
    "student_status": _("at school"),
    "disability_kind": _("kind of disability"),
    "disability_level": _("level of disability"),
    "state": _("state"),
    "holder": _("who has to act"),
    "turn_since": _("since when"),
    "due_on": _("due on"),
    "found_by": _("found by"),
    "verified_on": _("verified on"),
    "verified_by": _("verified by"),
    "removable_from": _("removable from"),
    "asked_on": _("removal asked for on"),
    "asked_by": _("removal asked for by"),
    "removed_by": _("removal decided by"),
    "ended_on": _("ended on"),
    "done_on": _("ended on"),
}


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    who: str
    label: str
    changes: list[tuple[str, str, str]]
    of: str = ""
    """What it belongs to, where a page tells of several rows."""


def _fields(event: Any) -> list[Any]:
    model = event.pgh_tracked_model
    names = {field.name for field in event._meta.fields if not field.name.startswith("pgh_")}
    return [f for f in model._meta.fields if f.name in names - HIDDEN - QUIET]


def _shown(event: Any, field: Any) -> str:
    value = getattr(event, field.attname)
    if value in (None, "", []):
        return "—"
    if field.is_relation:
        return _named(getattr(event, field.name))
    if isinstance(field, ArrayField):
        return listed(_in_words(field.base_field, item) for item in value)
    return _in_words(field, value)


def _named(row: Any) -> str:
    return row.get_full_name() if isinstance(row, User) else str(row)


def _in_words(field: Any, value: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))


def _label(field: Any) -> str:
    return str(LABELS.get(field.name, field.verbose_name))


def _people(events: list[Any]) -> dict[int, str]:
    ids = {context.metadata.get("user") for event in events if (context := event.pgh_context)}
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=ids - {None})}


def history_of(row: models.Model, of: str = "") -> list[Change]:
    """The last changes of one row, newest first, each with the fields that changed: label, before, after."""
    event_model = apps.get_model(row._meta.app_label, f"{row.__class__.__name__}Event")
    found = event_model._default_manager.filter(pgh_obj_id=row.pk).select_related("pgh_context")
    events = list(found.order_by("-pgh_id")[: EVENTS_SHOWN + 1])
    people = _people(events)
    pairs = zip(events, [*events[1:], None], strict=True)
    return [_change(event, before, people, of) for event, before in pairs]


def history_of_monitoring(case: MonitoringCase) -> list[Change]:
    """The last changes of a case at risk and of its measures, newest first."""
    measures = [
        change for each in case.measures.all() for change in history_of(each, each.get_kind_display())
    ]
    found = sorted([*history_of(case), *measures], key=lambda change: change.at, reverse=True)
    return found[:EVENTS_SHOWN]


def _change(event: Any, before: Any, people: dict[int, str], of: str) -> Change:
    pairs = [
        (_label(field), _shown(before, field), _shown(event, field))
        for field in (_fields(event) if before else [])
        if getattr(before, field.attname) != getattr(event, field.attname)
    ]
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    user = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return Change(event.pgh_created_at, people.get(user or 0, ""), event.pgh_label, changed, of)


def looks_at(uuid: Any) -> list[AccessLog]:
    """The last looks at one person's unmasked data."""
    found = AccessLog.objects.filter(subject_uuid=uuid).select_related("user")
    return list(found.order_by("-id")[:EVENTS_SHOWN])
