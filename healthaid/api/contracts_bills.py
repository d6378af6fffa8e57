"""What hospital systems send: a stay, its bill, the wish to see and to settle it; and what they are told."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from claims.choices import (
    AdmissionState,
    Care,
    HospitalLevel,
    ItemCategory,
    ItemClass,
    NoCredit,
    ReferralStanding,
)
from healthaid.api.contracts import code, code_or_blank, day, number, text
from healthaid.api.contracts_claims import HOSPITAL, SettlementLine

YUAN = _("Yuan")
NOTHING = Decimal(0)


class AdmissionSent(s.Serializer):
    id = s.UUIDField(help_text=_("Made by the client; the same one again is the same stay. UUIDv7 is best"))
    person = s.UUIDField(help_text=_("Id of the person"))
    institution = s.CharField(max_length=22, help_text=HOSPITAL)
    admitted_on = s.DateField(help_text=_("Day of admission, or of the visit"))
    diagnosis = s.CharField(max_length=120, help_text=_("In words"))
    icd10 = s.CharField(max_length=20, required=False, default="", help_text=_("ICD-10 code of it"))
    care = code(Care.choices, required=False, default=Care.INPATIENT)
    level = code(HospitalLevel.choices, _("Taken from the hospital where it is left out"), required=False)
    hospital_no = s.CharField(
        max_length=40, required=False, default="", help_text=_("The hospital's own number")
    )
    discharged_on = s.DateField(required=False, help_text=_("Where the stay is over already"))
    in_county = s.BooleanField(required=False, default=True)
    designated = s.BooleanField(
        required=False, allow_null=True, default=None, help_text=_("Taken from the hospital where it is null")
    )
    referral = code(ReferralStanding.choices, required=False, default=ReferralStanding.NOT_NEEDED)
    referral_no = s.CharField(
        max_length=40, required=False, default="", help_text=_("Number of the referral")
    )
    treats_first = s.BooleanField(
        required=False, default=True, help_text=_("Treated before paying, without a deposit")
    )
    no_credit = code_or_blank(NoCredit.choices, _("Why not, where it is false"), required=False, default="")
    agreed_on = s.DateField(required=False, help_text=_("Agreement on paying later signed on"))
    signer_name = s.CharField(max_length=40, required=False, default="", help_text=_("Who signed it"))
    priority = s.BooleanField(required=False, default=False)
    reserved_bed = s.BooleanField(required=False, default=False)


class ItemSent(s.Serializer):
    category = code(ItemCategory.choices, _("Kind of cost"))
    item_class = code(ItemClass.choices, _("A in full, B with a part paid first, C outside the catalogue"))
    amount = s.DecimalField(max_digits=12, decimal_places=2, help_text=YUAN)
    first_pay = s.DecimalField(
        max_digits=12, decimal_places=2, required=False, default=NOTHING, help_text=_("Of class B only, yuan")
    )
    over_limit = s.DecimalField(
        max_digits=12,
        decimal_places=2,
        required=False,
        default=NOTHING,
        help_text=_("Over the limit, yuan"),
    )
    name = s.CharField(max_length=80, required=False, allow_blank=True, default="", help_text=_("In words"))


class BillSent(s.Serializer):
    lines = ItemSent(many=True, help_text=_("All of them: they take the place of what was sent before"))
    total = s.DecimalField(
        max_digits=12, decimal_places=2, required=False, help_text=_("Held against the sum of the lines")
    )
    discharged_on = s.DateField(required=False, help_text=_("Where the stay is over now"))


class SettleSent(s.Serializer):
    expected = s.CharField(
        required=False,
        max_length=2000,
        help_text=_("As the preview gave it; where the amounts have changed since then nothing is settled"),
    )


class BillAnswer(s.Serializer):
    id = s.UUIDField(help_text=_("Id of an admission"))
    state = code(AdmissionState.choices)
    admitted_on = day()
    discharged_on = day(null=True)
    items = s.IntegerField(help_text=_("Lines of the bill"))
    total = number(_("Sum of the lines, yuan"))


class Warned(s.Serializer):
    code = text()
    message = text()
    remedy = text()


class LaterBill(s.Serializer):
    number = text(_("Number of the settlement"))
    discharged_on = day()
    patient_before = s.FloatField(help_text=YUAN)
    patient_after = s.FloatField(help_text=YUAN)


class PreviewLine(SettlementLine):
    applied = s.BooleanField(help_text=_("Whether the person and the bill meet the conditions of the layer"))


class PreviewAnswer(s.Serializer):
    policy = text(_("Code of the policy in force"))
    total = number(YUAN)
    discount = number(YUAN)
    compliant = number(YUAN)
    paid = number(YUAN)
    patient = number(YUAN)
    actual_ratio = number(_("What all payers bear ÷ total cost less discount"))
    policy_ratio = number(_("What all payers bear of the compliant cost ÷ compliant cost"))
    lines = PreviewLine(many=True)
    explanation = s.DictField(help_text=_("As in the record of a settlement"))
    warnings = Warned(many=True)
    later = LaterBill(many=True, help_text=_("Bills settled already that would be settled again"))
    expected = text(_("Send it back when settling"))
