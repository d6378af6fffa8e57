"""What a person may choose for this browser."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

TYPE_SIZES = ("normal", "large")
ONE_YEAR = 60 * 60 * 24 * 365

# One must be able to choose before signing in.
language = login_not_required(set_language)


@login_not_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Remember the size of type in a cookie, so that it also holds before signing in."""
    size = request.POST.get("size", "normal")
    response = HttpResponseRedirect(_safe_next(request))
    chosen = size if size in TYPE_SIZES else "normal"
    response.set_cookie(
        "type_size", chosen, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if known else "/"
