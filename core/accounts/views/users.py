"""The administrator's desk: accounts below their area."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.forms import NewUserForm
from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.accounts.queries import users_of
from core.accounts.services import users

PAGE = 50


@requires("manage_users")
def user_list(request: HttpRequest) -> HttpResponse:
    found = users_of(actor(request))
    typed = request.GET.get("q", "").strip()
    if typed:
        found = found.filter(username__startswith=typed) | found.filter(full_name__startswith=typed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/users.html", {"page": page, "typed": typed})


def _shown_once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "accounts/password_once.html", {"account": user, "password": password})


@requires("manage_users")
def user_new(request: HttpRequest) -> HttpResponse:
    form = NewUserForm(request.POST or None, by=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            user, password = users.create_user(**form.cleaned_data, by=actor(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _shown_once(request, user, password)
    return render(request, "accounts/user_new.html", {"form": form}, status=422 if form.errors else 200)


def _account(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(users_of(actor(request)), pk=pk)


@requires("manage_users")
@require_POST
def user_reset(request: HttpRequest, pk: int) -> HttpResponse:
    user = _account(request, pk)
    password = users.reset_password(user=user, by=actor(request), at=timezone.now())
    return _shown_once(request, user, password)


@requires("manage_users")
@require_POST
def user_active(request: HttpRequest, pk: int) -> HttpResponse:
    wanted = request.POST.get("active") == "1"
    try:
        user: Any = users.set_active(user=_account(request, pk), active=wanted, by=actor(request))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        said = _("%(name)s can sign in again.") if wanted else _("%(name)s can no longer sign in.")
        messages.success(request, said % {"name": user.get_full_name()})
    return redirect("accounts:users")
