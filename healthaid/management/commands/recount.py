"""Counts the kept figures again from the facts."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from healthaid.reports.services.summaries.months import keep_month, month_ends
from healthaid.reports.services.summaries.refreshing import counties, recount


class Command(BaseCommand):
    help = "Counts the figures of every area for today from the facts, and of months gone by where asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=0, help="month ends to count again as well")

    def handle(self, *args: Any, **options: Any) -> None:
        today, at, began = timezone.localdate(), timezone.now(), time.monotonic()
        villages = sum(recount(county=county, on=today, at=at) for county in counties())
        for end in month_ends(on=today, n=options["months"]):
            for county in counties():
                keep_month(county=county, end=end, today=today, at=at)
            self.stdout.write(f"{end:%Y-%m} counted")
        self.stdout.write(f"{villages} villages counted in {time.monotonic() - began:.1f} s")
