"""What a row of the access log says: which fields were seen and why, in the reader's language."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.base.words import listed

register = template.Library()

FIELDS_NAMED = 7
FIELDS = {
    "name": _("name of a person"),
    "id_number": _("identity number"),
    "phone": _("phone"),
    "address": _("address"),
    "birth_date": _("date of birth"),
    "answers": _("answers"),
    "sex and age": _("sex and age"),
    "village": _("village"),
    "register number": _("register number"),
    "team": _("team"),
    "detail": _("details"),
    "status": _("status"),
    "case paper": _("paper of a case"),
    "contract paper": _("paper of a contract"),
    "need paper": _("paper of a need"),
    "referral paper": _("paper of a referral"),
}
REASONS = {
    "kept on the doctor's phone": _("kept on the doctor's phone"),
    "call before a visit": _("call before a visit"),
    "refused rows of a register import": _("refused rows of a register import"),
    "case paper": _("paper of a case"),
    "contract paper": _("paper of a contract"),
    "need paper": _("paper of a need"),
    "referral paper": _("paper of a referral"),
}


@register.filter
def fields_in_words(fields: Sequence[str]) -> str:
    """The fields by name; of many columns only how many."""
    if len(fields) > FIELDS_NAMED:
        return ngettext("%(n)s column", "%(n)s columns", len(fields)) % {"n": len(fields)}
    return listed(FIELDS.get(field, field) for field in fields)


@register.filter
def reason_in_words(purpose: str) -> str:
    """Reasons that the program gives are translated; what a person wrote stands as it was written."""
    return str(REASONS.get(purpose, purpose))
