"""A version of the rules as lists and pages name it: where it stands, its days, who wrote and approved it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.choices import PolicyState
from claims.models import PolicyDocument, PolicyVersion
from claims.policy.reading import PolicyProblems
from claims.presenters.policies.numbers import language
from claims.queries.policies.checking import known


@dataclass(frozen=True)
class ShownVersion:
    pk: int
    number: int
    url: str
    name: str
    title: str
    note: str
    tone: str
    status: str
    days: str
    people: str
    state: str
    is_draft: bool
    is_approved: bool
    is_in_force: bool
    sha256: str


def shown_version(version: PolicyVersion, on: date) -> ShownVersion:
    tone, status = standing(version, on)
    return ShownVersion(
        pk=version.pk,
        number=version.number,
        url=reverse("claims:policy", args=[version.pk]),
        name=name_of(version),
        title=title_of(version),
        note=version.note,
        tone=tone,
        status=status,
        days=days(version),
        people=people(version),
        state=version.state,
        is_draft=version.state == PolicyState.DRAFT,
        is_approved=version.state == PolicyState.APPROVED,
        is_in_force=version.state != PolicyState.DRAFT and on in version.period,
        sha256=version.sha256,
    )


def name_of(version: PolicyVersion) -> str:
    return _("%(title)s, version %(number)s") % {"title": title_of(version), "number": version.number}


def title_of(version: PolicyVersion) -> str:
    """The title in the text; a text that cannot be read has only its code."""
    try:
        return known(version.text).policy.title.get(language())
    except PolicyProblems:
        return version.code


def standing(version: PolicyVersion, on: date) -> tuple[str, str]:
    """Tone and word of where it stands on a day."""
    if version.state == PolicyState.DRAFT:
        return "warn", pgettext("policy", "draft")
    if version.period.isempty:
        return "quiet", pgettext("policy", "withdrawn")
    if on in version.period:
        return "good", pgettext("policy", "in force")
    if version.state == PolicyState.RETIRED:
        return "quiet", pgettext("policy", "taken out of force")
    if version.period.lower > on:
        return "info", pgettext("policy", "approved, not begun")
    return "quiet", pgettext("policy", "replaced")


def days(version: PolicyVersion) -> str:
    if version.period.isempty:
        return _("never in force")
    first, after = version.period.lower, version.period.upper
    if after is None:
        return _("from %(first)s") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": after - timedelta(days=1)}


def people(version: PolicyVersion) -> str:
    if version.approved_by is None:
        return _("drafted by %(name)s") % {"name": version.drafted_by}
    values = {"name": version.drafted_by, "second": version.approved_by, "day": version.approved_on}
    return _("drafted by %(name)s, approved by %(second)s on %(day)s") % values


def shown_document(document: PolicyDocument) -> dict[str, Any]:
    return {
        "url": reverse("claims:policy_document", args=[document.pk]),
        "number": document.number,
        "title": document.title,
        "issuer": document.issuer,
        "issued_on": document.issued_on,
        "days": _document_days(document),
        "has_file": bool(document.path),
        "resting": getattr(document, "resting", None),
    }


def _document_days(document: PolicyDocument) -> str:
    if document.valid_to is None:
        return _("from %(first)s") % {"first": document.valid_from}
    return _("%(first)s to %(last)s") % {"first": document.valid_from, "last": document.valid_to}
