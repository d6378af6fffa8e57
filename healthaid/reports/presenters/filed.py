"""What a row says of a person's file: the screening, the record, the case of identification."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row
from households.models import IdentificationCase


def screening(row: Row, _around: Any) -> tuple[str, str, str]:
    """That a result is known, never which: a result may name what only health staff may see."""
    if not row["is_screened"]:
        return "", "warn", pgettext("status", "no result")
    text = _("screened on %(day)s") % {"day": day(row["screened_on"])}
    return text, "good", pgettext("status", "result known")


def health_record(row: Row, _around: Any) -> tuple[str, str, str]:
    if not row["has_record"]:
        return "", "bad", pgettext("status", "no record")
    text = _("last brought up to date on %(day)s") % {"day": day(row["updated_on"])}
    if row["is_good"]:
        return text, "good", pgettext("status", "complete and up to date")
    return text, "warn", pgettext("status", "incomplete or out of date")


def identification(row: Row, around: Any) -> tuple[str, str, str]:
    name = str(around.diseases.get(row["disease"], row["disease"]))
    text = _("%(disease)s · opened on %(day)s") % {"disease": name, "day": day(row["opened_on"])}
    if row["is_decided"]:
        return text, "good", choice(IdentificationCase, "state", row["state"])
    level = choice(IdentificationCase, "level", row["level"])
    return f"{text} · {level}", "warn", pgettext("status", "on its way")
