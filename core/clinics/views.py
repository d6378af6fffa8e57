"""What hospitals are to the county: the list, a new role, the end of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, tabs
from core.clinics.forms import EndRoleForm, RoleForm
from core.clinics.queries import SHOWS, counties_of, get_role, roles_of
from core.clinics.services import end_role, give_role

PAGE = 50


@requires("see_institutions")
def role_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), timezone.localdate()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    page = Paginator(roles_of(user, on, show=show), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "previous_url": f"?show={show}&page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"?show={show}&page={page.number + 1}" if page.has_next() else "",
        "tabs": _tabs(request, show),
        "show": show,
        "on": on,
        "several": counties_of(user).count() > 1,
        "may_manage": may(user, "manage_institutions"),
    }
    return render(request, "clinics/roles.html", context)


def _tabs(request: HttpRequest, show: str) -> list[Tab]:
    words = dict(zip(SHOWS, (_("In force"), _("Ended")), strict=True))
    found = {code: roles_of(actor(request), timezone.localdate(), show=code) for code in SHOWS}
    return tabs(((code, words[code], found[code].count()) for code in SHOWS), show, "?show={}".format)


@requires("manage_institutions")
def role_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = RoleForm(request.POST or None, user=user, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = give_role(by=user, **form.told())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            words = _("%(hospital)s is on the list.") % {"hospital": made.institution}
            messages.success(request, words)
            return redirect("clinics:roles")
    return render(request, "clinics/role_new.html", {"form": form}, status=422 if form.errors else 200)


@requires("manage_institutions")
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), timezone.localdate()
    role = get_role(user, pk)
    form = EndRoleForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(role=role, by=user, on=on, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The last day is noted; the role stays on record."))
            return redirect("clinics:roles")
    context = {"form": form, "role": role}
    return render(request, "clinics/role_end.html", context, status=422 if form.errors else 200)
