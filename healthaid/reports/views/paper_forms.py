"""Forms on paper: a visit with the others of its year, or the empty sheet."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, requires
from core.audit.services import record_export
from followups.presenters.values import in_language
from followups.protocols.library import UnknownProtocol, edition
from followups.protocols.schema import Protocol
from followups.queries.visits import get_visit
from healthaid.reports.documents.paper_form import PaperForm, pdf
from healthaid.reports.presenters.paper_forms import empty, filled
from healthaid.reports.queries.paper_forms import on_one_sheet, record_number


@requires("see_households")
def visit_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sheet leaves the building with a name on it: each printing is recorded."""
    user = actor(request)
    visit = get_visit(user, uuid)
    form = _edition(f"{visit.protocol}_{visit.edition}")
    visits = on_one_sheet(user, visit, single=form.is_long)
    what = _("paper form %(form)s") % {"form": in_language(form.title)}
    record_export(request, purpose=what, count=len(visits), fields=["name", "answers"])
    number = record_number(user, visit) if visit.person_id else ""
    sheet = filled(form, visits, by=user, at=timezone.now(), record=number)
    return _file(sheet, f"{form.key}-{visit.visited_on}")


@requires("see_households")
def empty_paper(request: HttpRequest, key: str) -> HttpResponse:
    form = _edition(key)
    return _file(empty(form, by=actor(request), at=timezone.now()), form.key)


def _edition(key: str) -> Protocol:
    try:
        return edition(key)
    except UnknownProtocol as unknown:
        raise Http404 from unknown


def _file(form: PaperForm, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf(form), content_type="application/pdf", headers=headers)
