"""What a row says about a case of major disease: how far it has come."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followups.models import MajorCase
from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row


def major_case(row: Row, around: Any) -> tuple[str, str, str]:
    name = str(around.diseases.get(row["disease"], row["disease"]))
    if not row["is_registered"]:
        return name, "bad", pgettext("status", "no case")
    parts = [name, choice(MajorCase, "stage", row["stage"])]
    if row["why_not"]:
        parts.append(choice(MajorCase, "why_not", row["why_not"]))
    if row["is_closed"]:
        return " · ".join(parts), "quiet", choice(MajorCase, "close_reason", row["close_reason"])
    if not row["treatment"]:
        return " · ".join(parts), "warn", pgettext("status", "nothing recorded")
    tone = "good" if row["is_treated"] else "bad"
    return " · ".join(parts), tone, choice(MajorCase, "treatment", row["treatment"])


def closing(row: Row, around: Any) -> tuple[str, str, str]:
    name = str(around.diseases.get(row["disease"], row["disease"]))
    text = _("%(disease)s · closed on %(day)s") % {"disease": name, "day": day(row["closed_on"])}
    return text, "quiet", choice(MajorCase, "close_reason", row["close_reason"])
