"""What the lists of needs and referrals can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from followups.choices import NeedKind, NeedState, ReferralState, Urgency
from healthaid.api.filters import (
    HOUSEHOLD,
    PERSON,
    TODAY,
    DateWhere,
    Narrowed,
    UuidWhere,
    flag,
    hospital_filter,
    one_of,
    township_filter,
    village_filter,
)

OVERDUE_NEED = f"(t.state IN ('{NeedState.OPEN}', '{NeedState.IN_PROGRESS}') AND t.due_on < %({TODAY})s)"
OVERDUE_CHECK = f"""(t.checked_on IS NULL AND t.check_by < %({TODAY})s
    AND t.state NOT IN ('{ReferralState.DECLINED}', '{ReferralState.CANCELLED}'))"""


class NeedFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    kind = one_of(NeedKind.choices, "kind", _("What kind of need"))
    state = one_of(NeedState.choices, "state", _("What became of it"))
    overdue = flag(_("true: open and past the day it was to be met by"), OVERDUE_NEED)
    put_off = flag(_("true: treatment is put off because of the cost"), "t.is_put_off")
    due_from = DateWhere(sql="t.due_on >= %(due_from)s", help_text=_("First due day, yyyy-mm-dd"))
    due_to = DateWhere(sql="t.due_on <= %(due_to)s", help_text=_("Last due day, yyyy-mm-dd"))


class ReferralFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    to_institution = hospital_filter("to_institution", _("Code of the hospital"))
    state = one_of(ReferralState.choices, "state", _("How far it has come"))
    urgency = one_of(Urgency.choices, "urgency", _("How soon"))
    check_overdue = flag(_("true: nobody has asked after it within two weeks"), OVERDUE_CHECK)
    referred_from = DateWhere(sql="t.referred_on >= %(referred_from)s", help_text=_("First day, yyyy-mm-dd"))
    referred_to = DateWhere(sql="t.referred_on <= %(referred_to)s", help_text=_("Last day, yyyy-mm-dd"))
