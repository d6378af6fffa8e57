"""Who is away and who stands in: the list, arranging it, ending it early."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from followups.forms.absences import AbsenceForm
from followups.presenters.absences import present_absence
from followups.queries.absences import absences, absent_doctors, get_absence, past_absences
from followups.services.absences import arrange_absence, end_absence

PAGE = 20
PAST = 10


@requires("arrange_absence")
def absence_page(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    first = {"first_on": on, "doctor": user.pk}
    form = AbsenceForm(request.POST or None, user=user, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            arrange_absence(**form.cleaned_data, by=user, on=on)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is arranged who stands in."))
            return redirect("followups:absences")
    page = Paginator(absences(user, on), PAGE).get_page(request.GET.get("page"))
    mine = set(absent_doctors(user).values_list("pk", flat=True))
    context = page_links(request, page) | {
        "form": form,
        "lines": [present_absence(each, on, may_end=each.doctor_id in mine) for each in page],
        "past": [present_absence(each, on, may_end=False) for each in past_absences(user, on)[:PAST]],
    }
    return render(request, "followups/absences.html", context, status=422 if form.errors else 200)


@require_POST
@requires("arrange_absence")
def absence_end(request: HttpRequest) -> HttpResponse:
    user, on, given = actor(request), today(), request.POST.get("absence", "")
    number = int(given[:18]) if given.isascii() and given.isdecimal() else 0
    absence = get_absence(user, number, on)
    if absence is None:
        messages.error(request, _("This is over already, or not yours to end."))
    else:
        end_absence(absence=absence, by=user, on=on)
        messages.success(request, _("Nobody stands in any more from today on."))
    return redirect("followups:absences")
