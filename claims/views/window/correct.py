"""A settled bill put right: the old settlement is reversed, a new revision stands in its place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.bills import CorrectionForm
from claims.models import Settlement
from claims.queries.bills import bill_facts
from claims.services.problems import ClaimRefused
from claims.services.settling import correct
from claims.views.common import posted
from claims.views.window.bill import (
    own_stay,
    payers_of,
    put_line_problems,
    typed_values,
    wanted_items,
)
from core.accounts.permissions import actor, requires
from core.base.pages import today


@requires("settle_bills")
def stay_correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    stay = own_stay(request, uuid)
    facts = bill_facts(actor(request), stay)
    if facts.standing is None:
        return redirect("claims:stay", uuid)
    form = CorrectionForm(posted(request), initial=typed_values(stay, facts.items), payers=payers_of(stay))
    if request.method == "POST" and form.is_valid() and _corrected(request, facts.standing, form):
        return redirect("claims:stay", uuid)
    context: dict[str, Any] = {"form": form, "stay": stay, "rows": list(form.rows())}
    return render(request, "claims/window/correct.html", context, status=422 if form.errors else 200)


def _corrected(request: HttpRequest, settlement: Settlement, form: CorrectionForm) -> bool:
    try:
        new = correct(
            settlement=settlement,
            lines=wanted_items(form),
            reason=form.cleaned_data["reason"],
            by=actor(request),
            on=today(),
            typed_total=form.cleaned_data["typed_total"],
            reported=form.reported(),
        )
    except ClaimRefused as refused:
        put_line_problems(form, refused)
        return False
    messages.success(request, _("Corrected: %(number)s stands now.") % {"number": str(new)})
    return True
