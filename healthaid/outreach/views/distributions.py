"""What is handed out to households: the ledger by area, the lists behind it, giving and replacing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.models import Area
from core.accounts.permissions import actor, check, may, requires
from core.base.pages import Tab, page_links, tabs, today
from healthaid.outreach.forms.distributions import HandOutForm, ReplaceForm
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.presenters.distributions import (
    item_words,
    list_url,
    present_handout,
    present_line,
    totals,
)
from healthaid.outreach.queries.distributions import (
    SHOWS,
    area_of_ledger,
    get_handout,
    households_of,
    ledger,
    possible_givers,
)
from healthaid.outreach.services.distributions import hand_out, replace_handout

PAGE = 100


def _area(request: HttpRequest) -> Area:
    """:raises Http404: for what is no number, or an area outside the user's."""
    given = request.GET.get("area", "")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise Http404
    return area_of_ledger(actor(request), int(given) if given else None)


@requires("see_distributions")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    area = _area(request)
    lines = ledger(actor(request), area, today())
    context = {
        "area": area,
        "totals": totals(lines, area),
        "households": sum(line.households for line in lines),
        "lines": [present_line(line, area) for line in lines],
        "above": area.parent if area.pk != actor(request).area_id else None,
    }
    return render(request, "outreach/distributions/index.html", context)


@requires("see_distributions")
@require_http_methods(["GET", "POST"])
def handouts(request: HttpRequest, code: str) -> HttpResponse:
    """The households behind a number; those that lack the item can be given it here, checked one by one."""
    user, on, area = actor(request), today(), _area(request)
    item = _item(code)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    form = None
    if show == "missing" and may(user, "hand_out"):
        givers = possible_givers(area)
        form = HandOutForm(request.POST or None, item=item, givers=givers, user=user, today=on)
    if request.method == "POST":
        check(user, "hand_out")
        if form and form.is_valid() and _given(request, form):
            return redirect(f"{list_url(code, area)}")
    found = households_of(user, area, item, show=show, on=on)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "item": item_words(item),
        "area": area,
        "rows": list(page),
        "show": show,
        "tabs": _tabs(user, area, item, show),
        "form": form,
        "checked": {str(pk) for pk in form.households} if form and form.is_bound else None,
        "may_hand_out": may(user, "hand_out"),
    }
    status = 422 if form and form.errors else 200
    return render(request, "outreach/distributions/handouts.html", context, status=status)


def _item(code: str) -> Item:
    if code not in items():
        raise Http404
    return items()[code]


def _tabs(user: Any, area: Area, item: Item, show: str) -> list[Tab]:
    words = {
        "missing": pgettext("handouts", "Missing"),
        "given": pgettext("handouts", "Have it"),
        "expired": pgettext("handouts", "Run out"),
    }
    named = [
        (name, words[name], households_of(user, area, item, show=name, on=today()).count())
        for name in SHOWS
        if name != "expired" or item.holds_months
    ]
    return tabs(named, show, lambda name: list_url(item.code, area, name))


def _given(request: HttpRequest, form: HandOutForm) -> bool:
    try:
        made = hand_out(wanted=form.wanted, households=form.households, by=actor(request))
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    words = ngettext("Noted for %(n)s household.", "Noted for %(n)s households.", made) % {"n": made}
    messages.success(request, words)
    return True


@requires("hand_out")
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    found = get_handout(user, pk)
    back = list_url(found.item, found.household.village, "given")
    form = ReplaceForm(request.POST or None, initial={"receiver": found.receiver})
    if request.method == "POST" and form.is_valid():
        try:
            replace_handout(handout=found, by=user, on=today(), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The new one is noted; the earlier one stays on record."))
            return redirect(back)
    context = {"form": form, "shown": present_handout(found), "household": found.household, "back": back}
    return render(request, "outreach/distributions/replace.html", context, status=422 if form.errors else 200)
