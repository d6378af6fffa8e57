"""What households know of the policy: rounds, how far each village is, and the questions at one door."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts.models import User
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import kept_query, page_links, page_number, tabs, today
from healthaid.outreach.forms.surveys import AnswersForm, NotAskedForm, SurveyForm, VillageFilter
from healthaid.outreach.kinds import edition_of
from healthaid.outreach.models import SurveyHome, SurveyRound
from healthaid.outreach.presenters.activities import language
from healthaid.outreach.presenters.surveys import (
    present_home,
    present_questions,
    present_survey,
    together,
    whom_words,
)
from healthaid.outreach.queries.surveys import (
    SHOWS,
    get_home,
    get_survey,
    homes_of,
    next_home,
    progress,
    right_answers,
    surveys,
    villages_asked,
)
from healthaid.outreach.services.surveys import (
    close_survey,
    open_survey,
    record_answers,
    record_not_asked,
)

PAGE = 30


def _may_ask(user: User, held: SurveyRound) -> bool:
    return may(user, "ask_survey") and held.closed_on is None


@requires("see_surveys")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    page = Paginator(surveys(user), PAGE).get_page(page_number(request))
    context = page_links(request, page) | {
        "rows": [present_survey(one, today()) for one in page],
        "may_hold": may(user, "hold_survey"),
    }
    return render(request, "outreach/surveys/index.html", context)


@requires("hold_survey")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = SurveyForm(request.POST or None, user=actor(request), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = open_survey(wanted=form.wanted(secrets.token_hex(4)), by=actor(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The round is open and its households are drawn."))
            return redirect("outreach:survey", made.uuid)
    return render(request, "outreach/surveys/new.html", {"form": form}, status=422 if form.errors else 200)


@requires("see_surveys")
@require_GET
def survey(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    held = get_survey(user, uuid)
    villages = progress(user, held)
    total = together(villages)
    edition = edition_of(held.code, held.edition)
    context = {
        "round": held,
        "edition": edition,
        "title": edition.title.get(language()) if edition else held.code,
        "whom": whom_words(held),
        "villages": villages,
        "total": total,
        "questions": present_questions(edition, right_answers(user, held), total["asked"]),
        "is_late": held.closed_on is None and held.due_on < today(),
        "may_ask": _may_ask(user, held),
        "may_close": may(user, "hold_survey")
        and held.closed_on is None
        and user.area_id in held.area.ancestors,
    }
    return render(request, "outreach/surveys/survey.html", context)


@requires("hold_survey")
@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    close_survey(held=get_survey(actor(request), uuid), by=actor(request), on=today())
    messages.success(request, _("The survey is closed."))
    return redirect("outreach:survey", uuid)


@requires("see_surveys")
@require_GET
def homes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The doors of a round: those that wait first, and those behind each number."""
    user = actor(request)
    held = get_survey(user, uuid)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    narrowed = VillageFilter(request.GET or None, villages=villages_asked(user, held))
    village = narrowed.chosen()
    page = Paginator(homes_of(user, held, show=show, village=village), PAGE).get_page(page_number(request))
    words = {
        "waiting": pgettext("surveys", "Still to be asked"),
        "asked": pgettext("surveys", "Asked"),
        "unaware": pgettext("surveys", "Do not know it"),
        "not_asked": pgettext("surveys", "Could not be asked"),
    }
    named = [(name, words[name], homes_of(user, held, show=name, village=village).count()) for name in SHOWS]
    context = page_links(request, page) | {
        "round": held,
        "rows": [present_home(one) for one in page],
        "tabs": tabs(named, show, lambda name: kept_query(request, show=name)),
        "filter_form": narrowed,
        "show": show,
    }
    return render(request, "outreach/surveys/homes.html", context)


@requires("see_surveys")
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, uuid: UUID, home_uuid: UUID) -> HttpResponse:
    """One door on a phone: the questions, or why nobody could be asked, and on to the next door."""
    user = actor(request)
    held = get_survey(user, uuid)
    found = get_home(user, held, home_uuid)
    edition = edition_of(held.code, held.edition)
    acts: list[dict[str, Any]] = []
    if edition and _may_ask(user, held):
        sent = request.POST if request.method == "POST" else None
        is_excuse = sent is not None and "not_asked" in sent
        answers = AnswersForm(None if is_excuse else sent, edition=edition, home=found, today=today())
        excuse = NotAskedForm(sent if is_excuse else None, initial={"why_not": found.why_not})
        acts = _acts(found, answers, excuse)
        if sent is not None and _told(request, found, excuse if is_excuse else answers):
            return _onward(user, held, found)
    elif request.method == "POST":
        check(user, "ask_survey")
        messages.error(request, _("This round is closed. Answers are taken in an open one."))
    context = {
        "round": held,
        "home": present_home(found),
        "household": found.household,
        "acts": acts,
        "given": _given(found),
        "next": next_home(user, held, found),
        "may_open": may(user, "see_households"),
    }
    wrong = any(act["form"].errors for act in acts)
    return render(request, "outreach/surveys/home.html", context, status=422 if wrong else 200)


def _acts(found: SurveyHome, answers: AnswersForm, excuse: NotAskedForm) -> list[dict[str, Any]]:
    asked = {"title": _("What the household answers"), "name": "asked", "form": answers}
    if found.answers is not None:
        return [asked]
    return [asked, {"title": _("Nobody could be asked"), "name": "not_asked", "form": excuse}]


def _told(request: HttpRequest, found: SurveyHome, form: AnswersForm | NotAskedForm) -> bool:
    if not form.is_valid():
        return False
    by = actor(request)
    try:
        if isinstance(form, AnswersForm):
            record_answers(home=found, by=by, **form.told)
        else:
            record_not_asked(home=found, by=by, on=today(), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("%(name)s: noted.") % {"name": present_home(found)["name"]})
    return True


def _onward(user: User, held: SurveyRound, found: SurveyHome) -> HttpResponse:
    further = next_home(user, held, found)
    if further is None:
        return redirect("outreach:survey", held.uuid)
    return redirect("outreach:survey_home", held.uuid, further.household.uuid)


def _given(found: SurveyHome) -> list[dict[str, str]]:
    """What was answered, in words, for whoever may not ask or after the round."""
    edition = edition_of(found.round.code, found.round.edition)
    if found.answers is None or edition is None:
        return []
    return [
        {
            "question": question.label.get(language()),
            "answer": option.label.get(language()),
            "tone": "good" if option.right else "warn",
        }
        for question in edition.questions
        for option in question.options
        if found.answers.get(question.code) == option.code
    ]
