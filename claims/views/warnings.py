"""The board of early warning, and one warning with what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims.choices import WarningState
from claims.forms.warnings import (
    CloseForm,
    DismissForm,
    HelpForm,
    ReopenForm,
    VerifyForm,
    WarningFilter,
)
from claims.models import BurdenWarning
from claims.presenters.warnings import (
    present_bill,
    present_grounds,
    present_step,
    present_warning,
    rule_words,
)
from claims.queries.burdens.board import (
    Counts,
    bills_of,
    count_by_rule,
    count_warnings,
    get_warning,
    head_of,
    heads_of,
    household_year,
    rule_set_in_force,
    warnings,
)
from claims.services.warnings.working import (
    close_warning,
    dismiss_warning,
    help_warning,
    reopen_warning,
    verify_warning,
)
from claims.states import STATES
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import Tab, kept_query, page_links, tabs, today
from core.base.states import MoveRefused
from households.queries.monitoring import open_case_of

PAGE = 30
BILLS = 12
SHOWS = ("open", "overdue", "ended")


@dataclass(frozen=True)
class Act:
    """One form of the page: where it leads, what it does with a sound answer, and what is said then."""

    to: WarningState
    form: type[forms.Form]
    do: Callable[..., BurdenWarning]
    title: Any
    said: Any


ACTS: dict[str, Act] = {
    "verify": Act(
        WarningState.VERIFIED,
        VerifyForm,
        verify_warning,
        gettext_lazy("Verified at home: the family is at risk"),
        gettext_lazy("Noted. Measures are due now."),
    ),
    "help": Act(
        WarningState.HELPED,
        HelpForm,
        help_warning,
        gettext_lazy("Measures were taken"),
        gettext_lazy("The measures are noted."),
    ),
    "close": Act(
        WarningState.CLOSED,
        CloseForm,
        close_warning,
        gettext_lazy("The risk is gone"),
        gettext_lazy("The warning is closed."),
    ),
    "dismiss": Act(
        WarningState.DISMISSED,
        DismissForm,
        dismiss_warning,
        gettext_lazy("No risk was found"),
        gettext_lazy("The warning is dismissed."),
    ),
    "reopen": Act(
        WarningState.RAISED,
        ReopenForm,
        reopen_warning,
        gettext_lazy("Take it up again"),
        gettext_lazy("It is to be verified again."),
    ),
}


@requires("see_warnings")
def warning_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    form = WarningFilter(request.GET or None, user=user)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "open"
    found = warnings(user, show=show, on=on, rule=form.chosen("rule") or "", village=form.chosen("village"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    heads = heads_of([warning.household_id for warning in rows])
    counts = count_warnings(user, on)
    county = user.area.county
    context = page_links(request, page) | {
        "rows": [present_warning(w, heads.get(w.household_id, w.household.register_no), on) for w in rows],
        "counts": counts,
        "by_rule": [
            {"label": rule_words(code), "url": f"?rule={code}", "count": n}
            for code, n in count_by_rule(user).items()
        ],
        "tabs": _tabs(request, show, counts),
        "filter_form": form,
        "may_manage": may(user, "manage_warnings"),
        "without_rules": bool(county) and rule_set_in_force(county, on) is None,
    }
    return render(request, "claims/warnings/board.html", context)


def _tabs(request: HttpRequest, show: str, counts: Counts) -> list[Tab]:
    named = [
        ("open", _("Being worked on"), counts.open),
        ("overdue", _("Overdue"), counts.overdue),
        ("ended", pgettext("warnings", "Ended"), None),
    ]
    return tabs(named, show, lambda name: kept_query(request, show=name))


@requires("see_warnings")
def warning_page(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    warning = get_warning(user, pk)
    posted = next((name for name in ACTS if name in request.POST), "")
    if posted:
        check(user, "work_warning")
    made = _forms(request, warning, posted)
    if posted and made[posted].is_valid() and _done(request, warning, posted, made[posted]):
        return redirect("claims:warning", pk)
    bills = bills_of(user, warning.household, warning.year)
    context = {
        "warning": warning,
        "shown": present_warning(warning, head_of(warning.household), on),
        "grounds": present_grounds(warning),
        "year": household_year(warning.household, warning.year),
        "bills": [present_bill(bill) for bill in bills[:BILLS]],
        "steps": [present_step(step) for step in warning.steps.all()],
        "told": warning.escalations.all(),
        "may_monitor": warning.state in (WarningState.VERIFIED, WarningState.HELPED)
        and open_case_of(warning.household) is None,
        "acts": [{"name": name, "title": ACTS[name].title, "form": form} for name, form in made.items()],
    }
    return render(request, "claims/warnings/warning.html", context, status=422 if posted else 200)


def _forms(request: HttpRequest, warning: BurdenWarning, posted: str) -> dict[str, forms.Form]:
    """A form for each step that is possible now, and for one that was possible when the page was opened."""
    if not may(request.user, "work_warning"):
        return {}
    possible = [
        name
        for name, act in ACTS.items()
        if name == posted or STATES.can_move("warning", warning.state, act.to)
    ]
    return {name: ACTS[name].form(request.POST if name == posted else None, prefix=name) for name in possible}


def _done(request: HttpRequest, warning: BurdenWarning, name: str, form: forms.Form) -> bool:
    """Whether the page is to be shown anew; a warning moved on meanwhile is shown as it stands now."""
    try:
        ACTS[name].do(warning=warning, by=actor(request), on=today(), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return False
    messages.success(request, ACTS[name].said)
    return True
