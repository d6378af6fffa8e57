"""Writes docs/indicators.md from the indicators."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from healthaid.reports.documents.definitions import indicator_page


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "indicators.md").write_text(indicator_page())
