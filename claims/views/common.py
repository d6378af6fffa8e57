"""What the pages of the money share: the day, pages of a list, files, what a service refused."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from claims.forms.fields import add_problems
from claims.services.problems import ClaimRefused


def posted(request: HttpRequest) -> Any:
    """What was sent with the form, None before it was: an empty grid that is sent is not one to be shown."""
    return request.POST if request.method == "POST" else None


def pdf(content: bytes, name: str) -> HttpResponse:
    """Shown in the browser, kept by nobody on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def told(refused: ClaimRefused) -> str:
    """Everything that was refused, in one text in the language of the page."""
    return " ".join(problem.told(get_language() or "zh-hans") for problem in refused.problems)


def put_problems(form: forms.Form, refused: ClaimRefused) -> None:
    """What was refused, each beside its field of the form."""
    add_problems(form, refused.by_field(get_language() or "zh-hans"))
