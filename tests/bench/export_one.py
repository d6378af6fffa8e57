"""One export in a process of its own: prints what it took as JSON."""

import json
import os
import resource
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from core.accounts.models import User  # noqa: E402
from healthaid.reports.indicators import INDICATORS, Side, quarter_so_far  # noqa: E402
from healthaid.reports.models import Report  # noqa: E402
from healthaid.reports.queries.areas import below  # noqa: E402
from healthaid.reports.queries.lists import every_row  # noqa: E402
from healthaid.reports.queries.tables.roster import roster  # noqa: E402
from healthaid.reports.services.making import make_report  # noqa: E402
from healthaid.reports.services.requests import count_again, request_report  # noqa: E402
from tests.bench.exporting import county_asked, timed  # noqa: E402

CODE = "insured"


def _roster(on: date) -> dict[str, Any]:
    """The whole task: counted, frozen, both files written and put in place."""
    asked = county_asked(on)
    days = {"since": asked.since, "until": asked.last, "kind": "help", "for_health": True}
    report = request_report(area=asked.area, by=None, **days)
    if report.state != Report.State.QUEUED:
        report = count_again(report=report, by=None)
    seconds, _made = timed(lambda: make_report(report_id=report.pk, at=timezone.now()))
    report.refresh_from_db()
    size = (Path(settings.MEDIA_ROOT) / report.xlsx_path).stat().st_size
    return {"rows": report.figures["count"], "seconds": seconds, "megabytes": size / 1e6}


def _list(on: date) -> dict[str, Any]:
    """The whole request, read to its end."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(username="county1"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    url = f"{reverse('reports:export', args=[CODE, 'all'])}?area={county_asked(on).area.pk}"
    seconds, size = timed(lambda: sum(len(chunk) for chunk in client.post(url).streaming_content))
    return {"rows": sum(1 for _row in _list_rows(on)), "seconds": seconds, "megabytes": size / 1e6}


def _list_rows(on: date) -> Any:
    cut = quarter_so_far(below(county_asked(on).area).villages, on=on, today=on, sees_sensitive=True)
    with transaction.atomic():
        yield from every_row(cut, INDICATORS[CODE], Side.ALL, limit=10**9)


def _roster_rows(on: date) -> Any:
    with transaction.atomic():
        yield from roster(county_asked(on))


def _bare(rows: Any) -> dict[str, Any]:
    seconds, count = timed(lambda: sum(1 for _row in rows))
    return {"rows": count, "seconds": seconds}


if __name__ == "__main__":
    name, day = sys.argv[1], date.fromisoformat(sys.argv[2])
    found = {
        "roster": lambda: _roster(day),
        "list": lambda: _list(day),
        "bare-roster": lambda: _bare(_roster_rows(day)),
        "bare-list": lambda: _bare(_list_rows(day)),
    }[name]()
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))  # noqa: T201 - printing is what it is for
