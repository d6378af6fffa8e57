"""What a row says about a village or its clinic."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clinics.models import Institution
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
