"""The year's free examination: who is due, who was examined, many at once, one with its findings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from core.base.periods import age_on
from core.clinics.queries import counties_of
from households.forms_records import CampaignForm, ExamForm, FindingsForm, YearFilter
from households.models import Exam, ExamCampaign
from households.presenters.records import record_places
from households.queries.records.details import campaign_of, exams_of, get_person, own_centre
from households.queries.records.places import place_of
from households.queries.records.sheets import ELDERLY, exams_sheet
from households.record_choices import Bearer
from households.services.records.examining import note_exam, note_normal_exams, set_campaign
from households.views.records.common import Listed, sheet_page

STATES = {
    "due_elderly": gettext_lazy("65 and older, due"),
    "due": pgettext_lazy("exam", "due"),
    "examined": pgettext_lazy("exam", "examined"),
    "abnormal": pgettext_lazy("exam", "with findings"),
}


@requires("see_records")
def exam_list(request: HttpRequest) -> HttpResponse:
    """Where one village is shown, those on the page can be ticked and noted as examined."""
    user, on = actor(request), today()
    filter_form = YearFilter(request.GET, on=on)
    year = filter_form.chosen_year
    place = place_of(user, request.GET.get("area", ""))
    sheet = exams_sheet(place, on, year)
    form = ExamForm(request.POST or None, user=user, initial=_usual(user, year))
    if request.method == "POST":
        if not may(user, "keep_records"):
            raise PermissionDenied("keep_records")
        if _noted(request, form, sheet):
            return redirect(request.get_full_path())
    context, listed = sheet_page(request, sheet, STATES, year=str(year))
    exams = exams_of([each.person for each in listed], year)
    campaign = campaign_of(user, year)
    context |= {
        "places": record_places("records:exams"),
        "lines": [_line(each, exams.get(each.person.pk), user, on) for each in listed],
        "filter_form": filter_form,
        "year": year,
        "campaign": campaign,
        "is_late": bool(campaign and campaign.due_on < on),
        "form": form if may(user, "keep_records") and place.village else None,
        "may_keep": may(user, "keep_records"),
        "may_tell": may(user, "keep_records") and user.sees_sensitive,
        "may_plan": may(user, "plan_exams"),
        "chosen": set(request.POST.getlist("person")),
    }
    return render(request, "households/records/exams.html", context, status=422 if form.errors else 200)


def _usual(user: User, year: int) -> dict[str, Any]:
    campaign = campaign_of(user, year)
    bearer = campaign.borne_by if campaign else Bearer.TOWNSHIP_HOSPITAL
    return {"examined_on": today(), "institution": own_centre(user), "borne_by": bearer}


def _noted(request: HttpRequest, form: ExamForm, sheet: Any) -> bool:
    persons = sheet.among([int(pk) for pk in request.POST.getlist("person") if pk.isdecimal()][:200], "due")
    if not persons:
        form.add_error(None, _("Tick at least one person who is due."))
        return False
    if not form.is_valid():
        return False
    try:
        count = note_normal_exams(persons=persons, by=actor(request), on=today(), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    words = ngettext("%(n)s examination is noted.", "%(n)s examinations are noted.", count)
    messages.success(request, words % {"n": count})
    return True


def _line(each: Listed, exam: Exam | None, user: User, on: Any) -> dict[str, Any]:
    """What was found is told in words to health staff only: it may name a disease that is kept by them."""
    age = age_on(each.person.birth_date, on)
    return {
        "person": each.person,
        "age": age,
        "is_elderly": age >= ELDERLY,
        "exam": exam,
        "words": exam.findings.get("words", "") if exam and user.sees_sensitive else "",
        "has_form": bool(exam and "visit" in exam.findings),
    }


@requires("keep_records")
def exam_one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    if not user.sees_sensitive:
        raise PermissionDenied("keep_records")
    person = get_person(user, uuid)
    year = YearFilter(request.GET, on=on).chosen_year
    old = exams_of([person], year).get(person.pk)
    form = FindingsForm(request.POST or None, user=user, initial=_usual(user, year) | _told(old))
    if request.method == "POST" and form.is_valid():
        try:
            note_exam(person=person, by=user, on=on, **form.told)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The examination of %(name)s is noted.") % {"name": person.name})
            return redirect(f"{reverse('records:exams')}?year={year}&area={person.village_id}")
    full_form = f"{reverse('followups:visit_new')}?person={person.uuid}&protocol=annual_exam"
    context = {
        "form": form,
        "person": person,
        "full_form": full_form if may(user, "record_visit") else "",
    }
    return render(request, "households/records/exam.html", context, status=422 if form.errors else 200)


def _told(exam: Exam | None) -> dict[str, Any]:
    if exam is None:
        return {}
    told = {"is_normal": "yes" if exam.is_normal else "no", "advice": exam.advice, "borne_by": exam.borne_by}
    return {**exam.findings, **told, "examined_on": exam.examined_on, "institution": exam.institution_id}


@requires("plan_exams")
def campaign(request: HttpRequest) -> HttpResponse:
    """The year's campaign of the user's county."""
    user, on = actor(request), today()
    year = YearFilter(request.GET, on=on).chosen_year
    county = counties_of(user).first()
    form = CampaignForm(request.POST or None, initial=_planned(campaign_of(user, year)))
    if request.method == "POST" and form.is_valid() and county:
        try:
            set_campaign(county=county, year=year, by=user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The campaign is set."))
            return redirect(f"{reverse('records:exams')}?year={year}")
    context = {"form": form, "year": year}
    return render(request, "households/records/campaign.html", context, status=422 if form.errors else 200)


def _planned(found: ExamCampaign | None) -> dict[str, Any]:
    names = ("opens_on", "due_on", "borne_by", "cost_per_head")
    return {name: getattr(found, name) for name in names} if found else {}
