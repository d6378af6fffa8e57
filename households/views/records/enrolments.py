"""Insurance by scheme and year: who is enrolled, who paid the premium, why somebody is not."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from households.choices import Scheme
from households.forms_records import EnrolForm, EnrolmentFilter
from households.models import Enrolment
from households.presenters.records import record_places
from households.queries.records.details import enrolments_of
from households.queries.records.places import place_of
from households.queries.records.sheets import ALL, Sheet, enrolments_sheet
from households.record_choices import WhyNot
from households.services.records.enrolling import note_enrolments
from households.views.records.common import Listed, sheet_page

STATES = {
    "enrolled": pgettext_lazy("insurance", "enrolled"),
    "government": gettext_lazy("paid by the government"),
    "shared": gettext_lazy("paid by both"),
    "self": gettext_lazy("paid by the family"),
    "not_enrolled": pgettext_lazy("insurance", "not enrolled"),
    "unsaid": gettext_lazy("not said why"),
}


@requires("see_records")
def enrolment_list(request: HttpRequest) -> HttpResponse:
    """Where one village is shown, those on the page can be ticked and noted at once."""
    user, on = actor(request), today()
    filter_form = EnrolmentFilter(request.GET, on=on)
    year, scheme = filter_form.chosen_year, filter_form.chosen_scheme
    place = place_of(user, request.GET.get("area", ""))
    sheet = enrolments_sheet(place, on, year, scheme)
    form = EnrolForm(request.POST or None)
    if request.method == "POST":
        if not may(user, "keep_records"):
            raise PermissionDenied("keep_records")
        if _noted(request, form, sheet, year, scheme):
            return redirect(request.get_full_path())
    context, listed = sheet_page(request, sheet, STATES, year=str(year), scheme=scheme)
    found = enrolments_of([each.person for each in listed], year, scheme)
    context |= {
        "places": record_places("records:enrolments"),
        "lines": [_line(each, found.get(each.person.pk)) for each in listed],
        "filter_form": filter_form,
        "year": year,
        "scheme": Scheme(scheme).label,
        "form": form if may(user, "keep_records") and place.village else None,
        "chosen": set(request.POST.getlist("person")),
    }
    return render(request, "households/records/enrolments.html", context, status=422 if form.errors else 200)


def _noted(request: HttpRequest, form: EnrolForm, sheet: Sheet, year: int, scheme: str) -> bool:
    persons = sheet.among([int(pk) for pk in request.POST.getlist("person") if pk.isdecimal()][:200], ALL)
    if not persons:
        form.add_error(None, _("Tick at least one person."))
        return False
    if not form.is_valid():
        return False
    told: dict[str, Any] = form.cleaned_data
    try:
        count = note_enrolments(
            persons=persons, scheme=scheme, year=year, by=actor(request), on=today(), **told
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    words = ngettext("Noted for %(n)s person.", "Noted for %(n)s persons.", count)
    messages.success(request, words % {"n": count})
    return True


def _line(each: Listed, found: Enrolment | None) -> dict[str, Any]:
    why_not = found.why_not if found else ""
    return {
        "person": each.person,
        "enrolment": found,
        "is_enrolled": "enrolled" in each.states,
        "is_employee": "employee" in each.states,
        "is_unsaid": "unsaid" in each.states,
        "why_not": WhyNot(why_not).label if why_not in WhyNot.values else why_not,
    }
