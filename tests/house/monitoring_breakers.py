"""Who tries to break what the database promises about households at risk."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from households.models import MonitoringCase, MonitoringEscalation, MonitoringMeasure, MonitoringStep
from tests.factories.registry import a_household

DAY = date(2026, 3, 2)
LATER = date(2026, 6, 2)
_VERIFIED = {"state": "verified", "holder": "township", "verified_on": DAY, "finding": "欠债"}
_VERIFIED |= {"removable_from": date(2026, 5, 3)}
_ASKED = _VERIFIED | {"state": "asked", "holder": "county", "asked_on": LATER, "removal_grounds": "已还清"}


def _case(w: Any, **more: Any) -> MonitoringCase:
    fields = {"household": w.home, "kind": "unstable", "risk": "illness", "source": "sweep", "found_on": DAY}
    fields |= {"grounds": "住院借款", "found_by": w.cast.township, "turn_since": DAY, "due_on": DAY}
    return MonitoringCase.objects.create(**{**fields, **more})


def _verified(w: Any, **more: Any) -> MonitoringCase:
    return _case(w, **{**_VERIFIED, "verified_by": w.cast.doctor, **more})


def _removed(w: Any, **more: Any) -> MonitoringCase:
    ended = {"state": "removed", "holder": "", "due_on": None, "ended_on": LATER}
    who = {"asked_by": w.cast.township, "removed_by": w.cast.county}
    return _verified(w, **{**_ASKED, **ended, **who, **more})


def _measure(w: Any, **more: Any) -> MonitoringMeasure:
    fields = {"kind": "work", "what": "公益岗位", "who": "村委会", "since": DAY, "by": w.cast.township}
    return MonitoringMeasure.objects.create(case=_verified(w), **{**fields, **more})


def _told_twice(w: Any) -> None:
    told = {"step": "township", "due_on": DAY, "told": w.cast.township, "told_on": DAY, "channel": "file"}
    case = _case(w)
    for _ in range(2):
        MonitoringEscalation.objects.create(case=case, **told)


def _relapsed_twice(w: Any) -> None:
    before = _removed(w)
    for home in (w.home, a_household(w.county.lianhe)):
        _case(w, household=home, relapse_of=before)


def _twice(w: Any) -> None:
    for _ in range(2):
        _case(w)


MONITORING_BREAKERS: dict[str, Any] = {
    "one_open_monitoring_per_household": _twice,
    "open_monitoring_has_its_holder": lambda w: _case(w, holder=""),
    "monitoring_is_due_until_it_ends": lambda w: _case(w, due_on=None),
    "monitoring_is_verified_first": lambda w: _verified(w, finding=""),
    "monitoring_is_verified_by_somebody": lambda w: _verified(w, verified_by=None),
    "removal_is_asked_for_with_grounds": lambda w: _verified(
        w, **{**_ASKED, "asked_by": w.cast.township, "removal_grounds": ""}
    ),
    "removal_is_decided_by_a_second_person": lambda w: _removed(w, asked_by=w.cast.county),
    "removal_is_decided_at_the_county": lambda w: _removed(w, removed_by=w.cast.township_administration),
    "risk_is_not_removed_too_soon": lambda w: _removed(w, ended_on=date(2026, 5, 2)),
    "risk_is_found_before_it_is_verified": lambda w: _verified(w, verified_on=DAY - timedelta(days=1)),
    "measure_ends_after_it_begins": lambda w: _measure(w, until=DAY - timedelta(days=1)),
    "measure_done_says_what_came_of_it": lambda w: _measure(w, done_on=LATER),
    "measure_says_what_and_who": lambda w: _measure(w, who=""),
    "one_escalation_per_monitoring_step_and_day": _told_twice,
}


def _step_changed(w: Any) -> None:
    step = MonitoringStep.objects.create(case=_case(w), state="found", holder="village", done_on=DAY)
    with transaction.atomic():
        MonitoringStep.objects.filter(pk=step.pk).update(note="另写")


MONITORING_KEPT: dict[str, Any] = {
    "monitoring thrown away": lambda w: MonitoringCase.objects.filter(pk=_case(w).pk).delete(),
    "step of monitoring changed": _step_changed,
}
MONITORING_STEPS: dict[str, Any] = {
    "monitoring": lambda w: MonitoringCase.objects.filter(pk=_verified(w).pk).update(
        **{**_ASKED, "asked_by": w.cast.township}
    ),
}
