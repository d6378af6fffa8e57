"""A referral as it is read: who goes where, why, how soon, how far it has come, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from followups.choices import PriorityKind, ReferralState, Urgency
from followups.models import PriorityService, Referral, Visit
from followups.presenters.values import day_month
from followups.queries.referrals import ENDED, ServiceTime
from followups.referral_times import answer_by

_TONES = {
    ReferralState.SENT: "warn",
    ReferralState.ACCEPTED: "info",
    ReferralState.ARRIVED: "info",
    ReferralState.RETURNED: "good",
    ReferralState.DECLINED: "bad",
    ReferralState.CANCELLED: "quiet",
}


@dataclass(frozen=True)
class ReferralView:
    url: str
    title: str
    place: str
    to: str
    reason: str
    state: str
    tone: str
    urgency: str
    is_emergency: bool
    check: str
    check_tone: str


def present_referral(referral: Referral, on: date) -> ReferralView:
    late = check_late(referral, on)
    unanswered = answer_late(referral, on)
    return ReferralView(
        url=reverse("followups:referral", args=[referral.uuid]),
        title=referral.person.name,
        place=" · ".join(filter(None, [referral.household.village.name, referral.household.group_name])),
        to=" · ".join(filter(None, [referral.to_institution.name, referral.department])),
        reason=referral.reason,
        state=referral.get_state_display(),
        tone=_TONES[ReferralState(referral.state)],
        urgency="" if referral.urgency == Urgency.ROUTINE else referral.get_urgency_display(),
        is_emergency=referral.urgency == Urgency.EMERGENCY,
        check=_unanswered(unanswered) if unanswered and not late else _check(referral, late, on),
        check_tone="bad" if late or unanswered else "quiet" if referral.checked_on else "info",
    )


def check_late(referral: Referral, on: date) -> int:
    """Days since the two-week check was due; 0 where it is not, was done, or is not needed any more."""
    if referral.checked_on or referral.state in ENDED:
        return 0
    return max((on - referral.check_by).days, 0)


def answer_late(referral: Referral, on: date) -> int:
    """Days since the hospital's answer was due; 0 where it has come or nobody waits for it any more."""
    if referral.state != ReferralState.SENT or referral.checked_on:
        return 0
    return max((on - answer_by(referral.urgency, referral.referred_on)).days, 0)


def _unanswered(late: int) -> str:
    return ngettext("Answer %(days)s day overdue", "Answer %(days)s days overdue", late) % {"days": late}


def _check(referral: Referral, late: int, on: date) -> str:
    if referral.state in ENDED:
        return ""
    if referral.checked_on:
        return _("Asked after on %(day)s") % {"day": day_month(referral.checked_on, on)}
    if late:
        return ngettext("Check %(days)s day overdue", "Check %(days)s days overdue", late) % {"days": late}
    return _("Ask after it by %(day)s") % {"day": day_month(referral.check_by, on)}


def stages(referral: Referral) -> list[dict[str, Any]]:
    """Sent → accepted → at the hospital → result back, as far as it has come."""
    ended = {
        ReferralState.DECLINED: _("Declined"),
        ReferralState.CANCELLED: _("Called off"),
    }
    labels = [_("Sent"), _("Accepted"), _("At the hospital"), _("Result back")]
    order = [ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.ARRIVED, ReferralState.RETURNED]
    if referral.state in ended:
        return [
            {"label": labels[0], "state": "done"},
            {"label": ended[ReferralState(referral.state)], "state": "now"},
        ]
    reached = order.index(ReferralState(referral.state))
    last = reached == len(order) - 1
    return [
        {"label": label, "state": "done" if n < reached or last else "now" if n == reached else "later"}
        for n, label in enumerate(labels)
    ]


def priorities(referral: Referral, *, may_receive: bool) -> list[dict[str, Any]]:
    """The three priorities, each with when it was asked for and given."""
    known = {service.kind: service for service in referral.services.all()}
    address = reverse("followups:referral_priority", args=[referral.uuid])
    return [
        {
            "url": f"{address}?kind={kind}" if may_receive else "",
            "label": kind.label,
            **_when(known.get(kind)),
        }
        for kind in PriorityKind
    ]


def _when(service: PriorityService | None) -> dict[str, str]:
    if service is None:
        return {"words": "—", "status": "", "tone": "quiet"}
    asked = _("asked for %(time)s") % {"time": _moment(service.asked_at)}
    if service.served_at is None:
        return {"words": asked, "status": _("waiting"), "tone": "warn"}
    given = _("given %(time)s") % {"time": _moment(service.served_at)}
    words = f"{asked} · {given}"
    return {"words": words, "status": took(service.asked_at, service.served_at), "tone": "good"}


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def took(asked_at: datetime, served_at: datetime) -> str:
    return hours_words((served_at - asked_at).total_seconds() / 3600)


def hours_words(hours: float) -> str:
    """25 minutes, 3.5 hours, 2.1 days."""
    if hours < 1:
        return _("%(n)s min") % {"n": round(hours * 60)}
    if hours < 48:
        return _("%(n)s h") % {"n": f"{hours:.1f}".removesuffix(".0")}
    return _("%(n)s days") % {"n": f"{hours / 24:.1f}".removesuffix(".0")}


def service_figures(times: list[ServiceTime]) -> list[dict[str, Any]]:
    """For each priority: the median time, and on how many it rests."""
    return [
        {
            "label": PriorityKind(each.kind).label,
            "value": _("n/a") if each.median_hours is None else hours_words(each.median_hours),
            "served": each.served,
            "waiting": each.waiting,
        }
        for each in times
    ]


def present_advice(visit: Visit, on: date) -> dict[str, Any]:
    """A visit that says refer, as a line that leads to the referral."""
    name = visit.person.name if visit.person else _("whole household")
    late = (on - visit.visited_on).days - Referral.CHECK_DAYS
    return {
        "url": f"{reverse('followups:referral_new')}?visit={visit.pk}",
        "title": name,
        "place": " · ".join(filter(None, [visit.household.village.name, visit.household.group_name])),
        "why": reasons_of(visit, "en" if (get_language() or "").startswith("en") else "zh"),
        "day": day_month(visit.visited_on, on),
        "by": visit.by.get_full_name(),
        "urgent": bool(visit.assessment.get("urgent")),
        "late": ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
        if late > 0
        else "",
    }


def reasons_of(visit: Visit, language: str = "zh") -> str:
    """What the assessment found, as the first words of a referral; the doctor's own where there are some."""
    own = str(visit.answers.get("referral_reason") or visit.answers.get("condition_text") or "")
    found = "；".join(str(reason.get(language, "")) for reason in visit.assessment.get("reasons", [])[:2])
    return own or found
