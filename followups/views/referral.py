"""One referral: how far it has come, and what comes next for whoever looks at it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from core.base.states import MoveRefused
from followups.choices import ReferralState
from followups.forms.papers import PaperForm
from followups.forms.referrals import ArrivalForm, CheckForm, PriorityForm, ReasonForm, ResultForm
from followups.models import Referral
from followups.presenters.kept_papers import kept
from followups.presenters.referrals import check_late, present_referral, priorities, stages
from followups.presenters.told import told_steps
from followups.queries.escalations import steps_of_referral
from followups.queries.papers import papers_of
from followups.queries.referrals import ENDED, get_referral
from followups.services.referrals import (
    Outcome,
    accept_referral,
    cancel_referral,
    check_referral,
    decline_referral,
    note_arrival,
    note_priority,
    return_result,
)
from followups.states import STATES


@dataclass(frozen=True)
class Act:
    """One form of the page: who may, from which state, what it does."""

    may: str
    to: str
    title: Any
    button: Any
    make: Callable[[Referral, Any, Any], forms.Form]
    do: Callable[..., Any]


def _outcome(referral: Referral, **given: Any) -> Any:
    by, at, file = given.pop("by"), given.pop("at"), given.pop("file")
    return return_result(referral=referral, outcome=Outcome(**given), by=by, at=at, file=file)


ACTS: dict[str, Act] = {
    "accept": Act(
        "receive_referral",
        ReferralState.ACCEPTED,
        gettext_lazy("The person may come"),
        gettext_lazy("Accept"),
        lambda referral, data, _files: forms.Form(data),
        accept_referral,
    ),
    "arrive": Act(
        "receive_referral",
        ReferralState.ARRIVED,
        gettext_lazy("The person has come"),
        gettext_lazy("Save"),
        lambda referral, data, _files: ArrivalForm(data, prefix="arrive", initial={"on": today()}),
        note_arrival,
    ),
    "result": Act(
        "receive_referral",
        ReferralState.RETURNED,
        gettext_lazy("Result and advice back to the village"),
        gettext_lazy("Send the result back"),
        lambda referral, data, files: ResultForm(data, files, prefix="result"),
        _outcome,
    ),
    "decline": Act(
        "receive_referral",
        ReferralState.DECLINED,
        gettext_lazy("Cannot take the person"),
        gettext_lazy("Decline"),
        lambda referral, data, _files: ReasonForm(data, prefix="decline"),
        decline_referral,
    ),
    "check": Act(
        "refer",
        "",
        gettext_lazy("Ask after the person"),
        gettext_lazy("Save"),
        lambda referral, data, _files: CheckForm(data, prefix="check"),
        check_referral,
    ),
    "cancel": Act(
        "refer",
        ReferralState.CANCELLED,
        gettext_lazy("Call it off"),
        gettext_lazy("Call it off"),
        lambda referral, data, _files: ReasonForm(data, prefix="cancel"),
        cancel_referral,
    ),
}


# What usually comes next stands open; the rest is folded away.
FIRST = frozenset({"accept", "arrive", "result", "check"})


@requires("see_referrals")
def referral_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    referral = get_referral(user, uuid)
    possible = {name: act for name, act in ACTS.items() if _possible(act, referral, user)}
    posted = next((name for name in possible if name in request.POST), "")
    made = {
        name: act.make(referral, *((request.POST, request.FILES) if name == posted else (None, None)))
        for name, act in possible.items()
    }
    if posted and made[posted].is_valid() and _done(request, referral, posted, made[posted]):
        return redirect("followups:referral", uuid)
    context = {
        "referral": referral,
        "told": told_steps(steps_of_referral(referral), on),
        "shown": present_referral(referral, on),
        "stages": stages(referral),
        "priorities": priorities(referral, may_receive=may(user, "receive_referral")),
        "papers": kept(papers_of(referral), may_remove=may(user, "receive_referral")),
        "paper_form": PaperForm() if may(user, "receive_referral") else None,
        "late": check_late(referral, on),
        "acts": [{"name": name, "act": possible[name], "form": form} for name, form in made.items()],
        "posted": posted,
        "may_refer": may(user, "refer"),
        "first_acts": FIRST,
        "may_refer_again": may(user, "refer") and referral.state == ReferralState.DECLINED,
    }
    return render(request, "followups/referral.html", context, status=422 if posted else 200)


def _possible(act: Act, referral: Referral, user: User) -> bool:
    if not may(user, act.may):
        return False
    if act.to:
        return STATES.can_move("referral", referral.state, act.to)
    return referral.state not in ENDED and referral.checked_on is None


def _done(request: HttpRequest, referral: Referral, name: str, form: forms.Form) -> bool:
    """Whether the step was taken; a referral moved on meanwhile is shown as it stands now."""
    try:
        ACTS[name].do(referral=referral, by=actor(request), at=timezone.now(), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        for field, faults in wrong.message_dict.items():
            form.add_error(field if field in form.fields else None, faults)
        return False
    messages.success(request, _("Noted."))
    return True


@requires("receive_referral")
def referral_priority(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keeps when one of the three priorities was asked for and given."""
    user = actor(request)
    referral = get_referral(user, uuid)
    first = {"kind": request.GET.get("kind"), "asked_at": referral.referred_at, "served_at": timezone.now()}
    form = PriorityForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        note_priority(referral=referral, by=user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect(f"{reverse('followups:referral', args=[uuid])}#priorities")
    context = {"form": form, "referral": referral, "shown": present_referral(referral, today())}
    return render(request, "followups/referral_priority.html", context, status=422 if form.errors else 200)
