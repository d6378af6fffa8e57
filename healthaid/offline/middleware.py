"""Pages travel packed: the network is weak, and a doctor's list is some hundred pages."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/html", "application/json")


class PackedPages:
    """What the length of a packed answer could tell (BREACH) is covered: a foreign page's requests carry no
    cookie (SameSite), tokens are masked anew in each answer, and Django pads each by a random length."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pack = GZipMiddleware(get_response).process_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "").partition(";")[0]
        packs = told in PACKED and not response.streaming
        return self.pack(request, response) if packs else response  # type: ignore[arg-type]  # not streaming
