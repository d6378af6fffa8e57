"""Teams back in their villages, month by month; the doctor paired with a household."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from core.base.periods import add_months, month_start
from followups.forms.outings import PairingForm, ReturnForm
from followups.queries.outings import paired_with, returns_of_month
from followups.queries.visits import get_household
from followups.services.outings import end_pairing, pair_household, record_return

PAGE = 50


@requires("see_teams")
def return_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    month = _month(request.GET.get("month", ""), on)
    returns = returns_of_month(user, month)
    page = Paginator(returns.owed, PAGE).get_page(request.GET.get("page"))
    following = add_months(month, 1)
    context = page_links(request, page) | {
        "month": month,
        "returns": returns,
        "earlier": f"?month={add_months(month, -1):%Y-%m}",
        "later": f"?month={following:%Y-%m}" if following <= on else "",
        "may_record": may(user, "record_visit"),
    }
    return render(request, "followups/returns.html", context)


def _month(given: str, on: date) -> date:
    try:
        month = date.fromisoformat(f"{given}-01")
    except ValueError:
        month = month_start(on)
    return min(month, month_start(on))


@requires("record_visit")
def return_new(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    asked = {name: request.GET[name] for name in ("team", "village") if name in request.GET}
    form = ReturnForm(request.POST or None, user=user, initial={"returned_on": on} | asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_return(**form.cleaned_data, by=user, on=on)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The return to the village is on record."))
            return redirect(f"{reverse('followups:returns')}?month={made.month:%Y-%m}")
    status = 422 if form.errors else 200
    return render(request, "followups/return_new.html", {"form": form}, status=status)


@requires("manage_teams")
def pairing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Names the paired doctor of a household, or ends the pairing."""
    user, on = actor(request), today()
    household = get_household(user, uuid)
    present = paired_with(household, on)
    form = PairingForm(request.POST or None, user=user)
    back = reverse("households:household", args=[household.uuid])
    if request.method == "POST" and "end" in request.POST:
        end_pairing(household=household, by=user, on=on)
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        doctor = form.cleaned_data["practitioner"]
        pair_household(household=household, practitioner=doctor, by=user, on=on)
        messages.success(request, _("%(name)s is now paired with this household.") % {"name": doctor.name})
        return redirect(back)
    context = {"form": form, "present": present, "back": back, "household": household}
    return render(request, "followups/pairing.html", context, status=422 if form.errors else 200)
