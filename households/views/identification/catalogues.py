"""The lists of diseases: editions, what stands in them, and a county's own as a table."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from households.forms_identification import EditionForm
from households.queries.identification.catalogues import catalogues, entries_of, get_catalogue
from households.queries.identification.listfile import ReadList, read_list
from households.services.identification.catalogues import Line, add_edition

SALT, ONE_HOUR = "identification.list", 3600


@requires("see_identification")
def catalogue_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    context = {
        "catalogues": catalogues(user),
        "on": today(),
        "may_manage": may(user, "manage_catalogues"),
    }
    return render(request, "households/identification/catalogues.html", context)


@requires("see_identification")
def catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_catalogue(actor(request), pk)
    return render(
        request,
        "households/identification/catalogue.html",
        {"catalogue": found, "entries": entries_of(found)},
    )


@requires("manage_catalogues")
def catalogue_new(request: HttpRequest) -> HttpResponse:
    """First the table is read and shown, then the same table, signed, is put in force."""
    if "table" in request.POST:
        return _put_in_force(request)
    form = EditionForm(request.POST or None, request.FILES or None, on=today())
    told: ReadList | None = None
    if form.is_bound and form.is_valid():
        told = read_list(form.cleaned_data["file"].read())
        if not told.problems:
            return _preview(request, form, told)
    context = {"form": form, "problems": told.problems if told else []}
    wrong = form.errors or (told and told.problems)
    return render(
        request, "households/identification/catalogue_new.html", context, status=422 if wrong else 200
    )


def _preview(request: HttpRequest, form: EditionForm, told: ReadList) -> HttpResponse:
    edition = {name: form.cleaned_data[name] for name in ("code", "title", "document", "issuer")}
    edition["valid_from"] = form.cleaned_data["valid_from"].isoformat()
    table = {"edition": edition, "rows": [[*vars(row).values()] for row in told.rows]}
    context = {
        "rows": told.rows,
        "new": sum(not row.disease for row in told.rows),
        "edition": form.cleaned_data,
        "table": signing.dumps(table, salt=SALT, compress=True),
    }
    return render(request, "households/identification/catalogue_preview.html", context)


def _put_in_force(request: HttpRequest) -> HttpResponse:
    try:
        table: dict[str, Any] = signing.loads(request.POST["table"], salt=SALT, max_age=ONE_HOUR)
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("identification:catalogue_new")
    user = actor(request)
    edition = EditionForm.dated(table["edition"])
    lines = [Line(n, name, group, tuple(icd10), code) for n, name, group, icd10, code in table["rows"]]
    try:
        made = add_edition(area=user.area, lines=lines, by=user, **edition)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("identification:catalogue_new")
    messages.success(request, _("The list is in force from its day."))
    return redirect("identification:catalogue", made.pk)
