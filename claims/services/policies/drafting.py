"""A draft is free to be changed until a second person approves it; from then on nobody changes it."""

import hashlib
import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.choices import PolicyState
from claims.models import PolicyDocument, PolicyVersion
from claims.queries.policies.checking import checked
from claims.services.policies.rewriting import with_values
from core.accounts.models import Area, User
from core.accounts.permissions import check

CODE = re.compile(r'^\s*code\s*=\s*["\']([a-z][a-z0-9_]{0,39})["\']', re.MULTILINE)
LARGEST = 200_000


def start_draft(
    *,
    text: str,
    by: User,
    on: date,
    note: str = "",
    document: PolicyDocument | None = None,
    based_on: PolicyVersion | None = None,
    county: Area | None = None,
) -> PolicyVersion:
    """This will keep a new draft for the user's county. A text with mistakes is kept too, unapproved.

    `on` is the first day where the text names none that can be read. Its number is the next one of its code.
    """
    check(by, "draft_policy")
    with transaction.atomic():
        place = Area.objects.select_for_update(no_key=True).get(pk=(county or by.area).pk)
        draft = PolicyVersion(
            county=place, drafted_by=by, document=document, based_on=based_on, period=DateRange(on, None)
        )
        _put(draft, text, note)
        draft.number = _next_number(place, draft.code)
        draft.save()
    return draft


def rewrite_draft(
    *,
    version: PolicyVersion,
    text: str,
    by: User,
    note: str | None = None,
    document: PolicyDocument | None = None,
    seen: str = "",
) -> PolicyVersion:
    """This will replace the text of a draft. Who wrote last counts as its drafter.

    `seen` is the checksum of the text that was edited: another's work in between is never overwritten.

    :raises ValidationError: when it is no draft any more, or was changed by somebody else meanwhile."""
    check(by, "draft_policy")
    with transaction.atomic():
        Area.objects.select_for_update(no_key=True).get(pk=version.county_id)
        draft = _locked_draft(version)
        if seen and seen != draft.sha256:
            raise ValidationError(
                _("Somebody else has changed this draft meanwhile. Open it again, then repeat your change.")
            )
        before = draft.code
        _put(draft, text, draft.note if note is None else note)
        if draft.code != before:
            draft.number = _next_number(draft.county, draft.code)
        draft.document = document or draft.document
        draft.drafted_by = by
        draft.save()
    return draft


def accept_results(*, version: PolicyVersion, by: User) -> PolicyVersion:
    """This will write what the cases of a draft give now into them as what they should give.

    :raises ValidationError: where a case cannot be run, or expects a reason that is not told any more."""
    try:
        text = with_results(version.text)
    except (ArithmeticError, ValueError):
        raise ValidationError(
            _("A case expects something that is no amount, or the text cannot be read. Correct the text.")
        ) from None
    return rewrite_draft(version=version, text=text, by=by, seen=version.sha256)


def with_results(text: str) -> str:
    """A policy's text whose cases expect what comes out of it.

    :raises ValueError: for a text that cannot be read, or a case that expects a reason."""
    found = checked(text)
    if found.policy is None:
        raise ValueError("unreadable")
    names = [case.name for case in found.policy.cases]
    wanted: dict[tuple[str | int, ...], Decimal] = {
        ("cases", names.index(one.case), "expect", *one.name.split(".")): Decimal(one.found)
        for one in found.differences
    }
    return with_values(text, wanted)


def discard_draft(*, version: PolicyVersion, by: User) -> None:
    """This will throw a draft away; its history stays."""
    check(by, "draft_policy")
    with transaction.atomic():
        draft = _locked_draft(version)
        if draft.successors.exists():
            raise ValidationError(_("Another draft was made from this one. Throw that one away first."))
        draft.delete()


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _locked_draft(version: PolicyVersion) -> PolicyVersion:
    held = PolicyVersion.objects.select_for_update(of=("self",))
    draft: PolicyVersion | None = held.filter(pk=version.pk).first()
    if draft is None or draft.state != PolicyState.DRAFT:
        raise ValidationError(_("This version is no draft any more. Make a new draft from it."))
    return draft


def _put(draft: PolicyVersion, text: str, note: str) -> None:
    """Code and days come from the text itself; where it cannot be read they stay as they were."""
    draft.text = _clean(text)
    draft.sha256 = checksum(draft.text)
    draft.note = note.strip()
    policy = checked(draft.text).policy
    if policy:
        draft.code, draft.target = policy.code, policy.policy.target
        draft.period = DateRange(policy.policy.valid_from, policy.policy.valid_to)
    else:
        named = CODE.search(draft.text)
        draft.code = named[1] if named else draft.code or "draft"


def _clean(text: str) -> str:
    """Line ends as files have them: a browser sends others, and the checksum would differ."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not plain.strip():
        raise ValidationError({"text": _("The text is empty. Begin with a policy from the library.")})
    if len(plain) > LARGEST:
        raise ValidationError({"text": _("The text is too long. A policy has some hundred lines.")})
    return plain


def _next_number(county: Area, code: str) -> int:
    found = PolicyVersion.objects.filter(county=county, code=code).aggregate(last=Max("number"))
    return (found["last"] or 0) + 1
