"""One stay at the window: how far it has come, and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import AdmissionState
from claims.forms.window import DischargeForm, InstalmentsForm, PaymentForm, ReasonForm
from claims.presenters.bills import present_stay
from claims.queries.facts.reporting import must_be_divided
from claims.queries.window import get_stay
from claims.services.admissions import (
    InstalmentsWanted,
    InstalmentWanted,
    agree_instalments,
    cancel_admission,
    discharge,
    divide_at_new_year,
    receive_payment,
    refund,
    return_to_ward,
)
from claims.services.problems import ClaimRefused
from claims.services.settling import reverse
from claims.views.common import put_problems, told
from claims.views.window.hospital import hospital_of
from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.base.pages import today

State = AdmissionState
OPEN = (State.ADMITTED, State.DISCHARGED)
DONE = (State.SETTLED, State.CLOSED)


@dataclass(frozen=True)
class Act:
    """One form of the page: when it is offered, what is typed, what it does."""

    title: Any
    button: Any
    offered: Callable[[Any], bool]
    make: Callable[[Any, Any], forms.Form]
    do: Callable[[Any, dict[str, Any], User, date], object]
    hint: Any = ""
    is_first: bool = False
    is_danger: bool = False


def _instalments(stay: Any, form: dict[str, Any], by: User, on: date) -> object:
    parts = tuple(InstalmentWanted(day, amount) for day, amount in form["parts"])
    wanted = InstalmentsWanted(instalments=parts, guarantor=form["guarantor"], note=form["note"])
    return agree_instalments(admission=stay, wanted=wanted, by=by, on=on)


def _due(stay: Any) -> Any:
    return stay.due if stay.patient_share is not None else 0


ACTS: dict[str, Act] = {
    "discharge": Act(
        gettext_lazy("Discharge"),
        gettext_lazy("Discharge"),
        lambda stay: stay.state == State.ADMITTED,
        lambda stay, data: DischargeForm(data, prefix="discharge", initial={"discharged_on": today()}),
        lambda stay, given, by, on: discharge(admission=stay, on=given["discharged_on"], by=by, today=on),
        is_first=True,
    ),
    "divide": Act(
        gettext_lazy("Divide at New Year"),
        gettext_lazy("Divide the bill by days"),
        lambda stay: stay.state == State.DISCHARGED and stay.must_divide,
        lambda stay, data: forms.Form(data, prefix="divide"),
        lambda stay, given, by, on: divide_at_new_year(admission=stay, by=by, on=on),
        hint=gettext_lazy(
            "The policy counts each part of this stay in its own year. Its costs are divided by days, the"
            " first and the last included; the part after New Year becomes a stay of its own."
        ),
        is_first=True,
    ),
    "pay": Act(
        gettext_lazy("Take the payment"),
        gettext_lazy("Take the payment"),
        lambda stay: stay.state in DONE and _due(stay) > 0,
        lambda stay, data: PaymentForm(data, prefix="pay", initial={"amount": f"{_due(stay):.2f}"}),
        lambda stay, given, by, on: receive_payment(admission=stay, by=by, on=on, **given),
        is_first=True,
    ),
    "refund": Act(
        gettext_lazy("Give money back"),
        gettext_lazy("Give back"),
        lambda stay: (stay.state in DONE and _due(stay) < 0) or (stay.state in OPEN and stay.received > 0),
        lambda stay, data: PaymentForm(
            data, prefix="refund", initial={"amount": f"{-_due(stay) or stay.received:.2f}"}
        ),
        lambda stay, given, by, on: refund(admission=stay, by=by, on=on, **given),
        is_first=True,
    ),
    "deposit": Act(
        gettext_lazy("Take a deposit"),
        gettext_lazy("Take the deposit"),
        lambda stay: stay.state in OPEN and not stay.treats_first,
        lambda stay, data: PaymentForm(data, prefix="deposit"),
        lambda stay, given, by, on: receive_payment(admission=stay, by=by, on=on, **given),
    ),
    "instalments": Act(
        gettext_lazy("Agree on instalments"),
        gettext_lazy("Agree"),
        lambda stay: stay.state == State.SETTLED and _due(stay) > 0,
        lambda stay, data: InstalmentsForm(
            data, prefix="instalments", due=_due(stay), initial={"first_on": today()}
        ),
        _instalments,
        hint=gettext_lazy("For a family that cannot pay at once. Nobody is kept in hospital for a debt."),
    ),
    "ward": Act(
        gettext_lazy("Back to the ward"),
        gettext_lazy("Take the discharge back"),
        lambda stay: stay.state == State.DISCHARGED and stay.care == "inpatient",
        lambda stay, data: forms.Form(data, prefix="ward"),
        lambda stay, given, by, on: return_to_ward(admission=stay, by=by),
    ),
    "reverse": Act(
        gettext_lazy("Take the settlement back"),
        gettext_lazy("Take it back"),
        lambda stay: stay.state in DONE,
        lambda stay, data: ReasonForm(data, prefix="reverse"),
        lambda stay, given, by, on: reverse(settlement=stay.standing, reason=given["reason"], by=by, on=on),
        hint=gettext_lazy(
            "A reversal is written beside the settlement; later bills of the year are reckoned anew."
        ),
        is_danger=True,
    ),
    "cancel": Act(
        gettext_lazy("Cancel the admission"),
        gettext_lazy("Cancel the admission"),
        lambda stay: stay.state in OPEN,
        lambda stay, data: ReasonForm(data, prefix="cancel"),
        lambda stay, given, by, on: cancel_admission(admission=stay, reason=given["reason"], by=by, on=on),
        is_danger=True,
    ),
}


@requires("settle_bills")
def stay_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, hospital = actor(request), hospital_of(request)
    stay: Any = get_stay(user, uuid)
    shown = present_stay(stay, user, today())
    stay.standing = shown.standing
    stay.must_divide = must_be_divided(stay, on=today())
    is_ours = hospital is not None and hospital.pk == stay.institution_id
    possible = {name: act for name, act in ACTS.items() if is_ours and act.offered(stay)}
    posted = next((name for name in possible if name in request.POST), "")
    made = {name: act.make(stay, request.POST if name == posted else None) for name, act in possible.items()}
    if posted and made[posted].is_valid() and _done(request, stay, posted, made[posted]):
        return redirect("claims:stay", uuid)
    context = {
        "stay": stay,
        "shown": shown,
        "is_ours": is_ours,
        "acts": [{"name": name, "act": possible[name], "form": form} for name, form in made.items()],
        "posted": posted,
    }
    return render(request, "claims/window/stay.html", context, status=422 if posted else 200)


def _done(request: HttpRequest, stay: Any, name: str, form: forms.Form) -> bool:
    """Whether it was done; what was refused stands beside its field."""
    try:
        ACTS[name].do(stay, form.cleaned_data, actor(request), today())
    except ClaimRefused as refused:
        put_problems(form, refused)
        if not form.fields:
            messages.error(request, told(refused))
            return True
        return False
    messages.success(request, _("Noted."))
    return True
