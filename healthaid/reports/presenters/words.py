"""The words around a number: its unit, how it stands, and the share as it is written."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, npgettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Level, User
from healthaid.reports.indicators import Amount, Light, Unit

UNITS: dict[Unit, str | Promise] = {
    Unit.HOUSEHOLDS: pgettext_lazy("unit", "households"),
    Unit.PERSONS: pgettext_lazy("unit", "persons"),
    Unit.TIMES: pgettext_lazy("unit", "visits"),
    Unit.CASES: pgettext_lazy("unit", "needs"),
    Unit.EPISODES: pgettext_lazy("unit", "cases"),
    Unit.ITEMS: pgettext_lazy("unit", "items"),
    Unit.RETURNS: pgettext_lazy("unit", "returns"),
    Unit.RISKS: pgettext_lazy("unit", "risks"),
    Unit.STAYS: pgettext_lazy("unit", "stays"),
    Unit.VILLAGES: pgettext_lazy("unit", "villages"),
    Unit.CLINICS: pgettext_lazy("unit", "clinics"),
    Unit.HOSPITALS: pgettext_lazy("unit", "hospitals"),
    Unit.BEDS: pgettext_lazy("unit", "beds"),
    Unit.EVENTS: pgettext_lazy("unit", "events"),
    Unit.YUAN: pgettext_lazy("unit", "yuan"),
}
LIGHTS: dict[Light, str | Promise] = {
    Light.GOOD: _("on target"),
    Light.WARN: _("close"),
    Light.BAD: _("off target"),
    Light.QUIET: _("not judged"),
}
CHILDREN: dict[str, str | Promise] = {
    Level.PROVINCE: _("Prefecture"),
    Level.PREFECTURE: _("County"),
    Level.COUNTY: _("Street or township"),
    Level.TOWNSHIP: _("Village"),
    Level.VILLAGE: _("Team"),
}


def unit(kind: Unit, amount: Amount) -> str:
    """The unit behind a number: 1 person, 2 persons."""
    count = int(amount)
    words = {
        Unit.HOUSEHOLDS: npgettext("unit", "household", "households", count),
        Unit.PERSONS: npgettext("unit", "person", "persons", count),
        Unit.TIMES: npgettext("unit", "visit", "visits", count),
        Unit.CASES: npgettext("unit", "need", "needs", count),
        Unit.EPISODES: npgettext("unit", "case", "cases", count),
        Unit.ITEMS: npgettext("unit", "item", "items", count),
        Unit.RETURNS: npgettext("unit", "return", "returns", count),
        Unit.RISKS: npgettext("unit", "risk", "risks", count),
        Unit.STAYS: npgettext("unit", "stay", "stays", count),
        Unit.VILLAGES: npgettext("unit", "village", "villages", count),
        Unit.CLINICS: npgettext("unit", "clinic", "clinics", count),
        Unit.HOSPITALS: npgettext("unit", "hospital", "hospitals", count),
        Unit.BEDS: npgettext("unit", "bed", "beds", count),
        Unit.EVENTS: npgettext("unit", "event", "events", count),
        Unit.YUAN: pgettext("unit", "yuan"),
    }
    return words[kind]


def number(amount: Amount) -> str:
    """1,234 of what is counted, 1,234.50 of what is money."""
    return f"{amount:,.2f}" if isinstance(amount, Decimal) else f"{amount:,}"


def percent(share: Decimal | None) -> str:
    """Without an empty decimal; n/a when there is nobody to count."""
    if share is None:
        return gettext("n/a")
    return f"{share:f}".removesuffix(".0")


def trace(by: User, at: datetime) -> str:
    """Who printed a sheet and when, for its foot."""
    moment = date_format(localtime(at), "DATETIME_FORMAT")
    return gettext("Printed by %(who)s, %(when)s") % {"who": by.get_username(), "when": moment}


def choice(model: Any, field: str, value: str) -> str:
    return str(dict(model._meta.get_field(field).flatchoices).get(value, value))


def day(value: date | None) -> str:
    return date_format(value, "Y-m-d") if value else ""
