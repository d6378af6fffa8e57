"""Phones in words: the doctor, when last heard of, what is missing, what was not accepted and why."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.base.words import listed
from followups.models import Submission
from followups.presenters.duties import form_name
from followups.queries.devices import Gap, PhoneLine
from followups.services.visits import FieldProblem
from households.models import Household, Person

WRONG_CLOCK_SECONDS = 120


@dataclass(frozen=True)
class PhoneView:
    title: str
    heard: str
    facts: list[tuple[str, int]]
    warnings: list[str]


def present_phone(line: PhoneLine, at: datetime) -> PhoneView:
    device = line.device
    place = device.user.area.name
    return PhoneView(
        title=f"{device.user.get_full_name()} · {place} · #{device.device_id[-4:]}",
        heard=_("Last heard of %(ago)s ago") % {"ago": timesince(device.last_seen_at, at, depth=1)},
        facts=[
            (_("Accepted"), line.received),
            (_("Being judged"), line.waiting),
            (_("Not accepted"), line.refused),
            (_("In conflict"), line.conflicts),
        ],
        warnings=[*_missing(line.gaps, line.highest), *_kept(line, at), *_clock(device.skew_seconds)],
    )


def _missing(gaps: list[Gap], highest: int) -> list[str]:
    if not gaps:
        return []
    runs = [str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}" for gap in gaps]
    since = date_format(min(gap.since for gap in gaps), "DATE_FORMAT")
    words = _("Of numbers 1 to %(highest)s these never came: %(missing)s. Known since %(day)s.")
    return [words % {"highest": highest, "missing": listed(runs), "day": since}]


def _kept(line: PhoneLine, at: datetime) -> list[str]:
    device = line.device
    if not device.unsent:
        return []
    told = [
        ngettext(
            "The phone still keeps %(count)s record.",
            "The phone still keeps %(count)s records.",
            device.unsent,
        )
        % {"count": device.unsent}
    ]
    if device.oldest_unsent_at and device.oldest_unsent_at < at:
        ago = timesince(device.oldest_unsent_at, at, depth=1)
        told.append(_("The oldest is from %(ago)s ago.") % {"ago": ago})
    return told


def _clock(skew: int | None) -> list[str]:
    if skew is None or abs(skew) < WRONG_CLOCK_SECONDS:
        return []
    minutes = round(abs(skew) / 60)
    words = _("Its clock is %(minutes)s min fast.") if skew > 0 else _("Its clock is %(minutes)s min slow.")
    return [words % {"minutes": minutes}]


@dataclass(frozen=True)
class RefusedView:
    title: str
    reasons: list[str]
    remedies: list[str]
    received_at: datetime


@dataclass(frozen=True)
class MovedView:
    pk: int
    title: str
    whose: str
    sent: str
    received_at: datetime


def present_moved(row: Submission, subject: Person | Household, on: date) -> MovedView:
    """A visit made before its household moved here: the form and day, by whom, where it lives now."""
    form = form_name(str(row.body.get("protocol", ""))[:24], on)
    who = subject.name if isinstance(subject, Person) else _("The whole household")
    return MovedView(
        pk=row.pk,
        title=f"{form} · {_visited(row)}",
        whose=f"{who} · {subject.village.name}",
        sent=_("Made by %(name)s, %(place)s")
        % {"name": row.user.get_full_name(), "place": row.user.area.name},
        received_at=row.received_at,
    )


def present_refused(row: Submission, on: date) -> RefusedView:
    """Whose record, on which form and day, and why; the person is not named here."""
    language = get_language() or "zh-hans"
    problems = [FieldProblem.from_json(kept) for kept in row.problem.get("problems", [])]
    form = form_name(str(row.body.get("protocol", ""))[:24], on)
    return RefusedView(
        title=f"{row.user.get_full_name()} · {form} · {_visited(row)}",
        reasons=list(dict.fromkeys(problem.message.get(language) for problem in problems)),
        remedies=list(dict.fromkeys(problem.remedy.get(language) for problem in problems)),
        received_at=row.received_at,
    )


def _visited(row: Submission) -> str:
    """The day of the visit in words; as it was sent where it is no day."""
    sent = str(row.body.get("visited_on") or "")[:10]
    try:
        return date_format(date.fromisoformat(sent), "DATE_FORMAT")
    except ValueError:
        return sent
