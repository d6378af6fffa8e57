"""Whose window this is: the hospital the clerk works in, or the one chosen for this session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from claims.forms.window import HospitalForm
from claims.queries.hospitals import hospitals, own_hospital
from core.accounts.permissions import actor, requires
from core.clinics.models import Institution

_KEY = "window_hospital"


def hospital_of(request: HttpRequest) -> Institution | None:
    """The clerk's own hospital, else the one chosen; None until one is chosen."""
    user = actor(request)
    if own := own_hospital(user):
        return own
    chosen = request.session.get(_KEY)
    found: Institution | None = hospitals(user).filter(pk=chosen).first() if chosen else None
    return found


@requires("settle_bills")
def window_hospital(request: HttpRequest) -> HttpResponse:
    known = hospitals(actor(request))
    form = HospitalForm(
        request.POST or None, hospitals=known, initial={"hospital": request.session.get(_KEY)}
    )
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = form.cleaned_data["hospital"].pk
        return redirect("claims:window")
    return render(request, "claims/window/hospital.html", {"form": form}, status=422 if form.errors else 200)
