"""Phones: a doctor's own, or those of an office's doctors, with what is missing and what was not accepted."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.accounts.permissions import actor, requires
from followups.presenters.devices import present_phone, present_refused
from followups.queries.devices import not_accepted, phone_lines, phones
from followups.views.common import page_links, today

PAGE = 30
REFUSED_SHOWN = 50


@requires("see_phones")
def phone_list(request: HttpRequest) -> HttpResponse:
    user, at = actor(request), timezone.now()
    page = Paginator(phones(user), PAGE).get_page(request.GET.get("page"))
    refused = not_accepted(user, at)[:REFUSED_SHOWN]
    context = {
        "lines": [present_phone(line, at) for line in phone_lines(list(page))],
        "refused": [present_refused(row, today()) for row in refused],
    }
    return render(request, "followups/phones.html", page_links(request, page) | context)
