"""Whom nobody looks after: every reason, and the button that helps."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, page_links, page_number, tabs, today
from followups.choices import Uncovered
from followups.forms.lists import PlaceFilter
from followups.presenters.places import contract_places
from followups.queries.uncovered import Gap, Gaps, gap_page, gaps

PAGE = 50


@requires("see_teams")
def uncovered_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    form = PlaceFilter(request.GET or None, user=user)
    del form.fields["team"]
    village = form.chosen("village")
    reason = request.GET.get("reason", "")
    reason = reason if reason in Uncovered.values else ""
    counted = gaps(user, on, village=village)
    page = Paginator(range(counted.count(reason)), PAGE).get_page(page_number(request))
    first = max(page.start_index() - 1, 0)
    found = gap_page(user, on, village=village, reason=reason, limit=PAGE, offset=first)
    context = page_links(request, page) | {
        "rows": [_row(gap, user) for gap in found],
        "places": contract_places(user, "uncovered"),
        "tabs": _tabs(counted, reason, village),
        "filter_form": form,
        "columns": [_("Why"), _("What helps")],
        "on": on,
    }
    return render(request, "followups/uncovered.html", context)


def _tabs(counted: Gaps, reason: str, village: Any) -> list[Tab]:
    within = f"&village={village.pk}" if village else ""
    named = [(each.value, each.label, number) for each, number in counted.by_reason.items()]
    every = ("", _("Anyone"), counted.persons)
    return tabs([every, *named], reason, lambda code: f"?reason={code}{within}")


def _row(gap: Gap, user: Any) -> dict[str, Any]:
    return {
        "uuid": gap.person.uuid,
        "name": gap.person.name,
        "place": gap.person.household.village.name,
        "team": gap.team.name if gap.team else "",
        "reasons": [reason.label for reason in gap.reasons],
        "remedy": _remedy(gap, user),
    }


def _remedy(gap: Gap, user: Any) -> dict[str, str] | None:
    """The one act that helps first, where the user may do it."""
    if Uncovered.NO_CONTRACT in gap.reasons:
        url = f"{reverse('followups:contract_new')}?person={gap.person.uuid}"
        return {"url": url, "label": _("Sign a contract")} if may(user, "sign_contract") else None
    if gap.team is None or not may(user, "manage_teams"):
        return None
    if Uncovered.TEAM_CLOSED in gap.reasons:
        return {"url": reverse("followups:move", args=[gap.team.pk]), "label": _("Move to another team")}
    if Uncovered.NO_LEADER in gap.reasons or Uncovered.LEADER_UNLICENSED in gap.reasons:
        return {"url": reverse("followups:team", args=[gap.team.pk]), "label": _("Seat another leader")}
    return {
        "url": reverse("followups:team", args=[gap.team.pk]),
        "label": _("Seat a licensed village doctor"),
    }
