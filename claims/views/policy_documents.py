"""The documents behind the rules: kept, corrected, read."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from claims.forms.policies import DocumentForm
from claims.models import PolicyDocument
from claims.presenters.policies.listed import shown_document, shown_version
from claims.queries.policies.versions import get_document, versions
from claims.services.policies import record_document, revise_document
from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from core.base.papers import ENDINGS, read_paper


@requires("see_policies")
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_document(actor(request), pk)
    resting = versions(actor(request)).filter(document=found)
    context = {
        "document": shown_document(found),
        "found": found,
        "versions": [shown_version(version, today()) for version in resting],
        "may_draft": may(request.user, "draft_policy"),
    }
    return render(request, "claims/policies/document.html", context)


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, get_document(actor(request), pk))


def _form(request: HttpRequest, found: PolicyDocument | None) -> HttpResponse:
    names = ("number", "title", "issuer", "issued_on", "valid_from", "valid_to")
    first = {name: getattr(found, name) for name in names} if found else {}
    form = DocumentForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = {"wanted": form.wanted(), "by": actor(request), "file": form.cleaned_data["file"]}
        try:
            kept = revise_document(document=found, **given) if found else record_document(**given)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The document is kept."))
            return redirect("claims:policy_document", pk=kept.pk)
    context = {"form": form, "document": shown_document(found) if found else None}
    return render(request, "claims/policies/document_form.html", context, status=422 if form.errors else 200)


@requires("see_policies")
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan as it was kept; it tells nothing about a person."""
    found = get_document(actor(request), pk)
    content = read_paper(found.path, found.sha256)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=found.media_type)
    place = "inline" if found.media_type.startswith("image/") else "attachment"
    name = f"policy-document-{found.pk}.{ENDINGS[found.media_type]}"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
