"""The rules of the county: which are in force, what they say, how they differ, who approves them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from claims.choices import PolicyState
from claims.forms.policies import ApproveForm, CompareForm, RetireForm, StartForm
from claims.models import PolicyVersion
from claims.policy.reading import PolicyProblem
from claims.policy.shelf import codes, library_policy, text_of
from claims.presenters.policies.changes import changed_layers, compliance_words, day_words, text_lines
from claims.presenters.policies.listed import name_of, shown_document, shown_version
from claims.presenters.policies.numbers import language
from claims.presenters.policies.words import said_policy
from claims.queries.policies.checking import Checked, checked
from claims.queries.policies.versions import (
    documents,
    get_version,
    in_force,
    overlapping,
    settled_by,
    versions,
)
from claims.services.policies import approve, discard_draft, retire, start_draft
from core.accounts.permissions import actor, may, requires
from core.base.pages import today


@requires("see_policies")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    shown = [shown_version(version, on) for version in versions(user)]
    current = next((version for version in shown if version.is_in_force), None)
    context = {
        "current": current,
        "drafts": [version for version in shown if version.is_draft],
        "others": [version for version in shown if not version.is_draft and version is not current],
        "documents": [shown_document(document) for document in documents(user)],
        "may_draft": may(user, "draft_policy"),
        "may_simulate": may(user, "simulate"),
    }
    return render(request, "claims/policies/index.html", context)


@requires("see_policies")
@require_GET
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_version(actor(request), pk))


def _page(request: HttpRequest, version: PolicyVersion, status: int = 200, **more: Any) -> HttpResponse:
    user, found = actor(request), checked(version.text)
    is_draft = version.state == PolicyState.DRAFT
    context = {
        "version": shown_version(version, today()),
        "document": shown_document(version.document) if version.document else None,
        "layers": said_policy(found.policy) if found.policy else [],
        "head": _head(found),
        "checked": found,
        "problems": [shown_problem(problem) for problem in found.problems],
        "cases": len(found.policy.cases) if found.policy else 0,
        "settled": None if is_draft else settled_by(version, user),
        "retired": version if version.state == PolicyState.RETIRED else None,
        "bills_url": f"{reverse('claims:bills')}?policy={version.pk}" if may(user, "see_bills") else "",
        "may_draft": may(user, "draft_policy"),
        "may_approve": is_draft and may(user, "approve_policy") and version.drafted_by_id != user.pk,
        "may_simulate": may(user, "simulate") and found.policy is not None,
        "may_retire": may(user, "approve_policy"),
        "source": version.text,
        "is_own": version.drafted_by_id == user.pk,
        "against": _compared_with(version),
    }
    return render(request, "claims/policies/policy.html", context | more, status=status)


def _head(found: Checked) -> dict[str, Any]:
    if found.policy is None:
        return {}
    note = found.policy.policy.note
    return {
        "day": day_words(found.policy),
        "compliant": compliance_words(found.policy),
        "note": note.get(language()) if note else "",
    }


def shown_problem(problem: PolicyProblem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "path": problem.path,
        "message": problem.message.get(language()),
        "remedy": problem.remedy.get(language()),
    }


def _compared_with(version: PolicyVersion) -> PolicyVersion | None:
    """What a version is compared with first: what it was made from, else what its first day finds."""
    if version.based_on_id:
        return version.based_on
    if version.period.isempty:
        return None
    before = in_force(version.county_id, version.period.lower)
    return before if before and before.pk != version.pk else None


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new draft from a version of the county or from the library."""
    known = {f"version-{found.pk}": found for found in versions(actor(request))}
    current = in_force(actor(request).area.county_id, today())
    form = StartForm(request.POST or None, sources=_sources(known, current))
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        base = known.get(source)
        text = base.text if base else text_of(source.removeprefix("library-"))
        document = base.document if base else None
        draft = start_draft(text=text, by=actor(request), on=today(), based_on=base, document=document)
        messages.success(request, _("The draft is made. Nothing changes until a second officer approves it."))
        return redirect("claims:policy_numbers", pk=draft.pk)
    return render(request, "claims/policies/start.html", {"form": form}, status=422 if form.errors else 200)


def _sources(known: dict[str, PolicyVersion], current: PolicyVersion | None) -> list[tuple[str, str]]:
    """What is in force stands first."""
    mine = sorted(known.items(), key=lambda item: current is None or item[1].pk != current.pk)
    shelf = [(f"library-{code}", library_policy(code).policy.title.get(language())) for code in codes()]
    library = [(code, _("Library: %(title)s") % {"title": title}) for code, title in shelf]
    return [(key, name_of(found)) for key, found in mine] + library


@requires("see_policies")
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    version = get_version(user, pk)
    others = versions(user).exclude(pk=pk)
    given = request.GET if "against" in request.GET else None
    form = CompareForm(given, others=others, named=name_of)
    if form.is_bound and not form.is_valid():
        raise Http404
    against = form.cleaned_data["against"] if form.is_bound else None
    against = against or _compared_with(version) or others.first()
    form.initial["against"] = against
    context = {"version": shown_version(version, today()), "form": form, "against": None}
    if against:
        context |= {"against": shown_version(against, today()), **_differences(against, version)}
    return render(request, "claims/policies/compare.html", context)


def _differences(before: PolicyVersion, after: PolicyVersion) -> dict[str, Any]:
    old, new = checked(before.text), checked(after.text)
    readable = old.policy is not None and new.policy is not None
    return {
        "layers": changed_layers(old.policy, new.policy) if old.policy and new.policy else [],
        "readable": readable,
        "lines": text_lines(before.text, after.text),
    }


@requires("approve_policy")
@require_http_methods(["GET", "POST"])
def approve_page(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_version(actor(request), pk)
    against = _compared_with(version)
    form = ApproveForm(request.POST or None, initial={"seen": version.sha256})
    if request.method == "POST" and form.is_valid():
        try:
            approve(version=version, by=actor(request), on=today(), seen=form.cleaned_data["seen"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Approved. Bills are settled by it from its first day on."))
            return redirect("claims:policy", pk=pk)
    context = {
        "form": form,
        "version": shown_version(version, today()),
        "against": shown_version(against, today()) if against else None,
        "ends": [name_of(earlier) for earlier in overlapping(version)],
        **(_differences(against, version) if against else {}),
    }
    return render(request, "claims/policies/approve.html", context, status=422 if form.errors else 200)


@requires("approve_policy")
@require_http_methods(["GET", "POST"])
def retire_page(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_version(actor(request), pk)
    if version.period.isempty:
        return redirect("claims:policy", pk=pk)
    form = RetireForm(request.POST or None, initial={"ends_on": max(today(), version.period.lower)})
    if request.method == "POST" and form.is_valid():
        try:
            retire(version=version, **form.cleaned_data, by=actor(request), on=today())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is taken out of force."))
            return redirect("claims:policy", pk=pk)
    not_begun = version.period.lower > today()
    context = {"form": form, "version": shown_version(version, today()), "not_begun": not_begun}
    return render(request, "claims/policies/retire.html", context, status=422 if form.errors else 200)


@requires("draft_policy")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_version(actor(request), pk)
    if request.method == "POST":
        try:
            discard_draft(version=version, by=actor(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("claims:policy", pk=pk)
        messages.success(request, _("The draft is thrown away."))
        return redirect("claims:policies")
    context = {
        "title": _("Throw this draft away?"),
        "text": name_of(version),
        "label": _("Throw away"),
        "danger": True,
        "cancel_url": reverse("claims:policy", args=[pk]),
    }
    return render(request, "components/confirm_page.html", context)
