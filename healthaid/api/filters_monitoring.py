"""What the list of households at risk can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from healthaid.api.filters import (
    HOUSEHOLD,
    TODAY,
    DateWhere,
    Narrowed,
    UuidWhere,
    flag,
    one_of,
    township_filter,
    village_filter,
)
from households.choices import Cause, Holder, MonitoredKind, MonitoringSource, MonitoringState

OPEN = "(t.holder <> '')"
OVERDUE_MONITORING = f"(t.holder <> '' AND t.due_on < %({TODAY})s)"


class MonitoringFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    kind = one_of(MonitoredKind.choices, "kind", _("Which of the three kinds"))
    risk = one_of(Cause.choices, "risk", _("What may make the household poor again"))
    source = one_of(MonitoringSource.choices, "source", _("How it came to light"))
    state = one_of(MonitoringState.choices, "state", _("How far it has come"))
    holder = one_of(Holder.choices, "holder", _("Which level has to act"))
    open = flag(_("true: the risk has not ended"), OPEN)
    overdue = flag(_("true: whoever has to act is past the day"), OVERDUE_MONITORING)
    found_from = DateWhere(sql="t.found_on >= %(found_from)s", help_text=_("First day, yyyy-mm-dd"))
    found_to = DateWhere(sql="t.found_on <= %(found_to)s", help_text=_("Last day, yyyy-mm-dd"))
