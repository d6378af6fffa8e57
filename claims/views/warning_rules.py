"""By which rules the county warns, and the yearly figures that they name."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.forms.warnings import ReferenceForm, RuleSetForm
from claims.presenters.warnings import missing_figures, present_reference, present_sets, set_title
from claims.queries.burdens.board import (
    households_without_income,
    reference_values,
    rule_set_in_force,
    rule_sets_of,
)
from claims.services.warnings.grounds import put_in_force, write_reference
from core.accounts.permissions import actor, requires
from core.base.pages import today


@requires("manage_warnings")
def warning_rules(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    chosen = RuleSetForm(request.POST if "choose" in request.POST else None)
    figure = ReferenceForm(request.POST if "write" in request.POST else None, on=on)
    if (chosen.is_bound and chosen.is_valid() and _chosen(request, chosen)) or (
        figure.is_bound and figure.is_valid() and _written(request, figure)
    ):
        return redirect("claims:warning_rules")
    in_force, known = rule_set_in_force(user.area, on), reference_values(user.area)
    context: dict[str, Any] = {
        "sets": present_sets(in_force),
        "in_force": in_force,
        "history": [
            {
                "title": set_title(one.code),
                "since": one.period.lower,
                "until": one.period.upper,
                "by": one.chosen_by.get_full_name(),
            }
            for one in rule_sets_of(user.area)
        ],
        "figures": [present_reference(value) for value in known],
        "missing": missing_figures(in_force, known, on.year),
        "without_income": households_without_income(user, on.year),
        "rule_form": chosen,
        "figure_form": figure,
    }
    wrong = chosen.errors or figure.errors
    return render(request, "claims/warnings/rules.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, form: RuleSetForm) -> bool:
    user = actor(request)
    try:
        put_in_force(county=user.area, code=form.cleaned_data["code"], by=user, on=today())
    except ValidationError as wrong:
        form.add_error("code", wrong.messages)
        return False
    messages.success(request, _("These rules are in force from today."))
    return True


def _written(request: HttpRequest, form: ReferenceForm) -> bool:
    user = actor(request)
    write_reference(area=user.area, by=user, **form.cleaned_data)
    messages.success(request, _("The figure is written down."))
    return True
