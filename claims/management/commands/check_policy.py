from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.policy.cases import run_cases
from claims.policy.reading import PolicyProblems, read_policy
from claims.policy.schema import Policy


class Command(BaseCommand):
    help = "Checks policy files and settles the cases inside; names line, fault and remedy of what is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="policy files (TOML)")
        parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of what is said")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = sum(self._check(path, options["language"]) for path in options["files"])
        if wrong:
            raise CommandError(f"{wrong} problems" if wrong > 1 else "1 problem")

    def _check(self, path: Path, language: str) -> int:
        try:
            policy = read_policy(_text(path))
        except PolicyProblems as found:
            for problem in found.problems:
                self.stderr.write(f"{path}:{problem.told(language)}")
            return len(found.problems)
        return self._run(path, policy)

    def _run(self, path: Path, policy: Policy) -> int:
        wrong = run_cases(policy)
        for difference in wrong:
            self.stderr.write(f"{path}: {difference}")
        self.stdout.write(
            f"{path}: {len(policy.layers)} layers, {len(policy.cases)} cases, {len(wrong)} wrong"
        )
        return len(wrong)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
