"""What climbed the ladder, for leaders, townships and the county."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from followups.presenters.told import present_told
from followups.queries.escalations import MINE, OPEN, SHOWS, told_duties, unseen
from followups.services.escalations import mark_seen
from followups.views.common import page_links, today

PAGE = 30


@requires("see_teams")
def told_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    show = request.GET.get("show", MINE)
    show = show if show in SHOWS else MINE
    page = Paginator(told_duties(user, show=show), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "show": show,
        "tabs": _tabs(show, unseen(user).count()),
        "lines": [present_told(duty, on) for duty in page],
    }
    return render(request, "followups/told.html", context)


def _tabs(show: str, waiting: int) -> list[dict[str, object]]:
    address = reverse("followups:told")
    words = [(MINE, _("Told to me"), waiting), (OPEN, _("All still open"), None)]
    return [
        {"url": f"{address}?show={code}", "label": label, "count": count, "active": code == show}
        for code, label, count in words
    ]


@require_POST
@requires("see_teams")
def told_seen(request: HttpRequest) -> HttpResponse:
    duties = [int(pk) for pk in request.POST.getlist("duty")[:PAGE] if pk.isascii() and pk.isdecimal()]
    seen = mark_seen(duties=[pk for pk in duties if pk < 2**63], by=actor(request), at=timezone.now())
    words = ngettext("%(n)s visit marked as seen.", "%(n)s visits marked as seen.", seen) % {"n": seen}
    messages.success(request, words)
    return redirect("followups:told")
