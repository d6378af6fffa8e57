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
    "age": pgettext_lazy("seen", "age"),
    "amount": pgettext_lazy("seen", "amount"),
    "amounts": pgettext_lazy("seen", "amounts"),
    "bills": pgettext_lazy("seen", "bills"),
    "causes": pgettext_lazy("seen", "causes of a shortfall"),
    "cost": pgettext_lazy("seen", "cost"),
    "counts": pgettext_lazy("seen", "counts"),
    "diagnosis": pgettext_lazy("seen", "diagnosis"),
    "disease": pgettext_lazy("seen", "disease"),
    "diseases": pgettext_lazy("seen", "diseases"),
    "due": pgettext_lazy("seen", "due day"),
    "holder": pgettext_lazy("seen", "who has to act"),
    "hospital": pgettext_lazy("seen", "hospital"),
    "id_masked": pgettext_lazy("seen", "masked identity number"),
    "kind": pgettext_lazy("seen", "kind"),
    "last visit": pgettext_lazy("seen", "last visit"),
    "layer": pgettext_lazy("seen", "layer of payment"),
    "mean": pgettext_lazy("seen", "mean"),
    "month": pgettext_lazy("seen", "month"),
    "own": pgettext_lazy("seen", "own share"),
    "package": pgettext_lazy("seen", "package of services"),
    "paid": pgettext_lazy("seen", "what was paid"),
    "payer": pgettext_lazy("seen", "payer"),
    "persons": pgettext_lazy("seen", "persons"),
    "result": pgettext_lazy("seen", "result"),
    "risk": pgettext_lazy("seen", "risk"),
    "settled on": pgettext_lazy("seen", "day of settlement"),
    "short": pgettext_lazy("seen", "what is short"),
    "since": pgettext_lazy("seen", "since when"),
    "to do": pgettext_lazy("seen", "what is to be done"),
    "until": pgettext_lazy("seen", "until when"),
    "whole": pgettext_lazy("seen", "whole cost"),
    "reference": pgettext_lazy("seen", "settlement number"),
    "hospital_no": pgettext_lazy("seen", "hospital number"),
    "admitted_on": pgettext_lazy("seen", "day of admission"),
    "discharged_on": pgettext_lazy("seen", "day of discharge"),
    "total": pgettext_lazy("seen", "total"),
    "case paper": pgettext_lazy("seen", "paper of a case"),
    "contract paper": pgettext_lazy("seen", "paper of a contract"),
    "need paper": pgettext_lazy("seen", "paper of a need"),
    "referral paper": pgettext_lazy("seen", "paper of a referral"),
}
REASONS = {
    "kept on the doctor's phone": pgettext_lazy("seen", "kept on the doctor's phone"),
    "call before a visit": pgettext_lazy("seen", "call before a visit"),
    "refused rows of a register import": pgettext_lazy("seen", "refused rows of a register import"),
    "treat-first agreement": pgettext_lazy("seen", "treat-first agreement"),
    "receipt": pgettext_lazy("seen", "receipt"),
    "contact card": pgettext_lazy("seen", "contact card"),
    "settlement slip": pgettext_lazy("seen", "settlement slip"),
    "discharge statement": pgettext_lazy("seen", "discharge statement"),
    "year-end slip": pgettext_lazy("seen", "year-end slip"),
    "service agreement": pgettext_lazy("seen", "service agreement"),
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
