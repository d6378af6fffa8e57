"""Activities of 3+2+1: the list, one with its ranking, writing down what each unit scored."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, page_links, tabs, today
from healthaid.outreach.forms.activities import ActivityForm, ResultsForm
from healthaid.outreach.kinds import activity_kinds
from healthaid.outreach.presenters.activities import (
    grade_words,
    kind_words,
    part_of,
    present_activity,
    present_result,
)
from healthaid.outreach.queries.activities import (
    activities,
    get_activity,
    grades,
    ranking,
    units_of,
    winners,
)
from healthaid.outreach.services.activities import record_activity, write_results

PAGE = 30


@requires("see_activities")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in activity_kinds() else ""
    page = Paginator(activities(user, kind=kind), PAGE).get_page(request.GET.get("page"))
    first = winners(list(page))
    context = page_links(request, page) | {
        "rows": [present_activity(one, first.get(one.pk, [])) for one in page],
        "tabs": _tabs(kind),
        "may_hold": may(user, "hold_activity"),
    }
    return render(request, "outreach/activities/index.html", context)


def _tabs(chosen: str) -> list[Tab]:
    named = [(code, kind_words(code), None) for code in activity_kinds()]
    return tabs([("", pgettext("activities", "All"), None), *named], chosen, "?kind={}".format)


@requires("see_activities")
@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    found = get_activity(user, pk)
    results = [present_result(entry) for entry in ranking(found)]
    context = {
        "activity": found,
        "kind": kind_words(found.kind),
        "part": part_of(found.kind),
        "results": results,
        "contested": any(one["contestant"] for one in results),
        "grades": grade_words(grades(found)),
        "may_hold": may(user, "hold_activity") and user.area_id in found.area.ancestors,
    }
    return render(request, "outreach/activities/activity.html", context)


@requires("hold_activity")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ActivityForm(request.POST or None, user=actor(request), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = record_activity(wanted=form.wanted, by=actor(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The activity is saved. Enter the scores."))
            return redirect("outreach:activity_results", made.pk)
    return render(request, "outreach/activities/new.html", {"form": form}, status=422 if form.errors else 200)


@requires("hold_activity")
@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_activity(actor(request), pk)
    if actor(request).area_id not in found.area.ancestors or found.kind not in activity_kinds():
        raise Http404
    kind = activity_kinds()[found.kind]
    form = ResultsForm(request.POST or None, kind=kind, units=units_of(found), entries=found.entries.all())
    if request.method == "POST" and form.is_valid():
        try:
            write_results(activity=found, results=form.results, by=actor(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The scores are kept."))
            return redirect("outreach:activity", pk)
    context = {"form": form, "activity": found, "full": kind.full}
    return render(request, "outreach/activities/results.html", context, status=422 if form.errors else 200)
