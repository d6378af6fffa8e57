"""Zero mark-up: what a clinic's price checks found, and noting another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.accounts.permissions import actor, check, may, requires
from core.base.pages import today
from core.clinics.models import Institution
from core.clinics.queries import get_institution
from healthaid.outreach.forms.prices import PricesForm
from healthaid.outreach.queries.prices import checks_of
from healthaid.outreach.services.prices import record_prices


@requires("see_institutions")
@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    clinic = get_institution(user, pk, today())
    if clinic.kind != Institution.Kind.VILLAGE_CLINIC:
        raise Http404
    form = None
    if may(user, "check_prices"):
        form = PricesForm(request.POST or None, request.FILES or None, today=today())
    if request.method == "POST":
        check(user, "check_prices")
        if form and form.is_valid() and _noted(request, clinic, form):
            return redirect("outreach:clinic_prices", pk)
    context = {"clinic": clinic, "checks": checks_of(clinic), "form": form}
    return render(
        request, "outreach/clinics/prices.html", context, status=422 if form and form.errors else 200
    )


def _noted(request: HttpRequest, clinic: Institution, form: PricesForm) -> bool:
    on = form.cleaned_data["checked_on"]
    try:
        above = record_prices(institution=clinic, prices=form.prices, by=actor(request), on=on)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    if above:
        words = ngettext(
            "The check is kept: %(n)s drug is marked up.",
            "The check is kept: %(n)s drugs are marked up.",
            above,
        )
        messages.warning(request, words % {"n": above})
    else:
        messages.success(request, _("The check is kept: no drug is marked up."))
    return True
