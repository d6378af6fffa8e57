"""A person at the window: who they are on that day, what is theirs, what is used up; and the admission."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.window import AdmitForm
from claims.models import Admission
from claims.presenters.entitlements import Entitlements, present_entitlements
from claims.presenters.window import age_words, stay_line
from claims.queries.entitled import facts_at_window, policy_on
from claims.queries.hospitals import is_in_county, level_of
from claims.queries.window import at_window, beds_of, diseases_like, get_person
from claims.services.admissions import AdmissionWanted, admit
from claims.services.problems import ClaimRefused
from claims.views.common import put_problems
from claims.views.window.hospital import hospital_of
from core.accounts.permissions import actor, requires
from core.base.pages import today
from core.clinics.models import Institution
from households.models import Person


@requires("settle_bills")
def window_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on, hospital = actor(request), today(), hospital_of(request)
    person = get_person(user, uuid)
    known = at_window(user, person, on)
    context = {
        "person": person,
        "age": age_words(person.birth_date, on),
        "known": known,
        "hospital": hospital,
        "entitlements": _entitlements(person, hospital),
        "stays": [stay_line(stay, on) for stay in known.stays],
        "arrears": [stay_line(stay, on) for stay in known.arrears],
        "may_admit": person.left_on is None and hospital is not None,
    }
    return render(request, "claims/window/person.html", context)


def _entitlements(person: Person, hospital: Institution | None) -> Entitlements | None:
    in_force = policy_on(person.county_id, today()) if hospital else None
    if hospital is None or in_force is None:
        return None
    return present_entitlements(in_force.policy, facts_at_window(person, hospital, today()))


@requires("settle_bills")
def window_admit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, hospital = actor(request), hospital_of(request)
    person = get_person(user, uuid)
    if hospital is None:
        return redirect("claims:window_hospital")
    form = AdmitForm(request.POST or None, initial={"admitted_on": today(), "signer_name": person.name})
    if request.method == "POST" and form.is_valid():
        stay = _admitted(request, form, person, hospital)
        if stay is not None:
            messages.success(request, _("Admitted. Print the agreement and have it signed."))
            return redirect("claims:stay", stay.uuid)
    context = {"form": form, "person": person, "hospital": hospital, "beds": beds_of(hospital)}
    return render(request, "claims/window/admit.html", context, status=422 if form.errors else 200)


def _admitted(
    request: HttpRequest, form: AdmitForm, person: Person, hospital: Institution
) -> Admission | None:
    given: dict[str, Any] = dict(form.cleaned_data)
    signs, signer = given["treats_first"], given.pop("signer_name")
    wanted = AdmissionWanted(
        institution=hospital,
        level=level_of(hospital),
        is_in_county=is_in_county(hospital, person.county_id),
        agreed_on=given["admitted_on"] if signs else None,
        signer_name=signer if signs else "",
        **given,
    )
    try:
        return admit(person=person, wanted=wanted, by=actor(request), on=today())
    except ClaimRefused as refused:
        put_problems(form, refused)
        return None


@requires("settle_bills")
def window_diseases(request: HttpRequest) -> HttpResponse:
    """Options for the diagnosis: the catalogue's names, each with the beginning of its ICD-10 code."""
    found = diseases_like(actor(request), request.GET.get("diagnosis", ""))
    return render(request, "claims/window/_diseases.html", {"diseases": found})
