"""Cases of major disease: the board, one case with its five steps, and opening one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, kept_query, page_links, tabs, today
from core.base.states import MoveRefused
from followups.case_choices import ClosingState, Stage
from followups.forms.cases import (
    CaseFilter,
    ClosingForm,
    DecisionForm,
    DoctorsForm,
    OpenForm,
    RelapseForm,
    TreatmentForm,
)
from followups.forms.papers import StepPaperForm
from followups.models import CaseClosing, MajorCase
from followups.presenters import cases as shown
from followups.presenters.kept_papers import by_stage
from followups.queries.cases import reading
from followups.queries.cases.doctors import Doctors, doctors_of
from followups.queries.papers import papers_of
from followups.queries.visits import get_person
from followups.services.cases.assigning import assign_doctors
from followups.services.cases.closing import approve_closing, ask_to_close, may_decide, return_closing
from followups.services.cases.opening import open_case, reopen
from followups.services.cases.planning import seat_of
from followups.services.cases.treating import record_treatment
from followups.services.papers import open_stages

PAGE = 30
COLUMN = 6
BOARD = "board"


@requires("see_cases")
def case_list(request: HttpRequest) -> HttpResponse:
    """The board by stage, or one list: a stage, my own, to sign, to approve."""
    on, user = today(), actor(request)
    cut = CaseFilter(request.GET or None, user=user)
    town = cut.cleaned_data.get("town") if cut.is_valid() else None
    listed = cut.cleaned_data.get("listed", "") if cut.is_valid() else ""
    scoped = reading.narrowed(MajorCase.objects.visible_to(user), town=town and town.pk, listed=listed)
    counts = reading.case_counts(scoped)
    worklists = _worklists(request, scoped)
    show = request.GET.get("show", BOARD)
    chosen = worklists[show][1] if show in worklists else scoped.filter(stage=show)
    context: dict[str, Any] = {
        "filter": cut,
        "tabs": _tabs(request, show, counts, worklists),
        "show": show if show in {*worklists, *Stage.values} else BOARD,
        "may_open": may(user, "work_case"),
    }
    if context["show"] == BOARD:
        context["columns"] = _columns(request, scoped, counts)
    else:
        page = Paginator(reading.with_lines(chosen, on).order_by("updated_at", "id"), PAGE).get_page(
            request.GET.get("page")
        )
        context |= page_links(request, page) | {"lines": shown.lines(page, on)}
    return render(request, "followups/cases.html", context)


def _worklists(request: HttpRequest, scoped: Any) -> dict[str, tuple[str, Any]]:
    """What waits for the user himself: code → label and cases."""
    on, user = today(), actor(request)
    found: dict[str, tuple[str, Any]] = {}
    if may(user, "sign_plan"):
        found["sign"] = (_("For me to sign"), scoped.filter(reading.to_sign(user, on)))
        found["mine"] = (_("My patients"), scoped.filter(reading.mine(user, on)))
    if may(user, "approve_closing"):
        found["approve"] = (_("For me to approve"), scoped.filter(reading.to_approve(user)))
    return found


def _tabs(
    request: HttpRequest, show: str, counts: dict[str, int], worklists: dict[str, tuple[str, Any]]
) -> list[Tab]:
    entries: list[tuple[str, str, int | None]] = [(BOARD, _("All steps"), None)]
    entries += [(code, label, found.count()) for code, (label, found) in worklists.items()]
    entries += [(stage.value, str(stage.label), counts[stage]) for stage in Stage]
    known = {code for code, _label, _count in entries}
    return tabs(entries, show if show in known else BOARD, lambda code: _shown(request, code))


def _shown(request: HttpRequest, code: str) -> str:
    return reverse("followups:cases") + kept_query(request, show=code)


def _columns(request: HttpRequest, scoped: Any, counts: dict[str, int]) -> list[dict[str, Any]]:
    on = today()
    return [
        {
            "label": stage.label,
            "count": counts[stage],
            "lines": shown.lines(
                reading.with_lines(scoped.filter(stage=stage), on).order_by("updated_at", "id")[:COLUMN], on
            ),
            "url": _shown(request, stage),
        }
        for stage in Stage
    ]


@requires("work_case")
def case_new(request: HttpRequest) -> HttpResponse:
    """`?person=` names who is ill."""
    user, on = actor(request), today()
    try:
        person = get_person(user, UUID(request.GET.get("person", "")))
    except ValueError as error:
        raise Http404 from error
    conditions = reading.conditions_without_case(user, person)
    only = conditions.first() if conditions.count() == 1 else None
    form = OpenForm(
        request.POST or None, request.FILES or None, conditions=conditions, initial={"condition": only}
    )
    if request.method == "POST" and form.is_valid():
        case = open_case(by=user, on=on, **form.cleaned_data)
        messages.success(request, _("The case is registered. Next, three doctors are named."))
        return redirect("followups:case", case.uuid)
    context = {"form": form, "person": person, "has_any": bool(conditions)}
    return render(request, "followups/case_new.html", context, status=422 if form.errors else 200)


@requires("see_cases")
def case_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One case; what is sent names its act by the name of the button."""
    user, on = actor(request), today()
    case = reading.get_case(user, uuid, on)
    doctors = doctors_of(case.person, on)
    pending = next((each for each in case.closings.all() if each.state == ClosingState.PENDING), None)
    forms = _forms(request, case, doctors, pending)
    if request.method == "POST" and _done(request, case, pending, forms):
        return redirect("followups:case", uuid)
    wrong = next((name for name, form in forms.items() if form.is_bound and form.errors), "")
    context = _told(request, case, doctors, pending) | {"forms": forms, "wrong": wrong}
    return render(request, "followups/case.html", context, status=422 if wrong else 200)


