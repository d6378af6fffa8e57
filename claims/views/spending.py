"""What a household spends in a year, as it was asked: without it the newer indicators cannot say anything."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.warnings import SurveyForm
from claims.queries.burdens.board import get_household, head_of, members_of, surveys_of
from claims.services.warnings.grounds import record_survey
from core.accounts.permissions import actor, requires
from core.base.pages import today


@requires("work_warning")
def spending(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same year again corrects what was written down, with its history."""
    user, on = actor(request), today()
    household = get_household(user, uuid)
    form = SurveyForm(request.POST or None, initial={"year": on.year - 1, "size": members_of(household)})
    if request.method == "POST" and form.is_valid():
        try:
            record_survey(household=household, by=user, on=on, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("What the household spends is written down."))
            return redirect("claims:spending", uuid)
    context = {
        "household": household,
        "head": head_of(household),
        "surveys": surveys_of(household),
        "form": form,
    }
    return render(request, "claims/warnings/spending.html", context, status=422 if form.errors else 200)
