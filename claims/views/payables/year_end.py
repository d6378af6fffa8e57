"""Repaying at the year's end: what waits, who would get how much, what was decided, claimed and paid."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.choices import PayableState
from claims.forms.payables import YearEndForm, YearEndRefusal
from claims.models import YearEndBatch
from claims.papers.documents import receipt_pdf
from claims.presenters.payables import TONES
from claims.presenters.year_end import rule_of, rule_words, slip_of_year
from claims.queries.facts.policies import policy_of
from claims.queries.year_end import (
    batches,
    get_batch,
    get_top_up,
    get_waiting,
    reckoned,
    top_ups_of,
    total_of,
    waiting,
)
from claims.services.year_end import batch_paid, batch_refused, claim_batch, repay
from claims.views.common import pdf, posted
from core.accounts.files import workbook
from core.accounts.permissions import actor, may, requires
from core.audit.services import record_export
from core.base.pages import page_links, today

PAGE = 50
FIELDS = ("name", "village", "whole", "own", "amount")


@requires("see_funds")
def year_ends(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    context = {
        "waiting": [{"each": each, **_words_of_waiting(each)} for each in waiting(user, today())],
        "batches": [_line(batch) for batch in batches(user)],
    }
    return render(request, "claims/payables/year_ends.html", context)


def _words_of_waiting(each: Any) -> dict[str, str]:
    return rule_words(each.rule, each.in_force.policy.payer_labels)


def _line(batch: YearEndBatch) -> dict[str, Any]:
    policy = policy_of(batch.policy_id, batch.policy.sha256).policy
    return {
        "batch": batch,
        "tone": TONES[PayableState(batch.state)],
        **rule_words(rule_of(batch), policy.payer_labels),
    }


@requires("see_funds")
def year_end_preview(request: HttpRequest, county: int, year: int, rule: str) -> HttpResponse:
    """Everybody who would get something; decided by who manages the funds, with the sum that was shown."""
    user = actor(request)
    found = get_waiting(user, county, year, rule, today())
    dues = reckoned(found.county.pk, found.year, found.rule)
    form = YearEndForm(posted(request), initial={"expected": total_of(dues)})
    if request.method == "POST" and may(user, "manage_funds") and form.is_valid():
        try:
            made = repay(waiting=found, expected=form.cleaned_data["expected"], by=user, on=today())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Decided. Claim the sum from the payer next."))
            return redirect("claims:year_end", made.pk)
    page = Paginator(dues, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "found": found,
        "words": _words_of_waiting(found),
        "form": form,
        "total": total_of(dues),
        "count": len(dues),
        "rows": [_shown(due, sees_sensitive=user.sees_sensitive) for due in page],
        "may_manage": may(user, "manage_funds"),
    }
    return render(
        request, "claims/payables/year_end_preview.html", context, status=422 if form.errors else 200
    )


def _shown(due: Any, *, sees_sensitive: bool) -> dict[str, Any]:
    is_hidden = due.is_sensitive and not sees_sensitive
    return {"due": due, "is_hidden": is_hidden, "name": "" if is_hidden else due.name}


Work = Callable[..., YearEndBatch]
ACTS: dict[str, tuple[Work, tuple[str, ...]]] = {
    "claim": (claim_batch, (PayableState.PENDING, PayableState.REFUSED)),
    "paid": (batch_paid, (PayableState.CLAIMED,)),
    "refused": (batch_refused, (PayableState.CLAIMED,)),
}


@requires("see_funds")
def year_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    batch = get_batch(user, pk)
    refusal = YearEndRefusal(request.POST if "refused" in request.POST else None)
    if request.method == "POST" and may(user, "manage_funds") and _done(request, batch, refusal):
        return redirect("claims:year_end", pk)
    found = top_ups_of(user, batch)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        **_line(batch),
        "top_ups": list(page),
        "hidden": batch.persons - page.paginator.count,
        "refusal": refusal,
        "acts": [name for name, (_work, states) in ACTS.items() if batch.state in states],
        "may_manage": may(user, "manage_funds"),
    }
    return render(request, "claims/payables/year_end.html", context, status=422 if refusal.errors else 200)


def _done(request: HttpRequest, batch: YearEndBatch, refusal: forms.Form) -> bool:
    name = next((name for name in ACTS if name in request.POST), "")
    if not name or (name == "refused" and not refusal.is_valid()):
        return False
    more = refusal.cleaned_data if name == "refused" else {}
    try:
        ACTS[name][0](batch=batch, by=actor(request), on=today(), **more)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Noted."))
    return True


@requires("see_funds")
@require_POST
def year_end_export(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    batch = get_batch(user, pk)
    words = _line(batch)
    return workbook(
        request,
        title=f"{words['label']} {batch.year}",
        file_name=f"year-end-{batch.rule}-{batch.year}",
        headings=[
            *(_("Name"), _("Identity number"), _("Village"), _("Bills"), str(words["whole"]).capitalize()),
            *(_("Borne (yuan)"), _("Stays with the person (yuan)"), _("Paid back (yuan)")),
        ],
        rows=[
            (
                *(each.person.name, each.person.id_masked, each.village.name, each.bills, each.whole),
                *(each.own, each.kept, each.amount),
            )
            for each in top_ups_of(user, batch)
        ],
        fields=FIELDS,
        widths=(14, 22, 20, 8, 18, 14, 18, 14),
    )


@requires("see_funds")
def year_end_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's reckoning, to be handed over."""
    top_up = get_top_up(actor(request), pk)
    record_export(request, purpose="year-end slip", count=1, fields=FIELDS)
    content = receipt_pdf(slip_of_year(top_up, by=actor(request), at=timezone.now()))
    return pdf(content, f"year-end-{top_up.pk}")
