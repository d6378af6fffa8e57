"""One household at risk: the case with its steps, its measures and what can be done now; opening one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from claims.queries.burdens.board import get_warning, head_of
from core.accounts.models import User
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import today
from core.base.states import MoveRefused
from healthaid.journeys import monitoring as journeys
from healthaid.pages.forms_monitoring import (
    ApproveForm,
    AskForm,
    DismissForm,
    FinishForm,
    LookForm,
    MeasureForm,
    ReturnForm,
    RiskForm,
    VerifyForm,
    starting,
)
from healthaid.pages.presenters.monitoring import (
    present_case,
    present_item,
    present_measure,
    present_step,
    source_url,
)
from healthaid.pages.queries.history import history_of_monitoring
from healthaid.pages.queries.household import get_household
from healthaid.pages.queries.monitoring import get_case, get_measure, items_of, services_of
from households.choices import MonitoringState
from households.models import MonitoringCase
from households.queries.monitoring import cases_of, open_case_of
from households.services.monitoring import working
from households.services.monitoring.opening import Risk, likely_kind, open_monitoring
from households.services.monitoring.working import Measure


def _measured(*, case: MonitoringCase, by: User, on: date, **given: Any) -> Any:
    return journeys.add_measure(case=case, measure=Measure(**given), by=by, on=on)


@dataclass(frozen=True)
class Act:
    """One form of the page: who may, from which states, what it does with a sound answer, what is said."""

    may: str
    states: tuple[str, ...]
    form: type[forms.Form]
    do: Callable[..., Any]
    title: Any
    said: Any


_FOUND, _VERIFIED, _HELPED, _ASKED = (
    MonitoringState.FOUND,
    MonitoringState.VERIFIED,
    MonitoringState.HELPED,
    MonitoringState.ASKED,
)
ACTS: dict[str, Act] = {
    "verify": Act(
        *("work_monitoring", (_FOUND,), VerifyForm, working.verify_risk),
        gettext_lazy("Verified at home: the family is at risk"),
        gettext_lazy("Noted. Measures are due now."),
    ),
    "dismiss": Act(
        *("work_monitoring", (_FOUND,), DismissForm, working.dismiss_risk),
        gettext_lazy("No risk was found"),
        gettext_lazy("The case is closed: no risk was found."),
    ),
    "approve": Act(
        *("approve_removal", (_ASKED,), ApproveForm, journeys.approve_removal),
        gettext_lazy("The risk is gone"),
        gettext_lazy("The risk is removed. The household's services go on."),
    ),
    "return": Act(
        *("approve_removal", (_ASKED,), ReturnForm, working.return_removal),
        gettext_lazy("Give it back to the township"),
        gettext_lazy("The township has it again."),
    ),
    "measure": Act(
        *("work_monitoring", (_VERIFIED, _HELPED), MeasureForm, _measured),
        gettext_lazy("Add a measure"),
        gettext_lazy("The measure is noted."),
    ),
    "look": Act(
        *("work_monitoring", (_HELPED,), LookForm, working.look_again),
        gettext_lazy("Looked at again"),
        gettext_lazy("Noted. The next look is due anew."),
    ),
    "ask": Act(
        *("ask_removal", (_HELPED,), AskForm, working.ask_removal),
        gettext_lazy("Ask the county to remove the risk"),
        gettext_lazy("The county has to decide now."),
    ),
}


@requires("see_monitoring")
def monitoring_case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    case = get_case(user, uuid)
    posted = next((name for name in ACTS if name in request.POST), "")
    if posted:
        check(user, ACTS[posted].may)
    made = _forms(request, case, posted)
    if posted and made[posted].is_valid() and _done(request, case, posted, made[posted]):
        return redirect("households:monitoring_case", uuid)
    context = _about(user, case, today())
    context["acts"] = [{"name": n, "title": ACTS[n].title, "form": form} for n, form in made.items()]
    return render(request, "pages/monitoring/case.html", context, status=422 if posted else 200)


def _about(user: User, case: MonitoringCase, on: date) -> dict[str, Any]:
    household = case.household
    others = [item for item in items_of(user, household, on) if item.source != "case"]
    return {
        "case": case,
        "shown": present_case(case, head_of(household), on),
        "source_url": source_url(case, user),
        "measures": [present_measure(measure, on) for measure in case.measures.all()],
        "steps": [present_step(step) for step in case.steps.all()],
        "told": case.escalations.all(),
        "items": [present_item(item, household, user, on) for item in others],
        "services": services_of(user, household, on),
        "cases": [present_case(one, "", on) for one in cases_of(household) if one.pk != case.pk],
        "is_too_soon": bool(case.removable_from and on < case.removable_from),
        "is_mine_to_leave": case.state == _ASKED and case.asked_by_id == user.pk,
        "may_work": may(user, "work_monitoring"),
        "is_open": bool(case.holder),
        "may_history": may(user, "see_history"),
    }


def _forms(request: HttpRequest, case: MonitoringCase, posted: str) -> dict[str, forms.Form]:
    """A form for each step that is possible now, and for one that was possible when the page was opened."""
    begun = starting(today(), kind=case.kind, risk=case.risk, who=actor(request).get_full_name())
    made = {}
    for name, act in ACTS.items():
        if name == posted or (may(request.user, act.may) and _possible(name, case, actor(request))):
            filled = begun if name != "measure" else {**begun, "kind": "medical_aid"}
            data = request.POST if name == posted else None
            made[name] = act.form(data, prefix=name, initial=filled)
    return made


def _possible(name: str, case: MonitoringCase, user: User) -> bool:
    if case.state not in ACTS[name].states:
        return False
    if name == "approve":
        return case.asked_by_id != user.pk
    return name != "ask" or (case.removable_from or today()) <= today()


def _done(request: HttpRequest, case: MonitoringCase, name: str, form: forms.Form) -> bool:
    """Whether the page is to be shown anew; a case moved on meanwhile is shown as it stands now."""
    try:
        ACTS[name].do(case=case, by=actor(request), on=today(), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        _put(form, wrong)
        return False
    messages.success(request, ACTS[name].said)
    return True


def _put(form: forms.Form, wrong: ValidationError) -> None:
    """What a service refused, beside its field."""
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong.messages)
        return
    for field, found in wrong.message_dict.items():
        form.add_error(field if field in form.fields else None, found)


@requires("see_history")
def monitoring_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    check(user, "see_monitoring")
    case = get_case(user, uuid)
    context = {
        "title": f"{head_of(case.household)} · {pgettext('menu', 'Monitoring')}",
        "changes": history_of_monitoring(case),
        "back": reverse("households:monitoring_case", args=[uuid]),
    }
    return render(request, "pages/history.html", context)


@requires("work_monitoring")
def monitoring_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    household = get_household(user, uuid)
    opened = open_case_of(household)
    if opened:
        messages.info(request, _("This household is monitored already. Go on with the case that is open."))
        return redirect("households:monitoring_case", opened.uuid)
    begun = {"kind": likely_kind(household), "risk": household.main_cause or "illness", "found_on": on}
    begun |= {"source": request.GET.get("source") or "sweep"}
    form = RiskForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        risk = Risk(**form.cleaned_data, source_key=request.GET.get("key", "")[:40])
        try:
            case = open_monitoring(household=household, risk=risk, by=user, on=on)
            messages.success(request, _("The case is open. The village has to verify it at home now."))
            return redirect("households:monitoring_case", case.uuid)
        except ValidationError as wrong:
            _put(form, wrong)
    context = {"form": form, "household": household, "head": head_of(household)}
    status = 422 if form.errors else 200
    return render(request, "pages/monitoring/new.html", context, status=status)


@requires("work_warning")
@require_POST
def monitoring_from_warning(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: what was verified for the warning is not typed again."""
    warning = get_warning(actor(request), pk)
    try:
        case = journeys.take_in_warned(warning=warning, by=actor(request), on=today())
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        opened = open_case_of(warning.household)
        if opened:
            return redirect("households:monitoring_case", opened.uuid)
        return redirect("claims:warning", pk)
    messages.success(request, _("The household is monitored now, with what the warning had found."))
    return redirect("households:monitoring_case", case.uuid)


@requires("work_monitoring")
def monitoring_measure(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """A measure ends with what came of it."""
    measure = get_measure(actor(request), uuid, pk)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            working.finish_measure(measure=measure, by=actor(request), on=today(), **form.cleaned_data)
            messages.success(request, _("The measure is ended."))
            return redirect("households:monitoring_case", uuid)
        except ValidationError as wrong:
            _put(form, wrong)
    context = {"form": form, "measure": present_measure(measure, today()), "case": measure.case}
    return render(request, "pages/monitoring/measure.html", context, status=422 if form.errors else 200)
