from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from households.services.diseases import load_diseases, read_diseases
from households.services.identification.catalogues import load_catalogues

PARTS = ("migrate", "lists", "messages", "static", "demo")


class Command(BaseCommand):
    help = (
        "Makes a checkout ready to serve, in one process: migrations, published lists of diseases, "
        "catalogues of texts, static files, demo county."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")

    def handle(self, *args: Any, **options: Any) -> None:
        for part in PARTS:
            if part in (options["parts"] or PARTS):
                getattr(self, part)()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        connection.close()

    def lists(self) -> None:
        load_diseases(diseases=read_diseases())
        load_catalogues()

    def messages(self) -> None:
        call_command("messages", compile=True, verbosity=0)

    def static(self) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)

    def demo(self) -> None:
        if "load_demo" in get_commands():
            call_command("load_demo", if_empty=True)
