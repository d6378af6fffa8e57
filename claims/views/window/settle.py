"""Preview and settling: what every payer will pay, and once it is confirmed, that and nothing else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.choices import Care
from claims.forms.window import SettleForm
from claims.presenters.crossings import crossing_words
from claims.presenters.decisions import present_decision
from claims.presenters.window import days_words
from claims.queries.burdens.crossed import burden_after
from claims.services.problems import ClaimRefused
from claims.services.settling import Preview, YearMoved, preview, settle
from claims.views.common import posted
from claims.views.window.bill import own_stay
from core.accounts.permissions import actor, requires
from core.base.pages import today


@requires("settle_bills")
def stay_settle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET shows what would be settled; POST settles exactly what was shown, or shows what has changed."""
    stay = own_stay(request, uuid)
    if stay.state in ("settled", "closed", "cancelled"):
        return redirect("claims:stay", uuid)
    form = SettleForm(posted(request))
    try:
        if request.method == "POST" and form.is_valid():
            return _settled(request, stay, form.cleaned_data["expected"])
        shown = preview(admission=stay, by=actor(request), on=today())
    except YearMoved as moved:
        return _page(request, stay, moved.preview, changes=_changes(moved), status=409)
    except ClaimRefused as refused:
        return _page(request, stay, None, problems=_told(refused.problems), status=422)
    return _page(request, stay, shown)


def _settled(request: HttpRequest, stay: Any, expected: str) -> HttpResponse:
    settled = settle(admission=stay, by=actor(request), on=today(), expected=expected or None)
    words = _("Settled as %(number)s. The patient pays %(amount)s yuan.")
    slots = {"number": str(settled), "amount": f"{settled.patient:,.2f}"}
    messages.success(request, words % slots)
    return redirect("claims:stay", stay.uuid)


def _page(
    request: HttpRequest, stay: Any, shown: Preview | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "stay": stay,
        "days": days_words(stay),
        "view": present_decision(shown.decision) if shown else None,
        "warnings": _told(shown.warnings) if shown else [],
        "crossed": _crossed(stay, shown) if shown else [],
        "later": shown.later if shown else (),
        "form": SettleForm(initial={"expected": shown.expected}) if shown else None,
        **more,
    }
    return render(request, "claims/window/settle.html", context, status=status)


def _crossed(stay: Any, shown: Preview) -> list[str]:
    """The lines of early warning that the household would be over; each would raise a warning."""
    found = burden_after(
        person=stay.person,
        patient=shown.decision.patient,
        compliant_patient=shown.decision.patient_compliant,
        on=today(),
        is_chronic=stay.care == Care.CHRONIC_OUTPATIENT,
    )
    return [crossing_words(crossing) for crossing in found]


def _told(problems: Any) -> list[str]:
    return [problem.told(get_language() or "zh-hans") for problem in problems]


def _changes(moved: YearMoved) -> list[tuple[str, Any, Any]]:
    """Label, before and now of what is no longer as the clerk has seen it."""
    language = get_language() or "zh-hans"
    return [(each.label.get(language), each.before, each.after) for each in moved.changes]
