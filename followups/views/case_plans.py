"""The joint plan: as one page, its next version, and the signature."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from followups.case_choices import Stage
from followups.forms.cases import PlanForm
from followups.models import CarePlan, MajorCase
from followups.presenters import cases as shown
from followups.queries.cases import get_case
from followups.queries.cases.doctors import doctors_of
from followups.services.cases.planning import seat_of, sign_plan, write_plan


@requires("see_cases")
def plan_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The newest version, or `?version=`; what differs from the version before is marked."""
    user, on = actor(request), today()
    case = get_case(user, uuid, on)
    plans = list(case.plans.all())
    plan = _asked_for(request, plans)
    before = next((each for each in plans if each.version == plan.version - 1), None)
    doctors = doctors_of(case.person, on)
    seat = seat_of(case, user, on) if may(user, "sign_plan") else None
    signed = {each.level for each in plan.signatures.all()}
    context = {
        "case": case,
        "plan": plan,
        "state": shown.plan_state(plan),
        "lines": shown.plan_lines(plan, before),
        "signatures": shown.signatures(plan, doctors),
        "versions": [(each, *shown.plan_state(each)) for each in plans],
        "is_newest": plan == plans[0],
        "in_force": next((each for each in plans if shown.is_in_force(each)), None),
        "may_sign": bool(seat and plan == plans[0] and not plan.effective_on and seat.level not in signed),
        "may_change": may(user, "work_case") and case.stage != Stage.CLOSED and plan == plans[0],
    }
    return render(request, "followups/case_plan.html", context)


def _asked_for(request: HttpRequest, plans: list[CarePlan]) -> CarePlan:
    asked = request.GET.get("version", "")
    if not plans:
        raise Http404
    return next((plan for plan in plans if str(plan.version) == asked), plans[0])


@requires("work_case")
def plan_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The first version, or a change: what stands now is filled in, and nothing typed is lost."""
    user, on = actor(request), today()
    case = get_case(user, uuid, on)
    newest = next(iter(case.plans.all()), None)
    form = PlanForm(request.POST or None, request.FILES or None, case=case, newest=newest, on=on)
    if request.method == "POST" and form.is_valid() and _written(request, case, form):
        return redirect("followups:case_plan", uuid)
    context = {"form": form, "case": case, "newest": newest}
    return render(request, "followups/case_plan_new.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, case: MajorCase, form: Any) -> bool:
    try:
        write_plan(case=case, by=actor(request), on=today(), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, ValidationError(refused.messages))
        return False
    messages.success(request, _("The plan is written. It is in force when all three doctors have signed."))
    return True


@require_POST
@requires("sign_plan")
def plan_sign(request: HttpRequest, uuid: UUID, version: int) -> HttpResponse:
    """The version that was read is the version that is signed."""
    case = get_case(actor(request), uuid, today())
    plan = next((each for each in case.plans.all() if each.version == version), None)
    if plan is None:
        raise Http404
    if seat_of(case, actor(request), today()) is None:
        messages.error(request, _("Only the three doctors who are named for the person sign the plan."))
        return redirect("followups:case_plan", uuid)
    try:
        held = sign_plan(plan=plan, by=actor(request), on=today())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("followups:case_plan", uuid)
    messages.success(
        request,
        _("Signed by all three: the plan is in force.") if held.effective_on else _("Signed. Thank you."),
    )
    return redirect("followups:case", uuid)
