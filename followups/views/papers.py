"""The photographed paper of a contract: taken in, looked at (each look is logged), taken off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from core.audit.services import record_look
from core.base.papers import ENDINGS, read_paper
from followups.forms.contracts import PaperForm
from followups.queries.contracts import get_contract, get_paper
from followups.services.papers import add_paper, remove_paper
from followups.views.common import today


@require_POST
@requires("sign_contract")
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(actor(request), pk)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_paper(contract=contract, file=form.cleaned_data["file"], by=actor(request), on=today())
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            messages.success(request, _("The photograph is kept with the contract."))
            return redirect("followups:contract", pk)
    context = {"form": form, "contract": contract}
    return render(request, "followups/contract_paper.html", context, status=422)


@requires("see_teams")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself: never cached, never run, each look on record."""
    found = get_paper(actor(request), pk)
    content = read_paper(found.path, found.sha256)
    if content is None:
        raise Http404
    record_look(
        request, subject=found.contract.person.uuid, fields=["contract paper"], purpose="contract paper"
    )
    name = f"contract-{found.contract_id}-{found.pk}.{ENDINGS[found.media_type]}"
    response = HttpResponse(content, content_type=found.media_type)
    place = "inline" if found.media_type.startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires("sign_contract")
def paper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_paper(actor(request), pk)
    if request.method == "POST":
        remove_paper(paper=found, by=actor(request))
        messages.success(request, _("The photograph is taken off the contract."))
        return redirect("followups:contract", found.contract_id)
    context = {
        "title": _("Take the photograph off?"),
        "text": _("The wrong sheet or a blurred picture. Who took it off stays on record."),
        "label": _("Take off"),
        "danger": True,
        "cancel_url": "../../..",
    }
    return render(request, "components/confirm_page.html", context)
