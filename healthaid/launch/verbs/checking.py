"""./run check: everything that can be said about the sources without running the tests."""

import os
import secrets
import subprocess
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from healthaid.launch import environment, paths
from healthaid.launch.console import paint, say
from healthaid.launch.signals import Signals

ABSENT_DATABASE = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "HEALTHAID_ENV": "test",
    # makemigrations warns that it could not compare with a database; the files are what is checked here.
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
}
AT_ONCE = 2


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    step: Step
    code: int
    output: str
    seconds: float


def steps() -> list[Step]:
    program, manage = paths.program, paths.manage
    return [
        Step("types", [program("mypy")], ABSENT_DATABASE),
        Step("format", [program("ruff"), "format", "--check", "."]),
        Step("lint", [program("ruff"), "check", "."]),
        Step("layers", [program("lint-imports"), "--no-cache"], ABSENT_DATABASE),
        Step("migrations", manage("makemigrations", "--check", "--dry-run"), ABSENT_DATABASE),
        Step("catalogues", manage("messages", "--check"), ABSENT_DATABASE),
        Step("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), production_variables()),
        Step("templates", [program("djlint"), "templates", "--lint", "--quiet"]),
    ]


def production_variables() -> dict[str, str]:
    """Settings as a province would set them, with values made up for this one check."""
    return {
        "HEALTHAID_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEYS": b64encode(secrets.token_bytes(32)).decode(),
        "INDEX_KEY": b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "health.example",
        "DATABASE_URL": ABSENT_DATABASE["DATABASE_URL"],
        "REDIS_URL": ABSENT_DATABASE["REDIS_URL"],
    }


def check(arguments: list[str]) -> int:
    """All steps, even when one fails; then a table. Arguments choose steps by name."""
    Signals().install()
    environment.ensure()
    chosen = [step for step in steps() if not arguments or step.name in arguments]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = [_shown(outcome) for outcome in pool.map(_run, chosen)]
    return _conclude(outcomes)


def _run(step: Step) -> Outcome:
    begun = time.monotonic()
    answer = subprocess.run(
        step.command,
        cwd=paths.ROOT,
        env={**os.environ, **step.variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(step, answer.returncode, answer.stdout.strip(), time.monotonic() - begun)


def _shown(outcome: Outcome) -> Outcome:
    if outcome.code:
        say(paint(f"── {outcome.step.name} " + "─" * 60, 31))
        say(outcome.output)
        say()
    return outcome


def _conclude(outcomes: list[Outcome]) -> int:
    for outcome in outcomes:
        word, colour = ("FAILED", 31) if outcome.code else ("ok", 32)
        say(f"{outcome.step.name:<16} {paint(f'{word:<7}', colour)} {outcome.seconds:6.1f} s")
    failed = sum(bool(outcome.code) for outcome in outcomes)
    say(f"{failed} of {len(outcomes)} checks failed." if failed else f"All {len(outcomes)} checks passed.")
    return 1 if failed or not outcomes else 0
