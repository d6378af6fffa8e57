"""Conflicts: the list, and both records side by side until a person has decided."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from followups.models import Conflict
from followups.presenters.conflicts import (
    EXPLAINED,
    both_sides,
    kept_side,
    offered_side,
    present_arrivals,
)
from followups.presenters.visits import present_visit
from followups.queries.conflicts import conflicts, everything_sent, get_conflict, standing
from followups.services.conflicts import BOTH, CHOICES, MIX, choices_for, may_decide, resolve_conflict

PAGE = 30
PICK = "pick_"


@requires("see_households")
def conflict_list(request: HttpRequest) -> HttpResponse:
    resolved = request.GET.get("show") == "resolved"
    page = Paginator(conflicts(actor(request), resolved=resolved), PAGE).get_page(request.GET.get("page"))
    return render(request, "followups/conflicts.html", page_links(request, page) | {"resolved": resolved})


@requires("see_households")
def conflict_page(request: HttpRequest, pk: int) -> HttpResponse:
    conflict = get_conflict(actor(request), pk)
    if request.method == "POST" and request.POST.get("choice") in CHOICES:
        return _resolve(request, conflict)
    stands = standing(conflict)
    rows = both_sides(conflict, stands)
    choices = choices_for(conflict)
    context = {
        "conflict": conflict,
        "explained": EXPLAINED[Conflict.Kind(conflict.kind)],
        "stands": stands,
        "kept": present_visit(stands),
        "kept_side": kept_side(stands),
        "offered_side": offered_side(conflict.offered),
        "different": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
        "arrivals": present_arrivals(everything_sent(conflict)),
        "may_resolve": may_decide(actor(request)) and not conflict.resolved_at,
        "can_mix": MIX in choices,
        "can_both": BOTH in choices,
    }
    return render(request, "followups/conflict.html", context)


def _resolve(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    if conflict.resolved_at:
        messages.info(request, _("This has been decided already."))
        return redirect("followups:conflict", conflict.pk)
    given = request.POST
    picks = {name.removeprefix(PICK): str(side) for name, side in given.items() if name.startswith(PICK)}
    try:
        receipt = resolve_conflict(
            conflict=conflict,
            choice=given["choice"],
            picks=picks,
            seen=_seen(given.get("seen", "")),
            by=actor(request),
            on=today(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("followups:conflict", conflict.pk)
    if receipt.status not in ("accepted", "repeated"):
        language = get_language() or "zh-hans"
        found = "；".join(problem.message.get(language) for problem in receipt.problems)
        messages.error(request, _("This record cannot be taken: %(reasons)s") % {"reasons": found})
        return redirect("followups:conflict", conflict.pk)
    messages.success(request, _("Decided. The other record is kept as well."))
    return redirect("followups:conflicts")


def _seen(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
