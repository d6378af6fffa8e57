"""What a phone copies travels packed: a doctor's list is some hundred pages, and the network is weak."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware


class PackedCopies:
    """Only for requests that no foreign page can make (a header of our own): the length of such an answer
    tells nobody anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pack = GZipMiddleware(get_response).process_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return self.pack(request, response) if "X-Phone-Copy" in request.headers else response  # type: ignore[arg-type]
