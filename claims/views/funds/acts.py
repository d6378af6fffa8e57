"""Opening a fund, putting money in, correcting its ledger, and when it warns."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.funds import EntryForm, OpenFundForm, WarningForm
from claims.models import Fund
from claims.presenters.funds import name_of
from claims.queries.funds.standing import get_fund
from claims.services.funds.managing import change_warning, correct_ledger, open_fund, put_in
from core.accounts.permissions import actor, requires
from core.base.pages import today


@requires("manage_funds")
def fund_new(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    form = OpenFundForm(request.POST or None, user=user, today=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_fund(
                county=form.chosen_county, wanted=form.wanted(), on=form.cleaned_data["on"], by=user
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(fund)s is open.") % {"fund": name_of(made)})
            return redirect("claims:fund", pk=made.pk)
    context = {"form": form, "title": _("Open a fund"), "submit": _("Open the fund")}
    return render(request, "claims/funds/new.html", context, status=422 if form.errors else 200)


@requires("manage_funds")
def fund_put_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _entry(
        request,
        get_fund(actor(request), pk),
        act=put_in,
        title=_("Put money in"),
        lede=_("Appropriations and transfers that came into the fund."),
        done=_("The money is in the ledger."),
    )


@requires("manage_funds")
def fund_correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _entry(
        request,
        get_fund(actor(request), pk),
        act=correct_ledger,
        title=_("Correct the ledger"),
        lede=_("An entry is never changed: a correction is added, with a minus where money leaves."),
        done=_("The correction is in the ledger."),
    )


@requires("manage_funds")
def fund_warning(request: HttpRequest, pk: int) -> HttpResponse:
    fund = get_fund(actor(request), pk)
    first = {"warns_at": int(fund.warns_at * 100), "may_overdraw": fund.may_overdraw}
    form = WarningForm(request.POST or None, initial=first)

    def change() -> None:
        told = form.cleaned_data
        share = Decimal(told["warns_at"]) / 100
        change_warning(fund=fund, warns_at=share, may_overdraw=told["may_overdraw"], by=actor(request))

    page = {"title": _("Warning and empty fund"), "lede": "", "done": _("Saved.")}
    return _work(request, fund, form, change, **page)


def _entry(request: HttpRequest, fund: Fund, *, act: Callable[..., Any], **page: str) -> HttpResponse:
    form = EntryForm(request.POST or None, today=today())

    def enter() -> None:
        act(fund=fund, by=actor(request), **form.cleaned_data)

    return _work(request, fund, form, enter, **page)


def _work(
    request: HttpRequest,
    fund: Fund,
    form: forms.Form,
    work: Callable[[], None],
    *,
    title: str,
    lede: str,
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            work()
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            return redirect("claims:fund", pk=fund.pk)
    context = {"form": form, "fund": fund, "name": name_of(fund), "title": title, "lede": lede}
    return render(request, "claims/funds/act.html", context, status=422 if form.errors else 200)
