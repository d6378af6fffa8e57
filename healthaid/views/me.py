"""Me: who is signed in, and the way to everything that is one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def me(request: HttpRequest) -> HttpResponse:
    return render(request, "me.html")
