"""An absence as it is read: who is away until when, who stands in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.accounts.models import Absence, User
from followups.presenters.values import day_month


@dataclass(frozen=True)
class AbsenceLine:
    """`may_end` where it is not over and the reader may end it."""

    pk: int
    title: str
    days: str
    reason: str
    state: str
    tone: str
    may_end: bool


def present_absence(absence: Absence, on: date, *, may_end: bool) -> AbsenceLine:
    begun, over = absence.period.lower <= on, absence.period.upper <= on
    return AbsenceLine(
        pk=absence.pk,
        title=_("%(doctor)s (%(place)s): %(deputy)s stands in")
        % {
            "doctor": absence.doctor.get_full_name(),
            "place": absence.doctor.area.name,
            "deputy": absence.deputy.get_full_name(),
        },
        days=_("%(first)s to %(last)s")
        % {"first": day_month(absence.period.lower, on), "last": day_month(last_day(absence), on)},
        reason=_("%(reason)s, arranged by %(who)s")
        % {"reason": absence.get_reason_display(), "who": absence.by.get_full_name()},
        state=_("over") if over else _("now") if begun else _("to come"),
        tone="quiet" if over else "warn" if begun else "info",
        may_end=may_end and not over,
    )


def last_day(absence: Absence) -> date:
    """The last day on which the deputy stands in."""
    last: date = absence.period.upper - timedelta(days=1)
    return last


def standing_words(found: Iterable[Absence], user: User, on: date) -> list[str]:
    """What Today says: for whom the reader stands in, and who stands in for the reader."""
    return [_standing(absence, user, on) for absence in found]


def _standing(absence: Absence, user: User, on: date) -> str:
    words = {
        "doctor": absence.doctor.get_full_name(),
        "place": absence.doctor.area.name,
        "deputy": absence.deputy.get_full_name(),
        "day": day_month(last_day(absence), on),
    }
    if absence.deputy_id == user.pk:
        return _("You stand in for %(doctor)s (%(place)s) until %(day)s.") % words
    return _("%(deputy)s stands in for you until %(day)s.") % words


def away_words(absence: Absence, on: date) -> str:
    """What stands beside a member of a team."""
    words = {"day": day_month(last_day(absence), on), "deputy": absence.deputy.get_full_name()}
    return _("away until %(day)s, %(deputy)s stands in") % words
