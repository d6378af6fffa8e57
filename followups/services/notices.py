"""When the notice of a disease came: from that hour on the first visit is owed."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import DutyState
from followups.models import Duty
from followups.rules import FirstVisitRule, all_rules
from households.models import Condition


def note_notice(*, duty: Duty, at: datetime, by: User, now: datetime) -> Duty:
    """This will note the hour of the notice on the disease, and have the first visit owed from there.

    :raises ValidationError: where the hour lies ahead, or before the day on which the disease was confirmed.
    """
    check(by, "note_notice")
    rule = all_rules().get(duty.rule)
    if at > now:
        raise ValidationError({"at": _("This lies ahead. Enter when the notice came.")})
    with transaction.atomic():
        held: Duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
        if held.state != DutyState.OPEN or not isinstance(rule, FirstVisitRule):
            raise ValidationError(_("This visit is not waited for any more."))
        if timezone.localtime(at).date() < held.starts_on:
            raise ValidationError({"at": _("This is before the day on which the disease was confirmed.")})
        until = at + timedelta(hours=rule.within_hours)
        _note(held, at)
        held.why = held.why | {"until": until.isoformat()}
        held.ends_on = max(_last_day(until), held.due_on)
        held.save(update_fields=["why", "ends_on"])
    return held


def _note(duty: Duty, at: datetime) -> None:
    ill = Condition.objects.filter(person=duty.person, disease__code=duty.why.get("disease"), ended_on=None)
    ill.update(noticed_at=at)


def _last_day(until: datetime) -> date:
    return timezone.localtime(until - timedelta(seconds=1)).date()
