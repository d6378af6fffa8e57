"""The yearly pledges: who has signed what, what is reached, what it scores."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, may, requires
from core.base.pages import kept_paper, today
from healthaid.reports.forms.pledges import PledgeForm
from healthaid.reports.models import Pledge
from healthaid.reports.presenters.pledges import present_group, present_pledge, present_targets
from healthaid.reports.queries.pledges import day_of, get_pledge, groups_of, pledges, ranked, scored, years_of
from healthaid.reports.services.pledges import record_pledge, revise_pledge


@requires("see_pledges")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    years = years_of(user) or [on.year]
    year = _year(request, years)
    groups = groups_of(scored(user, pledges(user, year), today=on))
    context = {
        "groups": [present_group(ranked(group)) for group in groups],
        "tabs": [
            {"url": f"?year={one}", "label": one, "count": None, "active": one == year} for one in years
        ],
        "year": year,
        "until": day_of(year, on),
        "may_sign": may(user, "sign_pledge"),
        "without_confidential": not user.sees_sensitive,
    }
    return render(request, "reports/pledges/index.html", context)


def _year(request: HttpRequest, years: list[int]) -> int:
    given = request.GET.get("year", "")
    return next((year for year in years if str(year) == given), years[0])


@requires("see_pledges")
@require_GET
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_pledge(user, pk)
    (judged,) = scored(user, [found], today=on)
    context = {
        "pledge": found,
        "shown": present_pledge(judged),
        "targets": present_targets(judged, on),
        "points": judged.points,
        "possible": judged.possible,
        "until": day_of(found.year, on),
        "may_sign": may(user, "sign_pledge"),
        "without_confidential": not user.sees_sensitive,
    }
    return render(request, "reports/pledges/pledge.html", context)


@requires("sign_pledge")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@requires("sign_pledge")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _written(request, get_pledge(actor(request), pk))


@requires("see_pledges")
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed paper as it was kept; it tells nothing about a patient."""
    found = get_pledge(actor(request), pk)
    if not found.path:
        raise Http404
    return kept_paper(found, f"pledge-{found.pk}")


def _written(request: HttpRequest, found: Pledge | None) -> HttpResponse:
    posted: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PledgeForm(*posted, user=actor(request), today=today(), pledge=found)
    if posted and form.is_valid():
        made = _kept(request, form, found)
        if made:
            messages.success(request, _("The pledge is kept."))
            return redirect("reports:pledge", made.pk)
    context = {"form": form, "pledge": found}
    return render(request, "reports/pledges/form.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: PledgeForm, found: Pledge | None) -> Pledge | None:
    told: dict[str, Any] = {"wanted": form.wanted, "targets": form.targets, "file": form.cleaned_data["file"]}
    try:
        if found:
            return revise_pledge(pledge=found, by=actor(request), **told)
        return record_pledge(by=actor(request), **told)
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
