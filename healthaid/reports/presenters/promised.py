"""What a row says about what is owed: when a person was last met, how far a promise is, who was back, and
whether a household knows of it."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from followups.packages import all_items
from healthaid.outreach.models import SurveyHome
from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row


def served(row: Row, _around: Any) -> tuple[str, str, str]:
    met = row["met_on"]
    text = _("last met on %(day)s") % {"day": date_format(met, "Y-m-d")} if met else _("never met")
    if row["is_served"]:
        return text, "good", pgettext("status", "served")
    return text, "bad", pgettext("status", "not served")


def promise(row: Row, _around: Any) -> tuple[str, str, str]:
    item = all_items()[row["item"]].title.get(get_language() or "zh-hans")
    text = _("%(item)s · %(done)s done, %(due)s due, %(promised)s for the year") % {
        "item": item,
        "done": row["done"],
        "due": row["due"],
        "promised": row["promised"],
    }
    if row["is_kept"]:
        return text, "good", pgettext("status", "on schedule")
    return text, "warn", pgettext("status", "behind")


def back_in_village(row: Row, _around: Any) -> tuple[str, str, str]:
    month = date_format(row["month"], "YEAR_MONTH_FORMAT")
    if not row["is_back"]:
        return month, "warn", pgettext("status", "not back yet")
    told = _("%(month)s · back on %(day)s · %(served)s served") % {
        "month": month,
        "day": date_format(row["returned_on"], "Y-m-d"),
        "served": row["served"],
    }
    return told, "good", pgettext("status", "back")


def surveyed(row: Row, _around: Any) -> tuple[str, str, str]:
    if not row["is_asked"]:
        why = choice(SurveyHome, "why_not", row["why_not"]) if row["why_not"] else ""
        return (
            f"{row['round_name']} · {why}" if why else row["round_name"],
            "quiet",
            pgettext("survey", "not asked"),
        )
    text = _("%(round)s · asked on %(day)s · %(n)s answers right") % {
        "round": row["round_name"],
        "day": day(row["asked_on"]),
        "n": row["right_answers"],
    }
    if row["is_aware"]:
        return text, "good", pgettext("survey", "knows the policy")
    return text, "bad", pgettext("survey", "does not know it")
