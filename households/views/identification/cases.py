"""What waits for my opinion, one case with its six opinions, and a case opened beside the rounds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.accounts.models import User
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import Tab, page_links, page_number, tabs, today
from core.base.states import MoveRefused
from households.choices import Cause
from households.forms_identification import (
    CaseFilter,
    CauseForm,
    CountyOpinionForm,
    NewCaseForm,
    OpinionForm,
)
from households.identification_choices import CaseLevel, CaseState
from households.models import IdentificationCase
from households.presenters.identification import (
    ladder,
    missing_sides,
    present_case,
    present_opinion,
)
from households.queries.identification.cases import (
    cases,
    chosen_cases,
    count_cases,
    get_case,
    get_person,
    opinions_of,
)
from households.queries.identification.standing import is_asked, level_of
from households.services.identification.cases import open_case
from households.services.identification.opinions import (
    CauseDecision,
    Given,
    decide_cause,
    give_opinion,
    give_opinions,
)

PAGE = 40


@requires("see_identification")
def worklist(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    speaks = may(user, "give_opinion") and level_of(user) is not None
    sent = request.POST if request.method == "POST" else None
    form = OpinionForm(sent)
    if sent is not None:
        check(user, "give_opinion")
        if form.is_valid() and _given(request, form):
            return redirect("identification:cases")
    narrowed = CaseFilter(request.GET or None, user=user)
    counts = count_cases(user)
    tabs = ("mine", "open", "confirmed", "rejected") if speaks else ("open", "confirmed", "rejected")
    show = request.GET.get("show", "")
    show = show if show in tabs else tabs[0]
    page = Paginator(cases(user, show, narrowed.chosen()), PAGE).get_page(page_number(request))
    context = page_links(request, page) | {
        "rows": [present_case(case, user, today()) for case in page],
        "tabs": _tabs(request, tabs, show, counts),
        "mine": show == "mine",
        "filter_form": narrowed,
        "form": form,
        "ticked": request.POST.getlist("case"),
        "may_open": may(user, "open_identification") and user.sees_sensitive,
    }
    return render(
        request, "households/identification/cases.html", context, status=422 if form.errors else 200
    )


def _tabs(request: HttpRequest, names: tuple[str, ...], show: str, counts: dict[str, int]) -> list[Tab]:
    words = {
        "mine": _("Waiting for my opinion"),
        "open": pgettext("identification", "All in progress"),
        "confirmed": pgettext("identification", "Confirmed"),
        "rejected": pgettext("identification", "Rejected"),
    }
    village = request.GET.get("village", "")
    kept = f"&village={village}" if village.isdecimal() else ""
    named = ((name, words[name], counts[name]) for name in names)
    return tabs(named, show, lambda name: f"?show={name}{kept}")


def _given(request: HttpRequest, form: OpinionForm) -> bool:
    """The same opinion on what was ticked; says how many were recorded and how many had moved on."""
    marks = request.POST.getlist("case")
    if not marks:
        form.add_error(None, _("Tick the cases that your opinion is about."))
        return False
    chosen = chosen_cases(actor(request), marks)
    given = _give(form, chosen, actor(request))
    if given.done:
        words = ngettext("%(n)s opinion is recorded.", "%(n)s opinions are recorded.", given.done)
        messages.success(request, words % {"n": given.done})
    if left := len(set(marks)) - given.done:
        words = ngettext(
            "%(n)s case had moved on meanwhile and was left as it is.",
            "%(n)s cases had moved on meanwhile and were left as they are.",
            left,
        )
        messages.warning(request, words % {"n": left})
    return True


def _give(form: OpinionForm, chosen: list[IdentificationCase], by: User) -> Given:
    return give_opinions(
        cases=chosen, agrees=form.is_agreed, grounds=form.cleaned_data["grounds"], by=by, on=today()
    )


@requires("see_identification")
def case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    found = get_case(user, uuid)
    opinion, cause = _forms(request, found, user)
    for form, act, do in ((opinion, "give_opinion", _speak), (cause, "decide_cause", _decide)):
        if form is not None and form.is_bound:
            check(user, act)
            if form.is_valid() and do(request, found, form):
                return redirect("identification:case", uuid)
    given = opinions_of(found)
    context = {
        "case": found,
        "shown": present_case(found, user, today()),
        "steps": ladder(found, given),
        "opinions": [present_opinion(each, found, user) for each in given],
        "missing": missing_sides(found, given),
        "opinion_form": opinion,
        "cause_form": cause,
        "home": found.person.household,
        "is_told": user.sees_sensitive or not found.is_sensitive,
        "may_person": may(user, "see_households"),
    }
    wrong = any(form is not None and form.errors for form in (opinion, cause))
    return render(request, "households/identification/case.html", context, status=422 if wrong else 200)


def _forms(
    request: HttpRequest, found: IdentificationCase, user: User
) -> tuple[OpinionForm | None, CauseForm | None]:
    """The opinion where it is asked for, or was when the page was opened; the cause where it is undecided."""
    sent = request.POST if "opinion" in request.POST else None
    opinion = None
    if sent is not None or (may(user, "give_opinion") and is_asked(user, found)):
        start = {"turn": found.turn}
        is_county = found.level == CaseLevel.COUNTY and level_of(user) == CaseLevel.COUNTY
        opinion = (
            CountyOpinionForm(sent, initial=start, on=today())
            if is_county
            else OpinionForm(sent, initial=start)
        )
    decided = found.person.household.main_cause == Cause.ILLNESS or found.state != CaseState.CONFIRMED
    asked = request.POST if "cause" in request.POST else None
    cause = None
    if asked is not None or (may(user, "decide_cause") and not decided):
        cause = CauseForm(asked, on=found.ended_on or today())
    return opinion, cause


def _speak(request: HttpRequest, found: IdentificationCase, form: Any) -> bool:
    told = form.cleaned_data
    cause = CauseDecision(told["cause_from"], told["cause_reason"]) if told.get("sets_cause") else None
    found.turn = int(told["turn"]) if told["turn"].isdecimal() else found.turn
    try:
        give_opinion(
            case=found,
            agrees=form.is_agreed,
            grounds=told["grounds"],
            by=actor(request),
            on=today(),
            cause=cause,
        )
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return False
    messages.success(request, _("Your opinion is recorded."))
    return True


def _decide(request: HttpRequest, found: IdentificationCase, form: Any) -> bool:
    try:
        decide_cause(case=found, by=actor(request), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    messages.success(request, _("Illness is the household's main cause of poverty from that day."))
    return True


@requires("open_identification")
def case_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    person = get_person(user, uuid)
    if not user.sees_sensitive:
        raise PermissionDenied("open_identification")
    form = NewCaseForm(request.POST or None, user=user, on=today())
    if form.is_bound and form.is_valid():
        try:
            made = open_case(person=person, by=user, on=today(), **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The case is opened. It waits for the two opinions of the village."))
            return redirect("identification:case", made.uuid)
    context = {"person": person, "form": form}
    return render(
        request, "households/identification/case_new.html", context, status=422 if form.errors else 200
    )
