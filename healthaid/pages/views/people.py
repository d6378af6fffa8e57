"""The person page, revealing a number, correcting a phone, and the history."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.permissions import actor, requires
from core.audit.services import record_look
from healthaid.pages.forms import REASONS, ContactForm, RevealForm
from healthaid.pages.presenters.household import shown as shown_household
from healthaid.pages.presenters.person import shown as shown_person
from healthaid.pages.queries.history import history_of, looks_at
from healthaid.pages.queries.household import get_household, household_facts
from healthaid.pages.queries.person import get_person, person_facts
from households.models import Person
from households.services.contacts import correct_phone

REVEALABLE = {"id_number": gettext_lazy("Identity number"), "phone": gettext_lazy("Phone")}
REVEALS_PER_HOUR = 60


@requires("see_households")
def household(request: HttpRequest, uuid: UUID) -> HttpResponse:
    on = timezone.localdate()
    facts = household_facts(actor(request), get_household(actor(request), uuid), on)
    context = shown_household(facts, actor(request), on)
    if "X-Phone-Copy" in request.headers:
        context["copies"] = [_to_keep(request, member, on) for member in facts.members]
    return render(request, "pages/household.html", context)


def _to_keep(request: HttpRequest, member: Person, on: date) -> dict[str, Any]:
    """The middle of a member's page, which a phone shows out of the copy of the household."""
    page = render_to_string("pages/person.html", _about(request, member, on), request)
    main = page[page.index("<main") : page.rindex("</main>") + len("</main>")]
    return {"uuid": member.uuid, "title": member.name, "main": mark_safe(main)}


@requires("see_households")
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    who = get_person(actor(request), uuid)
    return render(request, "pages/person.html", _about(request, who, timezone.localdate()))


def _about(request: HttpRequest, who: Person, on: date) -> dict[str, Any]:
    return shown_person(person_facts(actor(request), who, on), actor(request), on)


def _too_many(request: HttpRequest) -> bool:
    key = f"reveals:{actor(request).pk}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > REVEALS_PER_HOUR


def _reveal(request: HttpRequest, *, row: Any, subject: UUID, field: str, back: str) -> HttpResponse:
    """Asks why, then shows the whole value once and leaves a row in the access log."""
    form = RevealForm(request.POST or None)
    context = {"form": form, "label": REVEALABLE[field], "back": back}
    if request.method != "POST" or not form.is_valid():
        return render(request, "pages/reveal.html", context, status=422 if form.errors else 200)
    if _too_many(request):
        messages.error(request, _("Too many numbers shown in one hour. Try again later."))
        return redirect(back)
    reason = str(dict(REASONS)[form.cleaned_data["reason"]])
    record_look(request, subject=subject, fields=[field], purpose=reason)
    return render(request, "pages/revealed.html", {**context, "value": getattr(row, field)})


@requires("reveal_person")
def reveal(request: HttpRequest, uuid: UUID, field: str) -> HttpResponse:
    if field not in REVEALABLE:
        raise Http404
    back = reverse("households:person", args=[uuid])
    return _reveal(request, row=get_person(actor(request), uuid), subject=uuid, field=field, back=back)


@requires("reveal_person")
def household_phone(request: HttpRequest, uuid: UUID) -> HttpResponse:
    back = reverse("households:household", args=[uuid])
    return _reveal(request, row=get_household(actor(request), uuid), subject=uuid, field="phone", back=back)


@requires("correct_contact")
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    who = get_person(actor(request), uuid)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        correct_phone(person=who, phone=form.cleaned_data["phone"], by=actor(request))
        messages.success(request, _("The phone number was corrected."))
        return redirect("households:person", uuid=uuid)
    return render(
        request, "pages/contact.html", {"form": form, "person": who}, status=422 if form.errors else 200
    )


@requires("see_history")
def person_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    who = get_person(actor(request), uuid)
    context = {"title": who.name, "changes": history_of(who), "looks": looks_at(uuid)}
    return render(
        request, "pages/history.html", {**context, "back": reverse("households:person", args=[uuid])}
    )


@requires("see_history")
def household_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    home = get_household(actor(request), uuid)
    context = {"title": home.register_no, "changes": history_of(home), "looks": looks_at(uuid)}
    return render(
        request, "pages/history.html", {**context, "back": reverse("households:household", args=[uuid])}
    )
