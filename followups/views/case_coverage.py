"""Who answers for whom: hospitals and towns, rates, gaps by name, and who has no case yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, page_number, today
from followups.forms.cases import CaseFilter, OpenAllForm, TownForm
from followups.presenters import case_figures as shown
from followups.queries.cases import coverage
from followups.services.cases.assigning import assign_waiting, give_town
from followups.services.cases.opening import open_missing

PAGE = 50


@requires("see_cases")
def case_coverage(request: HttpRequest) -> HttpResponse:
    on, user, number = today(), actor(request), page_number(request)
    cut = CaseFilter(request.GET or None, user=user)
    listed = cut.cleaned_data.get("listed", "") if cut.is_valid() else ""
    found = coverage.loads(user, on)
    gaps, total = coverage.gaps(user, on, limit=PAGE, offset=(number - 1) * PAGE)
    page = Paginator(range(total), PAGE).get_page(number)
    context = page_links(request, page) | {
        "on": on,
        "tabs": [
            {"url": f"?listed={code}", "label": label, "count": None, "active": code == listed}
            for code, label in CaseFilter.LISTS
        ],
        "rates": shown.rates(coverage.identified(user, on, listed=listed)),
        "hospitals": shown.hospitals(found),
        "totals": shown.totals(found),
        "gaps": shown.gap_lines(gaps),
        "gap_count": total,
        "bare_towns": list(coverage.towns_without_hospital(user, on)),
        "may_see_roles": may(user, "see_institutions"),
        "form": TownForm(user=user, on=on) if may(user, "assign_case") else None,
    }
    return render(request, "followups/case_coverage.html", context)


@require_POST
@requires("assign_case")
def case_town(request: HttpRequest) -> HttpResponse:
    """A hospital answers for a town from today on."""
    form = TownForm(request.POST, user=actor(request), on=today())
    if not form.is_valid():
        messages.error(request, _("Choose a town and a hospital."))
        return redirect("followups:case_coverage")
    given = form.cleaned_data
    give_town(township=given["township"], hospital=given["hospital"], by=actor(request), on=today())
    words = _("%(hospital)s answers for %(town)s from today on.")
    messages.success(request, words % {"hospital": given["hospital"], "town": given["township"]})
    return redirect("followups:case_coverage")


@require_POST
@requires("assign_case")
def case_assign_waiting(request: HttpRequest) -> HttpResponse:
    """The waiting patients of a hospital's towns are shared out among its doctors."""
    user, on = actor(request), today()
    chosen = request.POST.get("hospital", "")
    load = next((each for each in coverage.loads(user, on) if str(each.hospital_id) == chosen), None)
    if load is None:
        messages.error(request, _("This hospital answers for no town of your area. Choose one that does."))
        return redirect("followups:case_coverage")
    count = assign_waiting(hospital_pk=load.hospital_id, by=user, on=on)
    words = ngettext("%(n)s case is assigned.", "%(n)s cases are assigned.", count) % {"n": count}
    messages.success(request, words)
    return redirect("followups:case_coverage")


@requires("work_case")
def case_missing(request: HttpRequest) -> HttpResponse:
    """Who has a disease of the lists and no case; one act opens all of them."""
    user, on, number = actor(request), today(), page_number(request)
    catalogue = request.POST.get("catalogue") or request.GET.get("listed", "")
    form = OpenAllForm(request.POST or None, initial={"catalogue": catalogue})
    if request.method == "POST" and form.is_valid():
        count = open_missing(evidence=form.cleaned_data["evidence"], by=user, on=on, catalogue=catalogue)
        words = ngettext("%(n)s case is registered.", "%(n)s cases are registered.", count) % {"n": count}
        messages.success(request, words)
        return redirect("followups:cases")
    found, total = coverage.missing_cases(
        user, on, catalogue=catalogue, limit=PAGE, offset=(number - 1) * PAGE
    )
    page = Paginator(range(total), PAGE).get_page(number)
    context = page_links(request, page) | {
        "form": form,
        "found": shown.missing_lines(found),
        "total": total,
        "listed": catalogue,
    }
    return render(request, "followups/case_missing.html", context, status=422 if form.errors else 200)
