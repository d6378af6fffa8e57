"""What every page of figures is asked for: an area within the user's own, a day, perhaps a team."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from core.accounts.models import Area, User
from core.accounts.permissions import actor
from followups.models import Team
from healthaid.reports.forms import DayForm
from healthaid.reports.indicators import Slice, quarter_so_far
from healthaid.reports.queries.areas import Below, area_of, below


@dataclass(frozen=True)
class Asked:
    area: Area
    below: Below
    on: date
    form: DayForm
    cut: Slice
    team: Team | None = None


def asked(request: HttpRequest) -> Asked:
    """A day that cannot be read is told beside its field and today is shown; a foreign area is Http404."""
    today, user = timezone.localdate(), actor(request)
    area = area_of(user, _number(request, "area"))
    form = DayForm({"area": area.pk, "on": request.GET.get("on") or today.isoformat()}, today=today)
    on = form.cleaned_data["on"] if form.is_valid() else today
    under = below(area)
    cut = quarter_so_far(
        under.villages,
        on=on,
        today=today,
        sees_sensitive=user.sees_sensitive,
        team=_number(request, "team"),
    )
    return Asked(area, under, on, form, cut, _team(user, cut.team))


def _team(user: User, pk: int | None) -> Team | None:
    return Team.objects.get_visible(user, pk=pk) if pk else None


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
