"""The bill of a stay: typed into the grid, or read from the hospital's own list."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.billfile.model import BillFile
from claims.billfile.reading import as_text, read_bill, read_pasted
from claims.forms.bills import BillFileForm, BillForm, ColumnsForm, grid_values, reported_values
from claims.presenters.billfile import BillFileView, opening_words, present_file
from claims.queries.bills import items_of
from claims.queries.facts.reporting import told_by_payers
from claims.queries.window import get_stay
from claims.services.admissions import ItemWanted, write_bill
from claims.services.problems import ClaimRefused
from claims.views.common import posted
from claims.views.window.hospital import hospital_of
from core.accounts.permissions import actor, requires
from core.base.pages import today
from core.base.sheets import OpeningError

OPEN = ("admitted", "discharged")


def own_stay(request: HttpRequest, uuid: UUID) -> Any:
    """A stay of this window's hospital. Raises Http404 for another one's."""
    stay, hospital = get_stay(actor(request), uuid), hospital_of(request)
    if hospital is None or stay.institution_id != hospital.pk:
        raise Http404
    return stay


def payers_of(stay: Any) -> dict[str, str]:
    """Names of the layers whose amount an outside payer tells, in the language of the page."""
    language = get_language() or "zh-hans"
    return {layer: label.get(language) for layer, label in told_by_payers(stay, on=today()).items()}


def typed_values(stay: Any, items: Iterable[Any]) -> dict[str, str]:
    """What the grid holds when it is opened."""
    return grid_values(items) | reported_values(stay.reported)


@requires("settle_bills")
def stay_bill(request: HttpRequest, uuid: UUID) -> HttpResponse:
    stay = own_stay(request, uuid)
    if stay.state not in OPEN:
        return redirect("claims:stay", uuid)
    form = BillForm(posted(request), initial=typed_values(stay, items_of(stay)), payers=payers_of(stay))
    if request.method == "POST" and form.is_valid() and _written(request, stay, form):
        messages.success(request, _("The bill is kept."))
        return redirect("claims:stay_settle" if "settle" in request.POST else "claims:stay", uuid)
    context = {"form": form, "stay": stay, "rows": list(form.rows())}
    return render(request, "claims/window/bill.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, stay: Any, form: BillForm) -> bool:
    try:
        write_bill(
            admission=stay,
            lines=wanted_items(form),
            typed_total=form.cleaned_data["typed_total"],
            reported=form.reported(),
            by=actor(request),
            on=today(),
        )
    except ClaimRefused as refused:
        put_line_problems(form, refused)
        return False
    return True


def wanted_items(form: BillForm) -> list[ItemWanted]:
    return [
        ItemWanted(
            category=line.category,
            item_class=line.item_class,
            amount=line.amount,
            first_pay=line.first_pay,
            over_limit=line.over_limit,
        )
        for line in form.lines()
    ]


def put_line_problems(form: BillForm, refused: ClaimRefused) -> None:
    """Problems of lines.3.amount go to the cell that line was typed in, the rest above the grid."""
    language = get_language() or "zh-hans"
    cells = [(form.field_of(problem.field), problem.told(language)) for problem in refused.problems]
    for field, sentence in cells:
        form.add_error(field or None, sentence)


@requires("settle_bills")
def stay_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Reads the list and shows what it makes; `take` puts it in the place of the bill."""
    stay = own_stay(request, uuid)
    if stay.state not in OPEN:
        return redirect("claims:stay", uuid)
    form = BillFileForm(request.POST or None, request.FILES or None)
    read = _read(request, form) if request.method == "POST" and form.is_valid() else None
    shown: BillFileView | None = present_file(read) if read else None
    if read and shown and "take" in request.POST and not shown.problems and _taken(request, stay, read, form):
        messages.success(request, _("The bill is kept."))
        return redirect("claims:stay_bill", uuid)
    context = {
        "form": form,
        "text": form.kept_text,
        "stay": stay,
        "shown": shown,
        "columns": ColumnsForm(columns=read.columns, samples=read.samples) if read and read.columns else None,
    }
    return render(request, "claims/window/file.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, form: BillFileForm) -> BillFile | None:
    """The list as far as it can be read; the cells of a file stay on the page as text, to be mended there."""
    chosen = ColumnsForm.chosen(request.POST)
    try:
        if file := form.cleaned_data.get("file"):
            content = file.read()
            form.kept_text = as_text(content)
            return read_bill(content)
        form.kept_text = form.cleaned_data["text"]
        return read_pasted(form.kept_text, chosen=chosen)
    except OpeningError as error:
        form.add_error("file", opening_words(error))
        return None


def _taken(request: HttpRequest, stay: Any, read: BillFile, form: BillFileForm) -> bool:
    lines = [
        ItemWanted(
            category=part.category,
            item_class=part.item_class,
            amount=part.amount,
            first_pay=part.first_pay,
            over_limit=part.over_limit,
        )
        for part in read.parts
    ]
    try:
        write_bill(admission=stay, lines=lines, typed_total=read.stated_total, by=actor(request), on=today())
    except ClaimRefused as refused:
        for problem in refused.problems:
            form.add_error(None, problem.told(get_language() or "zh-hans"))
        return False
    return True
