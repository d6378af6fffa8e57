"""What the system told me."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from healthaid.outreach import queries
from healthaid.outreach.services.sending import mark_read
from healthaid.outreach.texts import rendered

PAGE = 30


def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.inbox(request.user), PAGE).get_page(request.GET.get("page"))
    lines = [{"at": m.sent_at, "text": rendered(m), "new": m.read_at is None} for m in page]
    mark_read(by=request.user, at=timezone.now())
    return render(request, "outreach/inbox.html", {"page": page, "lines": lines})
