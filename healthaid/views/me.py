"""Me: who is signed in, and the way to everything that is one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.permissions import may


def me(request: HttpRequest) -> HttpResponse:
    return render(request, "me.html", {"may_see_phones": may(request.user, "see_phones")})
