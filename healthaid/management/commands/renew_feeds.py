from typing import Any

from django.core.management.base import BaseCommand

from healthaid.api.renewing import renew_feeds


class Command(BaseCommand):
    help = "After restoring a dump: brings the API's feeds in order and tells every client to start again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{renew_feeds()} rows renumbered. Every client is told to pull everything again.")
