"""What a row of the access log says: which fields were seen and why, in the reader's language."""

from collections.abc import Sequence

from django import template
from django.utils.translation import ngettext, pgettext_lazy

from core.base.words import listed

register = template.Library()

FIELDS_NAMED = 7
FIELDS = {
    "name": pgettext_lazy("seen", "name of a person"),
    "id_number": pgettext_lazy("seen", "identity number"),
    "phone": pgettext_lazy("seen", "phone"),
    "address": pgettext_lazy("seen", "address"),
    "birth_date": pgettext_lazy("seen", "date of birth"),
    "answers": pgettext_lazy("seen", "answers"),
    "sex and age": pgettext_lazy("seen", "sex and age"),
    "village": pgettext_lazy("seen", "village"),
    "register number": pgettext_lazy("seen", "register number"),
    "team": pgettext_lazy("seen", "team"),
    "detail": pgettext_lazy("seen", "details"),
    "status": pgettext_lazy("seen", "status"),
    "case paper": pgettext_lazy("seen", "paper of a case"),
    "contract paper": pgettext_lazy("seen", "paper of a contract"),
    "need paper": pgettext_lazy("seen", "paper of a need"),
    "referral paper": pgettext_lazy("seen", "paper of a referral"),
}
REASONS = {
    "kept on the doctor's phone": pgettext_lazy("seen", "kept on the doctor's phone"),
    "call before a visit": pgettext_lazy("seen", "call before a visit"),
    "refused rows of a register import": pgettext_lazy("seen", "refused rows of a register import"),
    "case paper": pgettext_lazy("seen", "paper of a case"),
    "contract paper": pgettext_lazy("seen", "paper of a contract"),
    "need paper": pgettext_lazy("seen", "paper of a need"),
    "referral paper": pgettext_lazy("seen", "paper of a referral"),
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
