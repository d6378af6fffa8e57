"""The four health classes of an area, and one person's class with its history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from households.choices import HealthClass
from households.forms_records import ClassForm
from households.health_classes import class_rules, rule_label
from households.models import HealthClassPeriod
from households.presenters.records import record_places
from households.queries.records.details import class_history, get_person, standing_classes
from households.queries.records.places import place_of
from households.queries.records.sheets import classes_sheet
from households.record_choices import Basis
from households.services.records.classes import let_rule_decide, set_class
from households.views.records.common import Listed, sheet_page

STATES = {
    **dict(HealthClass.choices),
    "changed": pgettext_lazy("class", "changed this month"),
    "by_hand": gettext_lazy("set by hand"),
}
TONES: dict[str, str] = {
    HealthClass.MAJOR: "bad",
    HealthClass.GENERAL: "warn",
    HealthClass.SUB_HEALTHY: "info",
    HealthClass.HEALTHY: "good",
}


def _language() -> str:
    return get_language() or "zh-hans"


@requires("see_records")
def class_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    sheet = classes_sheet(place_of(user, request.GET.get("area", "")), today())
    context, listed = sheet_page(request, sheet, STATES)
    standing = standing_classes([each.person for each in listed])
    context |= {
        "places": record_places("records:classes"),
        "lines": [_line(each, standing.get(each.person.pk), user) for each in listed],
        "rules": [
            (rule.health_class.label, rule.label.get(_language()), rule.source) for rule in class_rules()
        ],
        "needs_early": True,
    }
    return render(request, "households/records/classes.html", context)


def _line(each: Listed, period: HealthClassPeriod | None, user: User) -> dict[str, Any]:
    return {
        "person": each.person,
        "tone": TONES[each.person.health_class],
        "why": _why(period, user) if period else "",
        "since": period.period.lower if period else None,
        "until": period.holds_until if period else None,
    }


def _why(period: HealthClassPeriod, user: User) -> str:
    """What decided: words of a doctor, and what tells of a disease, are for health staff only."""
    if not user.sees_sensitive:
        return str(period.get_basis_display())
    label = rule_label(period.rule)
    return (
        period.reason if period.basis == Basis.OVERRIDE else label.get(_language()) if label else period.rule
    )


def _may_judge(user: User) -> bool:
    return may(user, "set_health_class") and user.sees_sensitive


@requires("see_records")
def class_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    person = get_person(user, uuid)
    sent = request.POST if request.method == "POST" and _may_judge(user) else None
    if sent and "rule" in sent:
        let_rule_decide(person=person, by=user, on=on)
        messages.success(request, _("The rule decides again."))
        return redirect("records:class", uuid)
    form = ClassForm(sent, on=on, initial={"health_class": person.health_class})
    if sent and form.is_valid():
        try:
            set_class(person=person, by=user, on=on, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The health class is set."))
            return redirect("records:class", uuid)
    periods = class_history(person)
    context = {
        "person": person,
        "tone": TONES[person.health_class],
        "periods": [
            {"period": each, "tone": TONES[each.health_class], "why": _why(each, user)} for each in periods
        ],
        "by_hand": bool(periods) and periods[0].basis == Basis.OVERRIDE,
        "form": form if _may_judge(user) and not person.left_on else None,
    }
    return render(request, "households/records/class.html", context, status=422 if form.errors else 200)
