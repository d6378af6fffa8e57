"""The words around a number: its unit, how it stands, and the share as it is written."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Level
from healthaid.reports.indicators import Light, Unit

UNITS: dict[Unit, str | Promise] = {
    Unit.HOUSEHOLDS: pgettext_lazy("unit", "households"),
    Unit.PERSONS: pgettext_lazy("unit", "persons"),
    Unit.TIMES: pgettext_lazy("unit", "visits"),
    Unit.CASES: pgettext_lazy("unit", "needs"),
    Unit.EPISODES: pgettext_lazy("unit", "cases"),
    Unit.ITEMS: pgettext_lazy("unit", "items"),
}
LIGHTS: dict[Light, str | Promise] = {
    Light.GOOD: _("on target"),
    Light.WARN: _("close to the target"),
    Light.BAD: _("off target"),
    Light.QUIET: _("not judged"),
}
FORMS: dict[str, str | Promise] = {
    "hypertension": gettext_lazy("Hypertension follow-up"),
    "type2_diabetes": gettext_lazy("Diabetes follow-up"),
    "home_visit": gettext_lazy("Home visit"),
}
CHILDREN: dict[str, str | Promise] = {
    Level.PROVINCE: _("Prefecture"),
    Level.PREFECTURE: _("County"),
    Level.COUNTY: _("Street or township"),
    Level.TOWNSHIP: _("Village"),
    Level.VILLAGE: _("Team"),
}


def number(count: int) -> str:
    return f"{count:,}"


def percent(share: Decimal | None) -> str:
    """Without an empty decimal; n/a when there is nobody to count."""
    if share is None:
        return gettext("n/a")
    return f"{share:f}".removesuffix(".0")
