"""Phones: a doctor's own, or those of an office's doctors, with what is missing and what was not accepted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from core.base.words import listed
from followups.presenters.devices import present_moved, present_phone, present_refused
from followups.queries.devices import not_accepted, phone_lines, phones
from followups.queries.takeover import get_to_take_over, to_take_over
from followups.services.takeover import take_over

PAGE = 30
REFUSED_SHOWN = 50


@requires("see_phones")
def phone_list(request: HttpRequest) -> HttpResponse:
    user, at = actor(request), timezone.now()
    page = Paginator(phones(user), PAGE).get_page(request.GET.get("page"))
    refused = not_accepted(user, at)[:REFUSED_SHOWN]
    moved = to_take_over(user, at)[:REFUSED_SHOWN]
    context = {
        "lines": [present_phone(line, at) for line in phone_lines(list(page))],
        "moved": [present_moved(row, subject, today()) for row, subject in moved],
        "refused": [present_refused(row, today()) for row in refused],
    }
    return render(request, "followups/phones.html", page_links(request, page) | context)


@require_POST
@requires("decide_conflict")
def refused_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts a visit of a household that has moved here, though it was made for the area it came from."""
    user, at = actor(request), timezone.now()
    try:
        receipt = take_over(submission=get_to_take_over(user, pk), by=user, at=at, on=today())
    except ValidationError as settled:
        messages.info(request, settled.messages[0])
        return redirect("followups:phones")
    if receipt.status in ("accepted", "repeated"):
        messages.success(request, _("Taken over: the visit counts here now."))
    elif receipt.status == "conflict":
        messages.warning(request, _("Another record stands against it. Please decide which one holds."))
        return redirect("followups:conflicts")
    else:
        language = get_language() or "zh-hans"
        reasons = [problem.message.get(language) for problem in receipt.problems]
        messages.error(request, _("Still not accepted: %(why)s") % {"why": listed(reasons)})
    return redirect("followups:phones")
