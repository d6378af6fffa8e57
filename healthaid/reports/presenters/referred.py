"""What a row says about a referral: whether it was asked after in time, and how soon a priority was given."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followups.models import PriorityService
from healthaid.reports.presenters.words import choice, day
from healthaid.reports.queries.lists import Row


def referral(row: Row, _around: Any) -> tuple[str, str, str]:
    text = _("referred on %(day)s · to be asked after by %(last)s") % {
        "day": day(row["referred_on"]),
        "last": day(row["check_by"]),
    }
    if row["is_checked_in_time"]:
        return text, "good", _("asked after on %(day)s") % {"day": day(row["checked_on"])}
    if row["checked_on"]:
        return text, "warn", _("late, on %(day)s") % {"day": day(row["checked_on"])}
    return text, "bad", pgettext("status", "not asked after")


def priority(row: Row, _around: Any) -> tuple[str, str, str]:
    text = f"{choice(PriorityService, 'kind', row['kind'])} · {day(timezone.localtime(row['asked_at']))}"
    if row["is_within_a_day"]:
        return text, "good", pgettext("status", "within a day")
    return text, "warn", pgettext("status", "later") if row["served_at"] else pgettext("status", "waiting")
