"""A page with the visit sheet and nothing behind it: the form is checked and told, and nothing is stored."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from followups.forms.visit import VisitForm
from followups.presenters.sheet import build_form_context
from followups.protocols.assessment import PastVisit
from followups.protocols.library import protocol
from healthaid.views.home import home
from healthaid.views.preferences import type_size

ON = date(2026, 11, 22)
CALM = {"symptoms": ["1"], "adr": "1", "complications": "1", "adherence": "1"}
MEDICINE = {"name": "氨氯地平片", "times": 1, "amount": 5, "unit": "1"}
HISTORY = [
    PastVisit(date(2026, 3, 5), CALM | {"sbp": 138, "dbp": 86, "height": 165, "weight": 68.5, "bmi": 25.2}),
    PastVisit(
        date(2026, 8, 20),
        CALM
        | {
            "sbp": 146,
            "dbp": 92,
            "weight": 67,
            "weight_target": 64,
            "smoking": 10,
            "smoking_target": 0,
            "fpg": 7.4,
        }
        | {"medicines": [MEDICINE]},
    ),
]
PAGE = """{% extends "base.html" %}
{% block title %}{{ sheet_title }}{% endblock %}{% block heading %}{{ sheet_title }}{% endblock %}
{% block scripts %}{% include "followups/form/_assets.html" %}{% endblock %}
{% block content %}{% include "followups/form/_sheet.html" %}{% endblock %}"""
SAVED = """{% extends "base.html" %}{% block title %}saved{% endblock %}
{% block scripts %}{% include "followups/form/_assets.html" %}{% endblock %}
{% block content %}<p id="saved">{{ answers }}</p>{% include "followups/form/_saved.html" %}{% endblock %}"""


@dataclass(frozen=True)
class Somebody:
    birth_date: date
    sex: str = "1"


def _somebody(request: HttpRequest) -> Somebody:
    born = int(request.GET.get("born", "1968"))
    return Somebody(date(born, 5, 4), request.GET.get("sex", "1"))


@login_not_required
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    history = HISTORY if request.GET.get("history", "1") == "1" else []
    form = VisitForm(
        protocol(code, on=ON), request.POST or None, person=_somebody(request), history=history, on=ON
    )
    if form.is_bound and form.is_valid() and not form.wants_preview:
        page = engines["django"].from_string(SAVED)
        return HttpResponse(
            page.render({"answers": form.answers, "client_id": form.cleaned_data["client_id"]}, request)
        )
    context = build_form_context(form, draft_key=f"doctor.person.{code}", cancel_url="/")
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


# The sheet, and the few addresses that the frame of every page names.
urlpatterns = [
    path("sheet/<str:code>/", sheet, name="sheet"),
    path("", home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("type-size/", type_size, name="type_size"),
]
