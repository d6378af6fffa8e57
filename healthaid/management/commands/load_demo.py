import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from healthaid.demo.figures import keep_figures
from healthaid.demo.ground import has_people
from healthaid.demo.loading import Wish, empty, load
from healthaid.demo.signins import write_signins


class Command(BaseCommand):
    help = "Fills the database with an invented county: the same rows for the same seed and day."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="1: 3,584 persons; 15: 53,000; 150: ten such counties"
        )
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument(
            "--on", type=_day, default=None, help="the demo's today (YYYY-MM-DD); default: today"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are households already"
        )
        parser.add_argument(
            "--replace", "--reset", action="store_true", help="first remove everything there is"
        )
        parser.add_argument(
            "--i-know-this-is-demo-data", action="store_true", dest="known", help="in production"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        if options["if_empty"] and has_people():
            self.stdout.write("There are households already; nothing loaded.")
            return
        if options["replace"]:
            empty()
        elif has_people():
            raise CommandError(
                "There are households already. Add --replace to remove everything first, or --if-empty."
            )
        began = time.monotonic()
        wish = Wish(options["scale"], options["seed"], options["on"] or timezone.localdate())
        load(wish, tell=self.stdout.write)
        keep_figures(wish.on, scale=wish.scale)
        where = write_signins()
        self.stdout.write(f"Loaded in {time.monotonic() - began:.1f} s. Sign-ins: {where}")

    def _check(self, options: dict[str, Any]) -> None:
        if options["scale"] < 1:
            raise CommandError("--scale must be 1 or more.")
        if settings.PRODUCTION and options["replace"]:
            raise CommandError(
                "This is production: --replace would remove real data. Empty the database by hand."
            )
        if settings.PRODUCTION and not options["known"]:
            raise CommandError("This is production: demo data are refused. See --i-know-this-is-demo-data.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on {text}: write the day as YYYY-MM-DD, for example 2026-11-22.") from None
