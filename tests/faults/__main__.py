"""python -m tests.faults: phones against the real server with faults injected; DATABASE_URL names an empty, migrated
database of its own, which is filled, killed and put back. Writes a report in JSON; fails where anything is wrong."""

import argparse
import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from tests.faults.run import run  # noqa: E402

WRONG = ("lost", "doubled", "conflicts not kept", "verdicts that differ", "errors")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--restores", type=int, default=1)
    parser.add_argument("--report", type=Path, required=True)
    asked = parser.parse_args()
    report = run(
        submissions=asked.submissions,
        seed=asked.seed,
        restores=asked.restores,
        database_url=os.environ["DATABASE_URL"],
        folder=asked.report.parent,
    )
    asked.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(report[name] for name in WRONG) else 0


if __name__ == "__main__":
    sys.exit(main())
