"""One need: its log, its paperwork, what can be done with it, and its story on paper."""

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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from core.base.states import MoveRefused
from followups.forms.needs import (
    NeedCloseForm,
    NeedJoinForm,
    NeedLaterForm,
    NeedPassForm,
    NeedWorkForm,
    PaperForm,
)
from followups.forms.papers import PaperForm as PhotographForm
from followups.models import Need
from followups.presenters.kept_papers import kept
from followups.presenters.needs import papers_of_need, present_need, steps_of
from followups.presenters.referrals import present_referral
from followups.presenters.story import story_of
from followups.presenters.told import told_steps
from followups.queries.escalations import steps_of_need
from followups.queries.needs import get_need, get_task, others_of_person, possible_owners
from followups.queries.papers import papers_of
from followups.queries.referrals import story_steps
from followups.services.needs import CLOSED, close_need, merge_need, postpone_need, work_need
from followups.services.paperwork import do_paper, lay_out_papers, undo_paper


@dataclass(frozen=True)
class Act:
    """One form of the page: what it does with a sound answer, and what is said then."""

    make: Callable[[Need, User, date, Any], forms.Form]
    do: Callable[..., Need]
    said: Any


ACTS: dict[str, Act] = {
    "work": Act(
        lambda need, user, on, data: NeedWorkForm(data, prefix="work"), work_need, gettext_lazy("Noted.")
    ),
    "pass": Act(
        lambda need, user, on, data: NeedPassForm(data, prefix="pass", owners=possible_owners(need)),
        work_need,
        gettext_lazy("Passed on."),
    ),
    "later": Act(
        lambda need, user, on, data: NeedLaterForm(data, prefix="later", on=on),
        postpone_need,
        gettext_lazy("The new day is noted."),
    ),
    "close": Act(
        lambda need, user, on, data: NeedCloseForm(data, prefix="close"),
        close_need,
        gettext_lazy("The need is closed."),
    ),
    "join": Act(
        lambda need, user, on, data: NeedJoinForm(data, prefix="join", others=others_of_person(user, need)),
        merge_need,
        gettext_lazy("The two are one now."),
    ),
}


@requires("work_need")
def need_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    need = get_need(user, uuid)
    posted = next((name for name in ACTS if name in request.POST), "")
    made = {
        name: act.make(need, user, on, request.POST if name == posted else None) for name, act in ACTS.items()
    }
    if posted and made[posted].is_valid() and _done(request, need, posted, made[posted]):
        return redirect("followups:need", need.merged_into.uuid if need.merged_into else uuid)
    context = {
        "need": need,
        "shown": present_need(need, on),
        "steps": steps_of(need),
        "papers": papers_of_need(need),
        "told": told_steps(steps_of_need(need), on),
        "photographs": kept(papers_of(need, "photographs"), may_remove=True),
        "photograph_form": PhotographForm(),
        "referrals": [present_referral(referral, on) for referral in need.referrals.all()],
        "forms": made,
        "posted": posted,
        "others": others_of_person(user, need).exists(),
        "is_closed": need.state in CLOSED,
        "may_refer": may(user, "refer"),
        "may_screen": may(user, "screen_people") and user.sees_sensitive,
    }
    return render(request, "followups/need.html", context, status=422 if posted else 200)


def _done(request: HttpRequest, need: Need, name: str, form: forms.Form) -> bool:
    """Whether the step was taken; a need moved on meanwhile is shown as it stands now."""
    act = ACTS[name]
    try:
        done = act.do(need=need, by=actor(request), on=today(), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return False
    need.merged_into = done.merged_into
    messages.success(request, act.said)
    return True


@requires("work_need")
def need_story(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole chain in the order in which it happened, for the family to read and to print."""
    need = get_need(actor(request), uuid)
    context = {
        "need": need,
        "shown": present_need(need, today()),
        "story": story_of(need, story_steps(actor(request), need.pk)),
        "papers": papers_of_need(need),
        "on": today(),
    }
    return render(request, "followups/need_story.html", context)


@require_POST
@requires("work_need")
def need_papers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Lays out the paperwork that this kind of need takes."""
    new = lay_out_papers(need=get_need(actor(request), uuid), by=actor(request))
    messages.success(request, _("The paperwork is listed.") if new else _("Everything is listed already."))
    return redirect("followups:need", uuid)


@require_POST
@requires("work_need")
def need_paper(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """Ticks one piece of paperwork, or takes the tick back."""
    user = actor(request)
    task = get_task(user, uuid, code)
    form = PaperForm(request.POST)
    try:
        if "undo" in request.POST:
            undo_paper(task=task, by=user, on=today())
        elif form.is_valid():
            do_paper(task=task, by=user, on=today(), note=form.cleaned_data["note"])
        else:
            messages.error(request, _("Please keep it to 200 characters."))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect(f"{reverse('followups:need', args=[uuid])}#papers")
