"""What the lists of stays and settlements can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from claims.choices import AdmissionState, Care, HospitalLevel, SettlementKind
from healthaid.api.filters import (
    HOUSEHOLD,
    PERSON,
    DateWhere,
    Narrowed,
    UuidWhere,
    flag,
    hospital_filter,
    one_of,
    township_filter,
    village_filter,
)

_STAY = "t.admission_id = (SELECT a.id FROM claims_admission a WHERE a.uuid = %(admission)s)"
STANDS = f"(t.is_standing AND t.kind <> '{SettlementKind.REVERSED}')"
DAY = _("First day, yyyy-mm-dd")
LAST = _("Last day, yyyy-mm-dd")


class AdmissionFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    institution = hospital_filter("institution", _("Code of the hospital"))
    care = one_of(Care.choices, "care", _("A stay, or a visit to an outpatient window"))
    level = one_of(HospitalLevel.choices, "level", _("Level of the hospital"))
    state = one_of(AdmissionState.choices, "state", _("How far it has come"))
    treats_first = flag(_("true: treated before paying"), "t.treats_first")
    in_county = flag(_("true: in a hospital of the county"), "t.is_in_county")
    admitted_from = DateWhere(sql="t.admitted_on >= %(admitted_from)s", help_text=DAY)
    admitted_to = DateWhere(sql="t.admitted_on <= %(admitted_to)s", help_text=LAST)


class SettlementFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    admission = UuidWhere(sql=_STAY, help_text=_("Id of an admission"))
    institution = hospital_filter("institution", _("Code of the hospital"))
    kind = one_of(SettlementKind.choices, "kind", _("First, corrected, adjusted or a reversal"))
    standing = flag(_("true: without what was taken back, and without the reversals themselves"), STANDS)
    settled_from = DateWhere(sql="t.settled_on >= %(settled_from)s", help_text=DAY)
    settled_to = DateWhere(sql="t.settled_on <= %(settled_to)s", help_text=LAST)
