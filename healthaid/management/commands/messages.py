from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from healthaid.messages_catalogue import Catalogues


class Command(BaseCommand):
    help = "Collects the interface texts into each app's catalogue; lists those not in Chinese yet."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("apps", nargs="*", help="only the catalogues of these apps")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when an entry is not in order"
        )
        parser.add_argument(
            "--compile", action="store_true", help="write the .mo files that are missing or older"
        )
        parser.add_argument(
            "--prune", action="store_true", help="drop the entries that no source uses any more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues = product_catalogues()
        chosen = options["apps"] or sorted(catalogues.apps)
        if unknown := set(chosen) - set(catalogues.apps):
            raise CommandError(
                f"No such app: {', '.join(sorted(unknown))}. Apps: {', '.join(sorted(catalogues.apps))}"
            )
        if options["compile"]:
            self.compile(catalogues, chosen, aloud=options["verbosity"] > 0)
        elif options["check"]:
            self.check_catalogues(catalogues, chosen)
        else:
            self.merge(catalogues, chosen, prune=options["prune"])

    def merge(self, catalogues: Catalogues, chosen: list[str], *, prune: bool) -> None:
        texts = catalogues.texts()
        for app in chosen:
            catalogues.merge(app, texts, prune=prune)
        problems = [problem for problem in catalogues.problems(texts) if problem.app in chosen]
        for problem in problems:
            self.stdout.write(str(problem))
        self.stdout.write(f"{len(texts)} texts, {len(problems)} to see to.")

    def check_catalogues(self, catalogues: Catalogues, chosen: list[str]) -> None:
        texts = catalogues.texts()
        problems = [problem for problem in catalogues.problems(texts) if problem.app in chosen]
        if problems:
            listed = "\n".join(map(str, problems))
            raise CommandError(f"{listed}\n{len(problems)} catalogue entries are not in order.")
        self.stdout.write(f"{len(texts)} texts, all translated.")

    def compile(self, catalogues: Catalogues, chosen: list[str], *, aloud: bool) -> None:
        for app in chosen:
            if catalogues.compile(app) and aloud:
                self.stdout.write(f"Compiled {catalogues.path(app).relative_to(catalogues.root)}")


def product_catalogues() -> Catalogues:
    root = Path(settings.BASE_DIR)
    own = {config.label: Path(config.path) for config in apps.get_app_configs()}
    inside = {label: path for label, path in own.items() if is_own(path, root)}
    return Catalogues(root, inside, fallback="healthaid")


def is_own(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and not path.relative_to(root).parts[0].startswith(".")
