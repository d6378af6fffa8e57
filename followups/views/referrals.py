"""Referrals: the list for doctors, township and hospital, and a new one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import Tab, page_links, tabs, today
from core.base.periods import quarter_start
from followups.choices import Urgency
from followups.forms.referrals import (
    ReferralFilterForm,
    ReferralForm,
)
from followups.models import Need, Referral, Visit
from followups.presenters.referrals import (
    present_advice,
    present_referral,
    reasons_of,
    service_figures,
)
from followups.queries.needs import get_need
from followups.queries.referrals import (
    ENDED,
    advised,
    count_referrals,
    get_referral,
    hospitals,
    own_hospital,
    referrals,
    service_times,
)
from followups.queries.visits import get_person, get_visit, members
from followups.services.referrals import (
    Wanted,
    refer,
)
from households.models import Person

PAGE = 30


@requires("see_referrals")
def referral_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    filters = ReferralFilterForm(request.GET, hospitals=hospitals(user), auto_id="filter_%s")
    filters.is_valid()
    chosen = filters.cleaned_data.get("hospital") or own_hospital(user)
    institution = chosen.pk if chosen else None
    show = request.GET.get("show") or ("advised" if may(user, "refer") else "waiting")
    counts = count_referrals(user, on, institution=institution)
    found = (
        advised(user, on)
        if show == "advised"
        else referrals(
            user, show=show, on=on, institution=institution, urgency=filters.cleaned_data.get("urgency") or ""
        )
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "tabs": _tabs(request, show, counts, user),
        "show": show,
        "advice": [present_advice(visit, on) for visit in page] if show == "advised" else [],
        "referrals": [present_referral(each, on) for each in page] if show != "advised" else [],
        "figures": service_figures(service_times(user, since=quarter_start(on), on=on)),
        "filter_form": filters,
        "clear_url": f"?show={show}",
        "may_refer": may(user, "refer"),
    }
    return render(request, "followups/referrals.html", context)


def _tabs(request: HttpRequest, show: str, counts: dict[str, int], user: User) -> list[Tab]:
    kept = {name: value for name, value in request.GET.items() if name in ("hospital", "urgency") and value}
    words = {
        "advised": _("To refer"),
        "waiting": _("Waiting"),
        "unanswered": _("No answer in time"),
        "under_way": _("Under way"),
        "to_check": _("To ask after"),
        "overdue": _("Check overdue"),
        "done": _("Done"),
    }
    shown = (code for code in words if code != "advised" or may(user, "refer"))
    named = ((code, words[code], counts.get(code)) for code in shown)
    address = reverse("followups:referrals")
    return tabs(named, show, lambda code: f"{address}?{urlencode({'show': code, **kept})}")


@requires("refer")
def referral_new(request: HttpRequest) -> HttpResponse:
    """`?visit=`, `?need=` or `?person=` names what it comes from; its words stand in the form already."""
    user = actor(request)
    origin = _origin(request, user)
    form = ReferralForm(
        request.POST or None, members=origin.people, hospitals=hospitals(user), initial=origin.first_words
    )
    if request.method == "POST" and form.is_valid():
        return _referred(request, form, origin)
    context = {"form": form, "origin": origin, "members": origin.people}
    return render(request, "followups/referral_new.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Origin:
    people: list[Person]
    person: Person | None
    visit: Visit | None = None
    need: Need | None = None
    follows: Referral | None = None

    @property
    def first_words(self) -> dict[str, Any]:
        given: dict[str, Any] = {"person": str(self.person.uuid) if self.person else ""}
        if self.visit:
            urgent = self.visit.assessment.get("urgent")
            given |= {"reason": reasons_of(self.visit)[:300]}
            given |= {"urgency": Urgency.EMERGENCY if urgent else Urgency.URGENT}
        elif self.follows:
            given |= {"reason": self.follows.reason, "department": self.follows.department}
            given |= {"urgency": self.follows.urgency}
        elif self.need:
            given |= {"reason": self.need.description}
        return given


def _origin(request: HttpRequest, user: User) -> Origin:
    try:
        if given := request.GET.get("follows"):
            old = get_referral(user, UUID(given))
            return Origin([old.person], old.person, visit=old.visit, need=old.need, follows=old)
        if given := request.GET.get("need"):
            need = get_need(user, UUID(given))
            return Origin([need.person], need.person, need=need)
        if given := request.GET.get("visit"):
            visit = get_visit(user, UUID(given))
            people = [visit.person] if visit.person else members(visit.household)
            return Origin(people, people[0] if len(people) == 1 else None, visit=visit)
        person = get_person(user, UUID(request.GET.get("person", "")))
    except ValueError as error:
        raise Http404 from error
    return Origin(members(person.household), person)


def _referred(request: HttpRequest, form: ReferralForm, origin: Origin) -> HttpResponse:
    given = dict(form.cleaned_data)
    uuid = given.pop("uuid")
    del given["person"]
    follows = origin.follows if origin.follows and origin.follows.state in ENDED else None
    referral = refer(
        person=form.member,
        wanted=Wanted(**given),
        need=origin.need,
        visit=origin.visit,
        follows=follows,
        uuid=uuid,
        by=actor(request),
        at=timezone.now(),
    )
    words = _("Referred. Please ask after it by %(day)s.") % {"day": referral.check_by.isoformat()}
    messages.success(request, words)
    return redirect("followups:referral", referral.uuid)
