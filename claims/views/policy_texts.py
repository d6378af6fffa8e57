"""Editing a draft: the usual numbers as a form, the rest as text that is checked while it is typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.choices import PolicyState
from claims.forms.policies import NumbersForm, TextForm
from claims.models import PolicyVersion
from claims.presenters.policies.listed import shown_version
from claims.presenters.policies.places import groups
from claims.queries.policies.checking import Checked, checked
from claims.queries.policies.versions import documents, get_version
from claims.services.policies import accept_results, rewrite_draft
from claims.views.policies import shown_problem
from core.accounts.permissions import actor, requires
from core.base.pages import today


def _draft(request: HttpRequest, pk: int) -> PolicyVersion | None:
    """A version that is no draft is not edited: its page says what to do instead."""
    version = get_version(actor(request), pk)
    if version.state == PolicyState.DRAFT:
        return version
    messages.info(request, _("An approved version is never edited. Make a new draft from it."))
    return None


def _first(version: PolicyVersion) -> dict[str, Any]:
    return {"document": version.document_id, "note": version.note, "seen": version.sha256}


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    version = _draft(request, pk)
    if version is None:
        return redirect("claims:policy", pk=pk)
    policy = checked(version.text).policy
    if policy is None:
        messages.info(request, _("The text has mistakes, so it has no numbers to show. Mend it first."))
        return redirect("claims:policy_text", pk=pk)
    given: dict[str, Any] = {"text": version.text, "groups": groups(policy, version.text)}
    given |= {"initial": _first(version), "documents": documents(actor(request))}
    form = NumbersForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        answer = _kept(request, version, form, form.new_text)
        if answer:
            return answer
    context = {"form": form, "version": shown_version(version, today())}
    return render(request, "claims/policies/numbers.html", context, status=422 if form.errors else 200)


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """A text with mistakes is kept as well, so that nothing typed is lost; it only cannot be approved."""
    version = _draft(request, pk)
    if version is None:
        return redirect("claims:policy", pk=pk)
    first = _first(version) | {"text": version.text}
    form = TextForm(request.POST or None, initial=first, documents=documents(actor(request)))
    if request.method == "POST" and form.is_valid():
        answer = _kept(request, version, form, form.cleaned_data["text"])
        if answer:
            return answer
    typed = form["text"].value() or ""
    context = {"form": form, "version": shown_version(version, today()), **checked_context(checked(typed))}
    return render(request, "claims/policies/text.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, version: PolicyVersion, form: Any, new_text: str) -> HttpResponse | None:
    cleaned = form.cleaned_data
    wanted = {"note": cleaned["note"], "document": cleaned["document"], "seen": cleaned["seen"]}
    try:
        rewrite_draft(version=version, text=new_text, by=actor(request), **wanted)
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    messages.success(request, _("The draft is kept."))
    return redirect("claims:policy", pk=version.pk)


@requires("draft_policy")
@require_POST
def check_text(request: HttpRequest) -> HttpResponse:
    """What is wrong with a text as it stands in the window; nothing is written."""
    found = checked(request.POST.get("text", "").replace("\r\n", "\n"))
    return render(request, "claims/policies/_checked.html", checked_context(found))


def checked_context(found: Checked) -> dict[str, Any]:
    return {
        "checked": found,
        "problems": [shown_problem(problem) for problem in found.problems],
        "cases": len(found.policy.cases) if found.policy else 0,
    }


@requires("draft_policy")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases take what comes out now as what should come out."""
    version = get_version(actor(request), pk)
    try:
        accept_results(version=version, by=actor(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The cases expect the new results now."))
    return redirect("claims:policy", pk=pk)
