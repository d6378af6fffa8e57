"""The shapes of households at risk."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from healthaid.api.contracts import AREA_CODE, code, code_or_blank, day, text
from households.choices import (
    Cause,
    Holder,
    MeasureKind,
    MonitoredKind,
    MonitoringSource,
    MonitoringState,
)

FOR_HEALTH = _("In words; null without the scope sensitive")


def words() -> Any:
    return s.CharField(allow_null=True, allow_blank=True, help_text=FOR_HEALTH)


class MonitoringCase(s.Serializer):
    id = s.UUIDField()
    household = s.UUIDField()
    village = text(AREA_CODE)
    kind = code(MonitoredKind.choices)
    risk = code(Cause.choices, _("What may make the household poor again"))
    source = code(MonitoringSource.choices, _("How it came to light"))  # type: ignore[assignment]
    state = code(MonitoringState.choices)
    holder = code_or_blank(Holder.choices, _("Which level has to act; blank once it has ended"))
    turn_since = day(_("Since when it has to"))
    due_on = day(_("The last day on which that is in time"), null=True)
    overdue = s.BooleanField(help_text=_("Open and past that day, today"))
    found_on = day()
    verified_on = day(_("Verified at home; the household stands as monitored from then on"), null=True)
    removable_from = day(_("The first day on which the risk may be removed"), null=True)
    asked_on = day(_("When the township asked for the removal"), null=True)
    ended_on = day(null=True)
    relapse_of = s.UUIDField(allow_null=True, help_text=_("The ended case before a relapse"))
    changed_at = s.DateTimeField()


class MonitoringMeasure(s.Serializer):
    kind = code(MeasureKind.choices)
    what = words()
    since = day()
    until = day(null=True)
    done_on = day(null=True)
    outcome = words()


class MonitoringStep(s.Serializer):
    state = code(MonitoringState.choices)
    holder = code_or_blank(Holder.choices)
    on = day()


class MonitoringRecord(MonitoringCase):
    grounds = words()
    finding = words()
    removal_grounds = words()
    measures = MonitoringMeasure(many=True)
    steps = MonitoringStep(many=True)
