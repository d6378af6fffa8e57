"""The shapes of needs and referrals."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from followups.choices import (
    CheckResult,
    NeedKind,
    NeedState,
    PriorityKind,
    ReferralResult,
    ReferralState,
    StepKind,
    Urgency,
    WordMissing,
)
from healthaid.api.contracts import AREA_CODE, code, code_or_blank, day, number, text, whole


class Need(s.Serializer):
    id = s.UUIDField()
    person = s.UUIDField(help_text=_("Whose need it is; not always the one who was visited"))
    household = s.UUIDField()
    village = text(AREA_CODE)
    kind = code(NeedKind.choices)
    state = code(NeedState.choices)
    raised_on = day()
    due_on = day(_("To be met by"))
    overdue = s.BooleanField(help_text=_("Open and past that day, today"))
    closed_on = day(null=True)
    quoted_amount = number(_("What a hospital quoted, yuan; before any bill"))
    put_off = s.BooleanField(help_text=_("Treatment is put off because of the cost"))
    satisfaction = whole(_("1 to 5"), null=True)
    word_missing = code_or_blank(WordMissing.choices, _("Why the person could not be asked"))
    visit = s.UUIDField(allow_null=True, help_text=_("The visit that brought it up"))
    merged_into = s.UUIDField(allow_null=True, help_text=_("The need that goes on where it was noted twice"))
    changed_at = s.DateTimeField()


class NeedLine(s.Serializer):
    on = day()
    kind = code(StepKind.choices)
    state = code(NeedState.choices)
    note = text()


class NeedPaper(s.Serializer):
    code = text()
    done_on = day(null=True)
    note = text()


class NeedRecord(Need):
    description = text()
    outcome = text()
    person_says = text(_("In the person's own words"))
    log = NeedLine(many=True)
    papers = NeedPaper(many=True)


class Referral(s.Serializer):
    id = s.UUIDField()
    person = s.UUIDField()
    household = s.UUIDField()
    village = text(AREA_CODE)
    need = s.UUIDField(allow_null=True)
    visit = s.UUIDField(allow_null=True, help_text=_("The visit that said refer"))
    follows = s.UUIDField(allow_null=True, help_text=_("The declined referral that it replaces"))
    from_institution = s.CharField(allow_null=True, help_text=_("Code of the institution"))
    to_institution = text(_("Code of the institution"))
    urgency = code(Urgency.choices)
    priority = s.BooleanField(help_text=_("Registration, examination and admission before others"))
    state = code(ReferralState.choices)
    referred_at = s.DateTimeField()
    answered_at = s.DateTimeField(allow_null=True)
    arrived_on = day(null=True)
    admitted = s.BooleanField()
    discharged_on = day(null=True)
    returned_at = s.DateTimeField(allow_null=True)
    check_by = day(_("Last day of the two-week check"))
    checked_on = day(null=True)
    check_result = code_or_blank(CheckResult.choices)
    check_overdue = s.BooleanField()
    changed_at = s.DateTimeField()


class PriorityTime(s.Serializer):
    kind = code(PriorityKind.choices)
    asked_at = s.DateTimeField()
    served_at = s.DateTimeField(allow_null=True)


class ReferralRecord(Referral):
    department = text()
    reason = text()
    decline_reason = text()
    cancel_reason = text()
    result = code_or_blank(ReferralResult.choices)
    diagnosis = text()
    advice = text()
    check_note = text()
    services = PriorityTime(many=True)