def _forms(
    request: HttpRequest, case: MajorCase, doctors: Doctors, pending: CaseClosing | None
) -> dict[str, Any]:
    """The forms of the steps that are open to the user now; the one that was sent is bound."""
    user, on = actor(request), today()

    def sent(name: str) -> dict[str, Any]:
        return {"data": request.POST, "files": request.FILES} if name in request.POST else {}

    made: dict[str, Any] = {}
    if case.stage != Stage.CLOSED:
        if may(user, "assign_case"):
            made["assign"] = DoctorsForm(**sent("assign"), prefix="assign", case=case, doctors=doctors, on=on)
        if may(user, "work_case"):
            made["treat"] = TreatmentForm(**sent("treat"), prefix="treat", case=case, on=on)
            if pending is None:
                made["ask"] = ClosingForm(**sent("ask"), prefix="ask", case=case)
        if pending and may(user, "approve_closing") and may_decide(pending, user):
            made["decide"] = DecisionForm(**sent("decide"), prefix="decide")
    elif may(user, "work_case") and not hasattr(case, "next") and not case.person.left_on:
        made["relapse"] = RelapseForm(**sent("relapse"), prefix="relapse")
    return made


def _done(request: HttpRequest, case: MajorCase, pending: CaseClosing | None, forms: dict[str, Any]) -> bool:
    """Whether the step that was sent has been taken; a case moved on meanwhile is shown again."""
    name = next((name for name in forms if name in request.POST), "")
    if not name:
        raise PermissionDenied("work_case")
    form = forms[name]
    if not form.is_valid():
        return False
    try:
        words = ACTS[name](request, case, pending, form)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as refused:
        known = (
            refused if hasattr(refused, "error_dict") and {*refused.error_dict} <= {*form.fields} else None
        )
        form.add_error(None, known or ValidationError(refused.messages))
        return False
    messages.success(request, words)
    return True


def _assign(request: HttpRequest, case: MajorCase, _pending: Any, form: Any) -> str:
    chosen, on = form.chosen(), form.cleaned_data["on"]
    if on > today():
        raise ValidationError({"on": _("Choose today or an earlier day.")})
    assign_doctors(case=case, doctors=chosen, by=actor(request), on=on, file=form.cleaned_data["file"])
    return _("The doctors are named.")


def _treat(request: HttpRequest, case: MajorCase, _pending: Any, form: Any) -> str:
    record_treatment(case=case, by=actor(request), on=today(), **form.cleaned_data)
    return _("The treatment is recorded.")


def _ask(request: HttpRequest, case: MajorCase, _pending: Any, form: Any) -> str:
    ask_to_close(case=case, by=actor(request), on=today(), **form.cleaned_data)
    return _("Asked for. Somebody else of the township's or county's health office decides.")


def _decide(request: HttpRequest, _case: MajorCase, pending: Any, form: Any) -> str:
    if form.cleaned_data["decision"] == "approve":
        approve_closing(closing=pending, by=actor(request), on=today())
        return _("The case is closed.")
    return_closing(closing=pending, note=form.cleaned_data["note"], by=actor(request), on=today())
    return _("The closing has gone back.")


def _relapse(request: HttpRequest, case: MajorCase, _pending: Any, form: Any) -> str:
    reopen(case=case, by=actor(request), on=today(), **form.cleaned_data)
    return _("A new case is registered; the earlier one is kept.")


ACTS: dict[str, Callable[[HttpRequest, MajorCase, Any, Any], str]] = {
    "assign": _assign,
    "treat": _treat,
    "ask": _ask,
    "decide": _decide,
    "relapse": _relapse,
}


def _told(
    request: HttpRequest, case: MajorCase, doctors: Doctors, pending: CaseClosing | None
) -> dict[str, Any]:
    user, on = actor(request), today()
    plans = list(case.plans.all())
    newest = plans[0] if plans else None
    seat = seat_of(case, user, on) if may(user, "sign_plan") else None
    may_work = may(user, "work_case")
    papers = by_stage(papers_of(case), may_remove=may_work and case.stage != Stage.CLOSED)
    return {
        "case": case,
        "tone": shown.TONES[case.stage],
        "rail": shown.rail(case),
        "next": shown.next_of(case, doctors, newest, pending),
        "steps": shown.steps_taken(case, papers),
        "papers_ahead": shown.papers_ahead(case, papers),
        "paper_form": StepPaperForm(stages=open_stages(case)) if may_work else None,
        "closing_papers": papers.get(Stage.CLOSED, []),
        "seats": shown.seats(doctors),
        "plan": newest,
        "plan_state": shown.plan_state(newest) if newest else None,
        "plan_lines": shown.plan_lines(newest) if newest else [],
        "signatures": shown.signatures(newest, doctors) if newest else [],
        "may_sign": bool(seat and newest and _unsigned_by(newest, seat.level)),
        "may_plan": may_work and case.stage not in (Stage.REGISTERED, Stage.CLOSED),
        "treatments": shown.treatments(list(case.treatments.all())),
        "closings": shown.closings(case.closings.all()),
        "pending": pending,
        "first_assign": case.stage == Stage.REGISTERED,
        "first_treat": case.stage == Stage.PLANNED,
        "following": getattr(case, "next", None),
    }


def _unsigned_by(plan: Any, level: str) -> bool:
    return plan.effective_on is None and level not in {each.level for each in plan.signatures.all()}
