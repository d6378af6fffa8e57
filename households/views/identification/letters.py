"""The two letters: written, printed, and signed for."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.accounts.models import Area
from core.accounts.permissions import actor, check, may, requires
from core.audit.services import record_export
from core.base.pages import page_links, page_number, today
from households.forms_identification import LetterForm, ReceiptForm
from households.papers.letter import letter_pdf
from households.presenters.letters import (
    letter_paper,
    number_words,
    office_words,
    present_letter,
    present_line,
)
from households.queries.identification.letters import get_letter, letters, lines_of, offices
from households.services.identification.letters import note_receipt, write_letter

PAGE = 30


@requires("see_letters")
def letter_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    writes = may(user, "write_letter") and user.sees_sensitive
    possible = offices(user) if writes else []
    choices = [(f"{kind}-{area.pk}", _office(kind, area, count)) for kind, area, count in possible]
    sent = request.POST if request.method == "POST" else None
    form = LetterForm(sent, offices=choices)
    if sent is not None:
        check(user, "write_letter")
        if form.is_valid():
            areas = {f"{kind}-{area.pk}": (kind, area) for kind, area, _count in possible}
            kind, area = areas[form.cleaned_data["office"]]
            made = write_letter(addressee=kind, area=area, by=user, on=today())
            messages.success(request, _("The letter is written. Print it and have it signed for."))
            return redirect("identification:letter", made.uuid)
    page = Paginator(letters(user), PAGE).get_page(page_number(request))
    context = page_links(request, page) | {
        "letters": [present_letter(letter) for letter in page],
        "form": form if choices else None,
        "writes": writes,
    }
    return render(
        request, "households/identification/letters.html", context, status=422 if form.errors else 200
    )


def _office(kind: str, area: Area, count: int) -> str:
    return _("%(office)s: %(n)s cases not told of") % {"office": office_words(kind, area), "n": count}


@requires("see_letters")
def letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    found = get_letter(user, uuid)
    form = None
    if may(user, "note_receipt") and found.received_on is None:
        form = ReceiptForm(request.POST or None, on=today())
    if request.method == "POST":
        check(user, "note_receipt")
        if form is None:
            return redirect("identification:letter", uuid)
        if form.is_valid():
            try:
                note_receipt(letter=found, by=user, on=today(), **form.cleaned_data)
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                messages.success(request, _("The receipt is noted."))
                return redirect("identification:letter", uuid)
    context = {
        "letter": present_letter(found),
        "lines": [present_line(line) for line in lines_of(found)],
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "households/identification/letter.html", context, status=status)


@requires("see_letters")
@require_GET
def letter_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The paper; who took it out is written on it and in the access log."""
    found = get_letter(actor(request), uuid)
    lines = lines_of(found)
    record_export(request, purpose=number_words(found), count=len(lines), fields=["name", "disease"])
    trace = _("Printed by %(name)s on %(time)s. For work only.") % {
        "name": actor(request).get_full_name(),
        "time": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }
    headers = {
        "Content-Disposition": f'inline; filename="letter-{found.year}-{found.number}.pdf"',
        "Cache-Control": "no-store",
    }
    content = letter_pdf(letter_paper(found, lines, trace))
    return HttpResponse(content, content_type="application/pdf", headers=headers)
