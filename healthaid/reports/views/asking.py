"""What every page of figures is asked for: an area within the user's own, a day, perhaps a team."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from core.accounts.models import Area, User
from core.accounts.permissions import actor
from followups.models import Team
from healthaid.reports.forms import DayForm
from healthaid.reports.indicators import INDICATORS, Indicator, Slice, quarter_so_far
from healthaid.reports.presenters.links import Links
from healthaid.reports.queries.areas import Below, area_of, below


@dataclass(frozen=True)
class Asked:
    area: Area
    below: Below
    on: date
    form: DayForm
    cut: Slice
    team: Team | None = None
    since: date | None = None
    is_open: bool = False

    @property
    def links(self) -> Links:
        """Addresses that ask the same, so that pages, tabs and files of a list stay its own."""
        return Links(self.area.pk, self.on, self.cut.team, self.since, self.is_open)


def asked(request: HttpRequest) -> Asked:
    """A day that cannot be read is told beside its field and today is shown; a foreign area is Http404."""
    today, user = timezone.localdate(), actor(request)
    area = area_of(user, number(request, "area"))
    form = DayForm({"area": area.pk, "on": request.GET.get("on") or today.isoformat()}, today=today)
    on = form.cleaned_data["on"] if form.is_valid() else today
    under = below(area)
    cut = quarter_so_far(
        under.villages,
        on=on,
        today=today,
        sees_sensitive=user.sees_sensitive and not _is_open(request),
        team=number(request, "team"),
    )
    since = _since(request, on)
    if since:
        cut = replace(cut, since=since)
    return Asked(area, under, on, form, cut, _team(user, cut.team), since, _is_open(request))


def _is_open(request: HttpRequest) -> bool:
    """As a paper that everybody may read counts it: without what is for health staff only."""
    return request.GET.get("open") == "1"


def _since(request: HttpRequest, on: date) -> date | None:
    """The first day of a report's period, where a number of one was followed."""
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return None
    return since if date(2015, 1, 1) <= since <= on else None


def indicator_of(request: HttpRequest, code: str) -> Indicator:
    """:raises Http404: unknown, or for health staff only and the user is none."""
    indicator = INDICATORS.get(code)
    if indicator is None or (indicator.health_only and not actor(request).sees_sensitive):
        raise Http404
    return indicator


def _team(user: User, pk: int | None) -> Team | None:
    return Team.objects.get_visible(user, pk=pk) if pk else None


def number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
