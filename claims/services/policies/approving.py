"""Putting a policy into force, and taking it out: always two persons, always one version a day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from claims.choices import PolicyState
from claims.models import PolicyVersion
from claims.queries.policies.checking import checked, known
from claims.queries.policies.versions import overlapping, settled_from
from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.sql import prepared

_NOBODY_SETTLES = "SELECT pg_advisory_xact_lock(hashtext('claims_policyversion'), %(county)s::int)"


def approve(*, version: PolicyVersion, by: User, on: date, seen: str = "") -> PolicyVersion:
    """This will put a draft into force from its first day, and end the version before it on that day.

    `seen` is the checksum of the text that was read: what was changed since is not approved.

    :raises ValidationError: for one's own draft, an unsound text, no document, or days already settled.
    """
    check(by, "approve_policy")
    with transaction.atomic():
        found = _locked(version)
        _may_be_approved(found, by, seen)
        for earlier in overlapping(found).select_for_update(of=("self",)).order_by("pk"):
            _make_room(earlier, found)
        found.state = PolicyState.APPROVED
        found.approved_by, found.approved_on = by, on
        found.save()
    return found


def retire(*, version: PolicyVersion, reason: str, ends_on: date, by: User, on: date) -> PolicyVersion:
    """This will take an approved version out of force: `ends_on` is the first day it holds no longer.

    One that has not begun by `on` and would end before it begins is withdrawn: it never holds, and the
    version that was ended for it goes on.

    :raises ValidationError: without a reason, or for days on which it has settled bills."""
    check(by, "approve_policy")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken out of force.")})
    with transaction.atomic():
        found = _locked(version)
        if found.state != PolicyState.APPROVED:
            raise ValidationError(_("Only a version in force can be taken out of force."))
        found.retired_by, found.retired_on, found.retire_reason = by, on, reason.strip()
        if found.period.lower > on and ends_on <= found.period.lower:
            _withdraw(found)
        else:
            _end(found, ends_on)
            found.state = PolicyState.RETIRED
            found.save()
    return found


def _withdraw(found: PolicyVersion) -> None:
    """Its days go back to the version that was ended on its first day, as far as its own text reaches."""
    first, after = found.period.lower, found.period.upper
    found.period, found.state = DateRange(empty=True), PolicyState.RETIRED
    found.save()
    held = PolicyVersion.objects.select_for_update(of=("self",))
    before = held.filter(
        county_id=found.county_id, state=PolicyState.APPROVED, period__endswith=first
    ).first()
    if before:
        own = known(before.text).policy.valid_to
        ends = min((day for day in (own, after) if day), default=None)
        before.period = DateRange(before.period.lower, ends)
        before.save()


def _locked(version: PolicyVersion) -> PolicyVersion:
    """One approval or retirement of a county at a time: they shorten each other's days.

    Bills that are being settled are waited for, and those that come wait: none is settled by rules that
    end meanwhile (hold_year.sql)."""
    Area.objects.select_for_update(no_key=True).get(pk=version.county_id)
    prepared(_NOBODY_SETTLES, {"county": version.county_id})
    found: PolicyVersion = PolicyVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    return found


def _may_be_approved(found: PolicyVersion, by: User, seen: str) -> None:
    if found.state != PolicyState.DRAFT:
        raise ValidationError(_("This version is no draft any more."))
    if found.drafted_by_id == by.pk:
        raise ValidationError(_("You wrote this draft. A second officer of the county has to approve it."))
    if seen and seen != found.sha256:
        raise ValidationError(_("The draft was changed after you opened it. Read it again first."))
    if found.document_id is None:
        raise ValidationError(_("The draft names no document. Choose the document it rests on first."))
    if not checked(found.text).is_sound:
        raise ValidationError(_("The text has mistakes, or one of its cases gives something else."))


def _make_room(earlier: PolicyVersion, coming: PolicyVersion) -> None:
    """The version before ends on the first day of the new one."""
    first = coming.period.lower
    if earlier.period.lower >= first:
        raise ValidationError(
            _("%(name)s is in force from %(day)s already. Let the draft begin later, or end before that day.")
            % {"name": earlier, "day": earlier.period.lower}
        )
    after = earlier.period.upper
    if coming.period.upper and (after is None or after > coming.period.upper):
        raise ValidationError(
            _("The draft ends on %(day)s inside the days of %(name)s. Leave its end open.")
            % {"name": earlier, "day": coming.period.upper - timedelta(days=1)}
        )
    _end(earlier, first)
    earlier.save()


def _end(found: PolicyVersion, ends_on: date) -> None:
    lower, upper = found.period.lower, found.period.upper
    if ends_on <= lower or (upper and ends_on > upper):
        raise ValidationError(
            {"ends_on": _("Choose a day after %(first)s and inside its days.") % {"first": lower}}
        )
    settled = settled_from(found, ends_on)
    if settled:
        raise ValidationError(
            _(
                "%(count)s bills of %(day)s or later are settled by %(name)s. Choose a later day, "
                "or reverse those bills first."
            )
            % {"count": settled, "day": ends_on, "name": found}
        )
    found.period = DateRange(lower, ends_on)
