"""Conflicts: the list, and both records side by side until one is chosen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from followups.presenters.visits import both_sides, present_visit
from followups.queries.visits import conflicts, get_conflict
from followups.services.conflicts import CHOICES, resolve_conflict
from followups.views.common import page_links, today

PAGE = 30


@requires("see_households")
def conflict_list(request: HttpRequest) -> HttpResponse:
    resolved = request.GET.get("show") == "resolved"
    page = Paginator(conflicts(actor(request), resolved=resolved), PAGE).get_page(request.GET.get("page"))
    return render(request, "followups/conflicts.html", page_links(request, page) | {"resolved": resolved})


@requires("see_households")
def conflict_page(request: HttpRequest, pk: int) -> HttpResponse:
    conflict = get_conflict(actor(request), pk)
    if request.method == "POST" and request.POST.get("choice") in CHOICES and not conflict.resolved_at:
        return _resolve(request, pk)
    context = {
        "conflict": conflict,
        "kept": present_visit(conflict.kept),
        "rows": both_sides(conflict),
        "offered_by": conflict.offered.user.get_full_name(),
        "may_resolve": may(request.user, "record_visit") and not conflict.resolved_at,
    }
    return render(request, "followups/conflict.html", context)


def _resolve(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    receipt = resolve_conflict(
        conflict=get_conflict(user, pk), choice=request.POST["choice"], by=user, on=today()
    )
    if receipt.status == "refused":
        language = get_language() or "zh-hans"
        found = "；".join(problem.message.get(language) for problem in receipt.problems)
        messages.error(request, _("This record cannot be taken: %(reasons)s") % {"reasons": found})
        return redirect("followups:conflict", pk)
    messages.success(request, _("Decided. The other record is kept as well."))
    return redirect("followups:conflicts")
