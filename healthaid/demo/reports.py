"""Last month's reports on their way: one approved, one returned, one handed in, one still a draft."""

from datetime import UTC, date, datetime, timedelta

from core.accounts.models import Area, Level, Role, User
from core.base.periods import add_months, month_end, month_start
from healthaid.reports.models import Report
from healthaid.reports.services.filing import approve, send_back, submit
from healthaid.reports.services.making import make_report
from healthaid.reports.services.publishing import publish
from healthaid.reports.services.requests import request_report

_WHY = "先诊疗后付费人次与医院报来的不一致，请核对后重报。"


def file_reports(county: Area, on: date) -> None:
    """This will make and file the monthly report of three streets, and leave drafts of the county's own."""
    since = add_months(month_start(on), -1)
    made_at = _noon(month_start(on))
    officer = _officer(county)
    streets = Area.objects.filter(parent=county, level=Level.TOWNSHIP, children__households__isnull=False)
    for place, street in enumerate(streets.distinct().order_by("-code")[:3]):
        report = _made(street, since, "monthly", made_at)
        _file(report, place, _officer(street), officer, made_at)
    for kind in ("monthly", "layers", "payers"):
        _made(county, since, kind, made_at)


def _file(report: Report, place: int, filler: User, checker: User, made_at: datetime) -> None:
    handed_in = submit(report=report, by=filler, at=made_at + timedelta(hours=3))
    if place == 0:
        approved = approve(report=handed_in, by=checker, at=made_at + timedelta(hours=5))
        publish(report=approved, by=checker, at=made_at + timedelta(hours=6))
    if place == 1:
        send_back(report=handed_in, reason=_WHY, by=checker, at=made_at + timedelta(hours=5))


def _made(area: Area, since: date, kind: str, at: datetime) -> Report:
    asked = request_report(area=area, kind=kind, since=since, until=month_end(since), by=None)
    make_report(report_id=asked.pk, at=at)
    return Report.objects.get(pk=asked.pk)


def _officer(area: Area) -> User:
    """The first officer of an area."""
    roles = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
    found: User = User.objects.filter(area=area, role__in=roles, is_active=True).order_by("pk")[:1].get()
    return found


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
