"""The shapes of stays, bills and settlements."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from claims.choices import (
    AdmissionState,
    Care,
    HospitalLevel,
    ItemCategory,
    ItemClass,
    NoCredit,
    ReceiptKind,
    ReferralStanding,
    SettlementKind,
)
from healthaid.api.contracts import AREA_CODE, code, code_or_blank, day, number, text, whole

HIDDEN = _("null, unless the token has the scope identify and a purpose is stated")
YUAN = _("Yuan; null, unless the token has the scope identify and a purpose is stated")
HOSPITAL = _("Code of the institution")


def yuan(help_text: Any = YUAN) -> s.FloatField:
    return number(help_text)


def hidden(help_text: Any = HIDDEN) -> s.CharField:
    return s.CharField(help_text=help_text, allow_blank=True, allow_null=True)


class Admission(s.Serializer):
    id = s.UUIDField()
    person = s.UUIDField()
    household = s.UUIDField()
    village = text(AREA_CODE)
    institution = text(HOSPITAL)
    care = code(Care.choices)
    level = code(HospitalLevel.choices, _("Level of the hospital on that day"))
    in_county = s.BooleanField()
    designated = s.BooleanField(help_text=_("In a hospital that insurance has chosen"))
    admitted_on = day()
    discharged_on = day(null=True)
    state = code(AdmissionState.choices)
    referral = code(ReferralStanding.choices, _("Whether the rules of referral were followed"))
    treats_first = s.BooleanField(help_text=_("Treated before paying, without a deposit"))
    no_credit = code_or_blank(NoCredit.choices, _("Why not treated before paying"))
    agreed_on = day(_("Agreement on paying later signed on"), null=True)
    priority = s.BooleanField()
    reserved_bed = s.BooleanField()
    settlement = s.UUIDField(allow_null=True, help_text=_("The settlement that stands"))
    hospital_no = hidden()
    diagnosis = hidden()
    icd10 = hidden()
    changed_at = s.DateTimeField()


class BillItem(s.Serializer):
    category = code(ItemCategory.choices)
    item_class = code(ItemClass.choices, _("A in full, B with a part paid first, C outside the catalogue"))
    name = hidden()
    amount = yuan()
    first_pay = yuan(_("The part of class B that is paid first, yuan"))
    over_limit = yuan(_("What lies over the limit price, yuan"))


class Receipt(s.Serializer):
    kind = code(ReceiptKind.choices)
    received_on = day()
    amount = yuan()


class AdmissionRecord(Admission):
    referral_no = hidden()
    signer_name = hidden()
    cancel_reason = hidden()
    items = BillItem(many=True)
    receipts = Receipt(many=True)


class PolicyNamed(s.Serializer):
    code = text()
    version = whole()
    document = s.CharField(allow_null=True, help_text=_("Number of the document it rests on"))


class SettlementLine(s.Serializer):
    layer = text(_("Code of the layer in the policy"))
    payer = text()
    clause = text(_("The clause it rests on"))
    amount = yuan()
    base = yuan(_("What the layer was reckoned on, before its deductible"))
    deductible = yuan(_("The part of it taken from this bill"))


class Settlement(s.Serializer):
    id = s.UUIDField()
    number = text(_("Settlement number; the revisions of one bill share it"))
    revision = whole()
    kind = code(SettlementKind.choices)
    standing = s.BooleanField(help_text=_("false once it was taken back; a reversal never stands"))
    admission = s.UUIDField()
    person = s.UUIDField()
    household = s.UUIDField()
    village = text(AREA_CODE)
    institution = text(HOSPITAL)
    level = code(HospitalLevel.choices)
    year = whole(_("The calendar year whose totals it counts in"))
    settled_on = day()
    policy = PolicyNamed()
    actual_ratio = yuan(_("What all payers bear ÷ total cost less discount"))
    policy_ratio = yuan(_("What all payers bear of the compliant cost ÷ compliant cost"))
    reverses = s.UUIDField(allow_null=True, help_text=_("The settlement that it takes back"))
    because_of = s.UUIDField(allow_null=True, help_text=_("The correction of another bill that moved it"))
    total = yuan()
    compliant = yuan()
    discount = yuan()
    paid = yuan()
    patient = yuan()
    lines = SettlementLine(many=True)
    changed_at = s.DateTimeField()


class SettlementRecord(Settlement):
    reason = hidden()
    explanation = s.DictField(
        allow_null=True,
        help_text=_(
            "title, text, clause, formula, amount, applied, reasons and children of the same shape, in the "
            "language of Accept-Language; null like the amounts"
        ),
    )
