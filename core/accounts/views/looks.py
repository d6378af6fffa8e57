"""The auditor's page: who looked at whom, when and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.permissions import actor, requires
from core.accounts.queries import looks_in
from core.audit.models import AccessLog

PAGE = 50


@requires("see_audit")
def access_log(request: HttpRequest) -> HttpResponse:
    found = looks_in(actor(request))
    kind = request.GET.get("kind", "")
    if kind in AccessLog.Kind.values:
        found = found.filter(kind=kind)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kinds": AccessLog.Kind.choices, "kind": kind}
    return render(request, "accounts/access_log.html", context)
