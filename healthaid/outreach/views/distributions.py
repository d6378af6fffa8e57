"""What is handed out to households: the ledger by area, the lists behind it, giving and replacing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts.files import workbook
from core.accounts.models import Area, Level
from core.accounts.permissions import actor, check, may, requires
from core.audit.services import record_export
from core.base.pages import Tab, page_links, tabs, today
from healthaid.outreach.forms.distributions import HandOutForm, ReplaceForm
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.papers.contact_card import contact_cards_pdf
from healthaid.outreach.presenters.cards import contact_cards
from healthaid.outreach.presenters.distributions import (
    item_words,
    ledger_row,
    ledger_table,
    list_headings,
    list_url,
    present_handout,
    present_line,
    show_words,
    totals,
)
from healthaid.outreach.queries.cards import Contact, card_of, cards_of_village
from healthaid.outreach.queries.distributions import (
    SHOWS,
    area_of_ledger,
    get_handout,
    get_home,
    households_of,
    ledger,
    possible_givers,
)
from healthaid.outreach.services.distributions import hand_out, replace_handout

PAGE, EXPORT_ROWS = 100, 20_000


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
        "may_export": may(actor(request), "export"),
        "may_print": area.level == Level.VILLAGE and may(actor(request), "hand_out"),
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
        "may_export": may(user, "export"),
    }
    status = 422 if form and form.errors else 200
    return render(request, "outreach/distributions/handouts.html", context, status=status)


def _item(code: str) -> Item:
    if code not in items():
        raise Http404
    return items()[code]


def _tabs(user: Any, area: Area, item: Item, show: str) -> list[Tab]:
    named = [
        (name, show_words(name), households_of(user, area, item, show=name, on=today()).count())
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


@requires("export")
@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The households behind a number of the ledger, as a file."""
    user, area, item = actor(request), _area(request), _item(code)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    label = item_words(item)["label"]
    found = list(households_of(user, area, item, show=show, on=today())[:EXPORT_ROWS])
    return workbook(
        request,
        title=f"{area.name} · {label} · {show_words(show)} · {today():%Y-%m-%d}",
        file_name=f"handouts-{code}-{show}",
        headings=list_headings(),
        rows=[ledger_row(home) for home in found],
        fields=["name", "village", "register number", "status"],
        widths=[18, 12, 24, 12, 14, 14, 14, 14],
    )


@requires("export")
@require_POST
def ledger_export(request: HttpRequest) -> HttpResponse:
    """The ledger of an area as it stands on the page: numbers, nobody's name."""
    user, area = actor(request), _area(request)
    lines = ledger(user, area, today())
    headings, rows = ledger_table(lines)
    return workbook(
        request,
        title=_("%(area)s: handed out, %(day)s") % {"area": area.name, "day": f"{today():%Y-%m-%d}"},
        file_name="handouts",
        headings=headings,
        rows=rows,
        fields=["counts"],
        widths=[20] + [12] * (len(headings) - 1),
    )


@requires("hand_out")
@require_GET
def card(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The contact card of one household, to be printed."""
    home = get_home(actor(request), uuid)
    found = card_of(actor(request), home.pk, today())
    if not found:
        raise Http404
    return _printed(request, found, f"card-{home.register_no}")


@requires("hand_out")
@require_GET
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact cards of a whole village, one to a page."""
    village, found = cards_of_village(actor(request), pk, today())
    return _printed(request, found, f"cards-{village.code}")


def _printed(request: HttpRequest, found: list[Contact], name: str) -> HttpResponse:
    """Names leave the building on paper: each printing is recorded."""
    record_export(request, purpose="contact card", count=len(found), fields=["name", "register number"])
    content = contact_cards_pdf(contact_cards(found, by=actor(request), at=timezone.now()))
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


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
