"""What a row says about a village, its clinic, a hospital, an event."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.clinics.models import Institution
from healthaid.outreach.models import Event
from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row


def village(row: Row, _around: Any) -> tuple[str, str, str]:
    if not row["has_clinic"]:
        return "", "bad", pgettext("status", "no clinic")
    if not row["is_licensed"]:
        return row["place"], "bad", pgettext("status", "no valid licence")
    text = _("%(clinic)s · licence valid until %(day)s") % {
        "clinic": row["place"],
        "day": day(row["valid_to"]),
    }
    return text, "good", pgettext("status", "licensed")


def clinic(row: Row, _around: Any) -> tuple[str, str, str]:
    owner = choice(Institution, "ownership", row["ownership"])
    if row["is_standardised"]:
        return owner, "good", pgettext("status", "to the standard")
    return owner, "warn", pgettext("status", "not to the standard")


def prices(row: Row, _around: Any) -> tuple[str, str, str]:
    """What the last check of a clinic's prices found."""
    if row["checked_on"] is None:
        return "", "warn", pgettext("prices", "not checked")
    words = ngettext("%(n)s drug checked on %(day)s", "%(n)s drugs checked on %(day)s", row["drugs"])
    text = words % {"n": row["drugs"], "day": day(row["checked_on"])}
    if not row["marked_up"]:
        return text, "good", pgettext("prices", "zero mark-up")
    above = ngettext("%(n)s drug marked up", "%(n)s drugs marked up", row["marked_up"])
    return text, "bad", above % {"n": row["marked_up"]}


def hospital(row: Row, _around: Any) -> tuple[str, str, str]:
    text = _("%(reserved)s of %(beds)s beds set aside, %(needed)s needed") % {
        "reserved": row["reserved_beds"],
        "beds": row["beds"],
        "needed": row["needed"],
    }
    if row["reserved_beds"] >= row["needed"]:
        return text, "good", pgettext("beds", "enough")
    return text, "bad", pgettext("beds", "too few")


def event(row: Row, _around: Any) -> tuple[str, str, str]:
    text = _("%(place)s · %(day)s · %(n)s persons reached") % {
        "place": row["held_at"],
        "day": day(row["held_on"]),
        "n": row["attendance"],
    }
    return text, "quiet", choice(Event, "kind", row["kind"])


def free_clinic(row: Row, _around: Any) -> tuple[str, str, str]:
    if not row["had_free_clinic"]:
        return "", "warn", pgettext("status", "none this year")
    return _("last on %(day)s") % {"day": day(row["held_on"])}, "good", pgettext("status", "held")
