"""Who does not agree to be managed: registered, not visited, asked again each year."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from followups.forms.lists import PlaceFilter
from followups.presenters.declined import present_declined
from followups.queries.declined import declined

PAGE = 50


@requires("see_teams")
def declined_list(request: HttpRequest) -> HttpResponse:
    """The list is of one disease: outside health nobody learns who is on it."""
    on, user = today(), actor(request)
    form = PlaceFilter(request.GET or None, user=user)
    del form.fields["team"]
    page = Paginator(declined(user, village=form.chosen("village")), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "rows": [present_declined(condition, on) for condition in page],
        "filter_form": form,
        "may_visit": may(user, "record_visit"),
    }
    return render(request, "followups/declined.html", context)
