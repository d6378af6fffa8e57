"""What a payer paid of each bill, typed where there is no list: less needs its reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from claims.forms.payables import PartialForm
from claims.models import Payable
from claims.queries.payables.listed import claimed_bills, get_payable
from claims.queries.payers import payer_words, word
from claims.services.payables.answering import record_answer
from claims.views.common import posted
from core.accounts.permissions import actor, requires
from core.base.pages import today

MOST = 100
"""Of more bills the payer's list is handed in."""


@requires("manage_funds")
def payable_partial(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    payable = get_payable(user, pk)
    bills = claimed_bills(payable, sees_sensitive=user.sees_sensitive, limit=MOST + 1)
    if len(bills) > MOST:
        return redirect("claims:payable_answer", pk=pk)
    form = PartialForm(posted(request), bills=bills, today=today())
    if request.method == "POST" and form.is_valid() and _kept(request, payable, form):
        return redirect("claims:payable", pk=pk)
    context = {
        "form": form,
        "rows": list(form.rows()),
        "payable": payable,
        "payer": word(payer_words(payable.county_id), payable.payer),
    }
    return render(request, "claims/payables/partial.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, payable: Payable, form: PartialForm) -> bool:
    told = form.cleaned_data
    try:
        found = record_answer(payable=payable, paid=told["paid"], on=told["on"], by=actor(request))
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    words = ngettext(
        "Written down; %(count)s difference is to be cleared up.",
        "Written down; %(count)s differences are to be cleared up.",
        len(found),
    )
    messages.success(request, words % {"count": len(found)})
    return True
