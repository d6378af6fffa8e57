import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.policy.engine import assess
from claims.policy.explanation import as_text, told
from claims.policy.reading import Problems, read_facts, read_policy


class Command(BaseCommand):
    help = "Settles one bill by a policy file, without touching any record; prints the decision."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--policy", required=True, type=Path, help="policy file (TOML)")
        parser.add_argument("--facts", required=True, type=Path, help="facts of a bill (JSON); - reads input")
        parser.add_argument("--explain", action="store_true", help="print the explanation instead of JSON")
        parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of what is said")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        try:
            policy = read_policy(_text(options["policy"]))
            facts = read_facts(_text(options["facts"]))
        except Problems as found:
            raise CommandError("\n".join(problem.told(language) for problem in found.problems)) from found
        decision = assess(policy, facts)
        if options["explain"]:
            self.stdout.write(as_text(told(decision, language)))
        else:
            self.stdout.write(json.dumps(decision.as_json(), ensure_ascii=False, indent=2))


def _text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
