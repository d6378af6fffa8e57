"""Claiming, what the payer answered, clearing up differences, closing a month."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.forms.payables import AnswerForm, ClearForm, DayForm, RefusalForm
from claims.models import Payable
from claims.queries.counties import own_counties
from claims.queries.payables.listed import get_difference, get_payable
from claims.queries.payers import payer_words, word
from claims.services.payables.answering import clear_up, record_answer, record_full_payment
from claims.services.payables.claiming import claim, claim_month, close_month, refuse
from core.accounts.models import Area
from core.accounts.permissions import actor, requires
from core.base.pages import today

Work = Callable[[forms.Form], str]
"""Does it and gives the sentence that says so."""


@requires("manage_funds")
def payable_claim(request: HttpRequest, pk: int) -> HttpResponse:
    payable = get_payable(actor(request), pk)

    def work(_form: forms.Form) -> str:
        claim(payable=payable, on=today(), by=actor(request))
        return _("The claim is out. Print the sheet and send it to the payer.")

    text = _(
        "The sum is written down and the bills in it stay as they are;"
        " what is settled late counts in a later month."
    )
    return _act(request, payable, forms.Form(), work, title=_("Claim from the payer"), lede=text)


@requires("manage_funds")
def payable_paid(request: HttpRequest, pk: int) -> HttpResponse:
    payable = get_payable(actor(request), pk)

    def work(form: forms.Form) -> str:
        record_full_payment(payable=payable, by=actor(request), **form.cleaned_data)
        return _("Paid in full: every bill as claimed.")

    form = DayForm(request.POST or None, today=today())
    text = _("Every bill was paid as claimed. If the payer's list says otherwise, hand in the list.")
    return _act(request, payable, form, work, title=_("Paid in full"), lede=text)


@requires("manage_funds")
def payable_answer(request: HttpRequest, pk: int) -> HttpResponse:
    payable = get_payable(actor(request), pk)

    def work(form: forms.Form) -> str:
        told = form.cleaned_data
        found = record_answer(payable=payable, paid=told["file"], on=told["on"], by=actor(request))
        if not found:
            return _("The payer's list agrees with the claim, bill by bill.")
        words = ngettext(
            "%(count)s difference was found. Clear it up below.",
            "%(count)s differences were found. Clear them up below.",
            len(found),
        )
        return words % {"count": len(found)}

    form = AnswerForm(request.POST or None, request.FILES or None, today=today())
    text = _("Each bill of the list is set beside the claim; every difference is named.")
    return _act(request, payable, form, work, title=_("Hand in the payer's list"), lede=text)


@requires("manage_funds")
def payable_refused(request: HttpRequest, pk: int) -> HttpResponse:
    payable = get_payable(actor(request), pk)

    def work(form: forms.Form) -> str:
        refuse(payable=payable, by=actor(request), **form.cleaned_data)
        return _("The refusal is written down. The claim may go out again when its reason is settled.")

    form = RefusalForm(request.POST or None, today=today())
    return _act(request, payable, form, work, title=_("The payer refused"), lede="")


@requires("manage_funds")
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_difference(actor(request), pk)
    payable = get_payable(actor(request), found.payable_id)

    def work(form: forms.Form) -> str:
        clear_up(difference=found, on=today(), by=actor(request), **form.cleaned_data)
        return _("The difference is cleared up.")

    form = ClearForm(request.POST or None)
    lede = f"{found.reference} · {found.get_kind_display()}"
    return _act(request, payable, form, work, title=_("Clear up a difference"), lede=lede)


@requires("manage_funds")
def month_claim(request: HttpRequest, county: int, month: str) -> HttpResponse:
    place, first = _place(request, county), _month(month)

    def work() -> str:
        count = claim_month(county=place, month=first, on=today(), by=actor(request))
        words = ngettext("%(count)s claim is out.", "%(count)s claims are out.", count)
        return words % {"count": count}

    title = _("Claim everything of %(month)s") % {"month": month}
    text = _("One claim goes out for each payer and hospital. The sums are written down.")
    return _confirm(request, month, work, title=title, text=text, label=_("Claim"))


@requires("manage_funds")
def month_close(request: HttpRequest, county: int, month: str) -> HttpResponse:
    place, first = _place(request, county), _month(month)

    def work() -> str:
        close_month(county=place, month=first, on=today(), by=actor(request))
        return _("%(month)s is closed. What comes late counts in the open month.") % {"month": month}

    title = _("Close %(month)s") % {"month": month}
    text = _("Nothing can be settled or entered into this month any more. This cannot be undone.")
    return _confirm(request, month, work, title=title, text=text, label=_("Close the month"))


def _act(
    request: HttpRequest, payable: Payable, form: forms.Form, work: Work, *, title: str, lede: str
) -> HttpResponse:
    is_sent = request.method == "POST"
    if is_sent and not form.fields:
        form = forms.Form(request.POST)
    if is_sent and form.is_valid():
        try:
            done = work(form)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            return redirect("claims:payable", pk=payable.pk)
    context = {
        "form": form,
        "payable": payable,
        "payer": word(payer_words(payable.county_id), payable.payer),
        "title": title,
        "lede": lede,
    }
    return render(request, "claims/payables/act.html", context, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, month: str, work: Callable[[], str], **page: Any) -> HttpResponse:
    back = f"{reverse('claims:payables')}?month={month}"
    if request.method == "POST":
        try:
            messages.success(request, work())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(back)
    return render(request, "components/confirm_page.html", {"cancel_url": back, **page})


def _place(request: HttpRequest, county: int) -> Area:
    place: Area = get_object_or_404(own_counties(actor(request)), pk=county)
    return place


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError as unknown:
        raise Http404 from unknown
