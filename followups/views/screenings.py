"""Screening days: the list, and one day with who attended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from followups.case_choices import ScreeningOutcome
from followups.forms.screenings import ResultForm, ScreeningForm
from followups.queries.screenings import get_screening, outcomes, results, screening_days
from followups.services.cases.screening import hold_screening, record_result

PAGE = 30
TONES: dict[str, str] = {
    ScreeningOutcome.NONE_FOUND: "good",
    ScreeningOutcome.SUSPECTED: "warn",
    ScreeningOutcome.CONFIRMED: "bad",
    ScreeningOutcome.TO_OPERATE: "bad",
}


@requires("see_cases")
def screening_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    sent = request.POST if may(user, "assign_case") else None
    form = ScreeningForm(sent or None, user=user, on=today())
    if sent and form.is_valid():
        try:
            day = hold_screening(by=user, **form.cleaned_data)
            messages.success(request, _("The day is noted. Add who attended."))
            return redirect("followups:screening", day.uuid)
        except ValidationError as refused:
            form.add_error(None, refused)
    page = Paginator(screening_days(user), PAGE).get_page(request.GET.get("page"))
    counted = outcomes(user, list(page))
    context = page_links(request, page) | {
        "days": [(day, counted[day.pk], sum(counted[day.pk].values())) for day in page],
        "form": form if may(user, "assign_case") else None,
    }
    return render(request, "followups/screenings.html", context, status=422 if form.errors else 200)


@requires("see_cases")
def screening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    day = get_screening(user, uuid)
    sent = request.POST if may(user, "work_case") else None
    form = ResultForm(sent or None, user=user)
    if sent and form.is_valid():
        result = record_result(day=day, by=user, **form.cleaned_data)
        messages.success(request, _("The result of %(name)s is noted.") % {"name": result.person.name})
        return redirect("followups:screening", uuid)
    page = Paginator(results(user, day), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = page_links(request, page) | {
        "day": day,
        "lines": [(result, TONES[result.outcome]) for result in page],
        "counts": [
            (outcome.label, count)
            for outcome, count in zip(ScreeningOutcome, outcomes(user, [day])[day.pk].values(), strict=True)
        ],
        "form": form if may(user, "work_case") else None,
    }
    return render(request, "followups/screening.html", context, status=422 if form.errors else 200)
