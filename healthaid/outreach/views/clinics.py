"""Village clinics and their gaps, beds set aside, one institution with all that is known of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, page_links, tabs, today
from core.clinics.forms import EquipForm, RebuildForm
from core.clinics.models import Institution
from core.clinics.queries import (
    Gap,
    beds_of,
    count_clinics,
    get_institution,
    staff_of,
    village_clinics,
)
from core.clinics.services import equip, record_rebuild
from healthaid.outreach.presenters.clinics import (
    checklist,
    gaps_of,
    present_beds,
    present_clinic,
    present_doctor,
)
from healthaid.outreach.queries.activities import graded_over_time, latest_grades

PAGE = 50


@requires("see_institutions")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    show = request.GET.get("show", "")
    counts = count_clinics(user, on)
    context: dict[str, Any] = {
        "counts": counts,
        "show": show,
        "tabs": _tabs(request, show, counts.clinics, counts.hospitals),
    }
    if show == "beds":
        page = Paginator(beds_of(user, on), PAGE).get_page(request.GET.get("page"))
        context |= page_links(request, page) | {"beds": [present_beds(one) for one in page]}
    else:
        page = Paginator(village_clinics(user, on, gap=show), PAGE).get_page(request.GET.get("page"))
        grades = latest_grades([one.pk for one in page])
        rows = [present_clinic(one, grades.get(one.pk)) for one in page]
        context |= page_links(request, page) | {"rows": rows}
    return render(request, "outreach/clinics/index.html", context)


def _tabs(request: HttpRequest, show: str, clinics: int, hospitals: int) -> list[Tab]:
    user, on = actor(request), today()
    named = [
        ("", _("Village clinics"), clinics),
        (Gap.LICENCE, _("Without a valid licence"), village_clinics(user, on, gap=Gap.LICENCE).count()),
        (Gap.STANDARD, _("Not to standard"), village_clinics(user, on, gap=Gap.STANDARD).count()),
        (Gap.OWNERSHIP, _("Not public"), village_clinics(user, on, gap=Gap.OWNERSHIP).count()),
        ("beds", pgettext("clinics", "Beds"), hospitals),
    ]
    return tabs(named, show, "?show={}".format)


@requires("see_institutions")
@require_GET
def clinic(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_institution(user, pk, on)
    context = {
        "clinic": found,
        "gaps": gaps_of(found),
        "rooms": checklist(Institution.Room, found.rooms),
        "equipment": checklist(Institution.Equipment, found.equipment),
        "is_clinic": found.kind == Institution.Kind.VILLAGE_CLINIC,
        "doctors": [present_doctor(doctor, on) for doctor in staff_of(found)],
        "grades": graded_over_time(found),
        "rebuilds": found.rebuilds.order_by("-began_on"),
        "may_manage": may(user, "manage_institutions"),
        "may_see_activities": may(user, "see_activities"),
    }
    return render(request, "outreach/clinics/clinic.html", context)


@requires("manage_institutions")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    found = get_institution(user, pk, today())
    form = EquipForm(request.POST or None, institution=found)
    if request.method == "POST" and form.is_valid():
        try:
            equip(institution=found, wanted=form.wanted, by=user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is saved."))
            return redirect("outreach:clinic", pk)
    return _form_page(request, found, form, _("Building and equipment"))


@requires("manage_institutions")
@require_http_methods(["GET", "POST"])
def rebuild(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    found = get_institution(user, pk, today())
    form = RebuildForm(request.POST or None, initial={"spent": 0}, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            record_rebuild(institution=found, by=user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The rebuilding is noted."))
            return redirect("outreach:clinic", pk)
    return _form_page(request, found, form, _("Record a rebuilding"))


def _form_page(request: HttpRequest, found: Institution, form: Any, title: str) -> HttpResponse:
    context = {"form": form, "clinic": found, "title": title}
    return render(request, "outreach/clinics/form.html", context, status=422 if form.errors else 200)
