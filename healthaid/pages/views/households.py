"""The household list and the household page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.accounts.permissions import actor, requires
from healthaid.pages.filters import HouseholdFilter
from healthaid.pages.presenters.listing import shown
from healthaid.pages.queries.listing import household_page
from households.models import Household


def _link(request: HttpRequest, **key: str) -> str:
    if not next(iter(key.values())):
        return ""
    kept = [(name, value) for name, value in request.GET.items() if name not in {"after", "before"} and value]
    return f"?{urlencode([*kept, *key.items()])}"


@requires("see_households")
def household_list(request: HttpRequest) -> HttpResponse:
    """The search text may come by POST, so that an identity number never stands in an address."""
    asked = request.POST if request.method == "POST" else request.GET
    filters = HouseholdFilter(asked, queryset=Household.objects.visible_to(actor(request)), request=request)
    found = filters.qs if filters.is_valid() else Household.objects.visible_to(actor(request)).none()
    on = timezone.localdate()
    page = household_page(
        actor(request), found, after=asked.get("after", ""), before=asked.get("before", ""), on=on
    )
    context = {
        "filter_form": filters.form,
        "lines": [shown(line, on) for line in page.lines],
        "next_url": _link(request, after=page.after),
        "previous_url": _link(request, before=page.before),
        "narrowed": any(asked.get(name) for name in filters.filters),
    }
    return render(request, "pages/households.html", context)
