from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.services.areas import DISTRICT, ZONES, load_areas, read_divisions

SINCE = "2015-01-01"


class Command(BaseCommand):
    help = "Adds official divisions from a list; codes that are already there stay as they are."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="division lists (JSON); without one: 岳塘区 430304"
        )
        parser.add_argument(
            "--with-zones", action="store_true", help="also the zone streets that 430304 governs"
        )
        parser.add_argument(
            "--valid-from", default=SINCE, help="first day of entries that name none (YYYY-MM-DD)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = [*(options["files"] or [DISTRICT]), *([ZONES] if options["with_zones"] else [])]
        try:
            since = date.fromisoformat(options["valid_from"])
            divisions = [division for file in files for division in read_divisions(file)]
            loaded = load_areas(divisions=divisions, valid_from=since)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded.created} added, {loaded.kept} there already, {loaded.ended} ended.")
