"""Health records: who has one, which are complete, which are stale; a record that stands on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from households.forms_records import PaperRecordForm
from households.health_record import record_rule
from households.models import HealthRecord
from households.presenters.records import record_places
from households.queries.records.details import get_person, own_centre, records_of
from households.queries.records.places import place_of
from households.queries.records.sheets import records_sheet
from households.services.records.keeping import note_paper_record, take_over_record
from households.views.records.common import Listed, sheet_page

STATES = {
    "good": pgettext_lazy("record", "in order"),
    "incomplete": pgettext_lazy("record", "not complete"),
    "stale": pgettext_lazy("record", "out of date"),
    "none": pgettext_lazy("record", "no record"),
    "elsewhere": gettext_lazy("kept in another township"),
}
TONES = {"good": "good", "incomplete": "warn", "stale": "warn", "none": "bad", "elsewhere": "info"}


@requires("see_records")
def record_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    sheet = records_sheet(place_of(user, request.GET.get("area", "")), today())
    context, listed = sheet_page(request, sheet, STATES)
    records = records_of([each.person for each in listed])
    context |= {
        "places": record_places("records:records"),
        "lines": [_line(each, records.get(each.person.pk)) for each in listed],
        "months": record_rule().stale_months,
        "may_visit": may(user, "record_visit"),
        "may_keep": may(user, "keep_records"),
    }
    return render(request, "households/records/records.html", context)


def _line(each: Listed, record: HealthRecord | None) -> dict[str, Any]:
    lacking = list(record.missing) if record else []
    if record and not (each.person.phone_masked or each.person.household.phone_masked):
        lacking.append("phone")
    return {
        "person": each.person,
        "record": record,
        "missing": record_rule().words(lacking, get_language() or "zh-hans"),
        "pills": [(TONES[state], STATES[state]) for state in each.states],
        "is_elsewhere": "elsewhere" in each.states,
        "form_url": f"{reverse('followups:visit_new')}?person={each.person.uuid}&protocol=health_record",
    }


@requires("keep_records")
def paper_record(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    person = get_person(user, uuid)
    old = records_of([person]).get(person.pk)
    form = PaperRecordForm(request.POST or None, user=user, initial=_initial(old, own_centre(user, person)))
    if request.method == "POST" and form.is_valid():
        try:
            note_paper_record(person=person, by=user, on=today(), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The record of %(name)s is noted.") % {"name": person.name})
            return redirect(f"{reverse('records:records')}?area={person.village_id}")
    context = {"form": form, "person": person}
    return render(request, "households/records/paper.html", context, status=422 if form.errors else 200)


def _initial(record: HealthRecord | None, centre: Any) -> dict[str, Any]:
    if record is None:
        return {"owner": centre}
    kept = {name: getattr(record, name) for name in ("archive_number", "made_on", "updated_on")}
    return {**kept, "owner": record.owner or centre, "is_complete": not record.missing}


@requires("keep_records")
@require_POST
def record_take_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To the township hospital of where the person lives now."""
    user = actor(request)
    person = get_person(user, uuid)
    centre = own_centre(user, person)
    if centre is None or not records_of([person]):
        raise Http404
    take_over_record(person=person, owner=centre, by=user)
    messages.success(
        request, _("%(unit)s keeps the record of %(name)s now.") % {"unit": centre, "name": person.name}
    )
    return redirect(f"{reverse('records:records')}?state=elsewhere&area={person.village_id}")
