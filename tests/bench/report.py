"""Runs every comparison and prints the tables of docs/bench.md."""

# ruff: noqa: T201 - printing is what it is for

import argparse
from collections.abc import Callable
from datetime import date

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core.accounts.tokens import resolve
from core.base.periods import add_months, quarter_end
from healthaid.api.feeds import Question
from healthaid.api.resources.households import HOUSEHOLDS
from healthaid.api.resources.persons import PERSONS
from healthaid.api.resources.work import DUTIES, VISITS
from healthaid.demo.accounts import TOKEN
from healthaid.demo.loading import empty
from households.models import Person
from tests.bench import asking, counting, exporting, generating, settling, simulating
from tests.bench import boards as dashboards
from tests.bench import phone as on_phone
from tests.bench.bench_import import run as run_import
from tests.bench.plans import plan_of

GENERATION_TARGET = 1.5
SIMULATION_TARGET = 30
GROWING = ("dashboard", "export")  # their volume is made from the demo's rows


def run(wanted: argparse.Namespace) -> int:
    on = timezone.localdate()
    if not wanted.keep:
        load(1 if wanted.only in GROWING else wanted.scale)
    print(f"Scale {wanted.scale}: {_counts()}.\n")
    sections: dict[str, Callable[[], None]] = {
        "list one search visit": lambda: requests(on, wanted),
        "duties": lambda: duties(on, wanted),
        "plans": lambda: plans(on),
        "pages": lambda: pages(on, wanted),
        "simulate": simulate,
        "settle preview": lambda: settle(on, wanted.rounds),
        "phone": lambda: phone(wanted.rounds),
        "import": imports,
        "dashboard": lambda: boards(on, wanted),
        "export": lambda: exports(on),
    }
    for names, section in sections.items():
        if not wanted.only or any(wanted.only in name for name in names.split()):
            section()
    return 0


def load(scale: int) -> None:
    call_command("load_demo", scale=scale, replace=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _counts() -> str:
    tables = {
        "persons": "households_person",
        "households": "households_household",
        "visits": "followups_visit",
        "duties": "followups_duty",
    }
    with connection.cursor() as cursor:
        found = []
        for name, table in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(f"{cursor.fetchone()[0]:,} {name}")
    return ", ".join(found)


def requests(on: date, wanted: argparse.Namespace) -> None:
    chosen = wanted.only if wanted.only in ("list", "one", "search", "visit") else ""
    print(
        "| request | times bare | fastest-slowest round | ours /s | bare /s | CPU ms ours | CPU ms bare | CPU times | target |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for found in asking.measure(TOKEN, on, rounds=wanted.rounds, only=chosen):
        print(
            f"| {found.name} | **{found.ratio:.2f}** | {found.spread[0]:.2f}-{found.spread[1]:.2f} "
            f"| {found.ours:,.0f} | {found.bare:,.0f} | {found.our_cost:.2f} | {found.bare_cost:.2f} "
            f"| {found.cost_ratio:.2f} | {f'≤ {found.target:g}' if found.target else 'none'} |",
            flush=True,
        )
    print()


def duties(on: date, wanted: argparse.Namespace) -> None:
    later = add_months(quarter_end(on), 5)
    found = generating.measure(later, rounds=min(wanted.rounds, 5))
    print(
        "| duties owed on a later day | rows | rows/s | bare INSERT … SELECT rows/s | times bare | target | again |"
    )
    print("|---|---|---|---|---|---|---|")
    print(
        f"| all rules | {found.rows:,} | {found.rows / found.seconds:,.0f} | {found.rows / found.bare_seconds:,.0f} "
        f"| **{found.ratio:.2f}** | ≤ {GENERATION_TARGET} | {found.again_seconds:.2f} s |\n",
        flush=True,
    )


def boards(on: date, wanted: argparse.Namespace) -> None:
    print(
        "| page | scale | persons | CPU ms | look-up CPU ms | times | times scale 1 | target | statements |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    first: dict[str, float] = {}
    for page in dashboards.measure(on, up_to=wanted.scale, rounds=wanted.rounds):
        beside = page.times / first.setdefault(page.name, page.times)
        print(
            f"| {page.name} | {page.scale} | {Person.objects.count():,} | {page.milliseconds:.1f} "
            f"| {page.look_up:.2f} | {page.times:.1f} | **{beside:.2f}** | < {dashboards.TARGET} "
            f"| {page.statements} |",
            flush=True,
        )
    print()


def exports(on: date) -> None:
    print(
        "| export | rows | seconds | the same rows only read | times | MB of the file | peak MB | "
        "more than with few | target |\n|---|---|---|---|---|---|---|---|---|"
    )
    few: dict[str, float] = {}
    for found in exporting.measure(on):
        more = found.peak - few.setdefault(found.name, found.peak)
        print(
            f"| {found.name} | {found.rows:,} | {found.seconds:.1f} | {found.bare:.1f} "
            f"| {found.seconds / found.bare:.2f} | {found.megabytes:.1f} | {found.peak:.0f} | **{more:.0f}** "
            f"| < {exporting.MORE} |",
            flush=True,
        )
    print()


def simulate() -> None:
    found = simulating.measure()
    print(
        "| a policy on many bills | bills | seconds | µs a bill | times faster | target |\n|---|---|---|---|---|---|"
    )
    print(
        f"| one after another, each with its explanation | {found.sample:,} | {found.one_by_one:.1f} "
        f"| {found.one_by_one / found.sample * 1e6:.0f} | 1 | |\n"
        f"| all at once, from columns | {found.bills:,} | {found.at_once:.1f} "
        f"| {found.at_once / found.bills * 1e6:.1f} | **{found.times:.0f}** | ≥ {SIMULATION_TARGET} |\n"
        f"| facts put into columns | {found.distinct:,} | {found.columns:.1f} "
        f"| {found.columns / found.distinct * 1e6:.0f} | | |\n",
        flush=True,
    )


def settle(on: date, rounds: int) -> None:
    found = settling.measure(on, rounds=rounds)
    print("| a bill of twelve lines | bills | p50 ms | times bare |\n|---|---|---|---|")
    print(
        f"| preview, nothing written | {found.bills:,} | {found.preview * 1e3:.1f} | |\n"
        f"| settled, {found.statements} statements | {found.bills:,} | {found.settle * 1e3:.1f} | **{found.ratio:.1f}** |\n"
        f"| bare statement that writes the same rows | {found.bills:,} | {found.bare * 1e3:.1f} | 1 |\n",
        flush=True,
    )


def phone(rounds: int) -> None:
    """On a phone-class processor; the promised times are those of `OPENS_UNDER` and `SAVES_UNDER`."""
    print("| on a phone | median s | fastest-slowest | target |\n|---|---|---|---|")
    for found in on_phone.measure(rounds):
        target = f"< {found.target:g}" if found.target else "none"
        spread = f"{min(found.seconds):.2f}-{max(found.seconds):.2f}"
        print(f"| {found.name} | **{found.median:.2f}** | {spread} | {target} |", flush=True)
    print()


def imports() -> None:
    """Last of all: it needs a database of its own, so the demo is removed."""
    empty()
    print("| import | seconds | beside | seconds | times |\n|---|---|---|---|---|")
    for each in run_import():
        print(
            f"| {each.name} | {each.seconds:.1f} | {each.bare_name} | {each.bare_seconds:.1f} | **{each.ratio:.1f}** |"
        )
    print(flush=True)


def pages(on: date, wanted: argparse.Namespace) -> None:
    """Statements at this scale and, where it is larger, at scale 1 as well."""
    found = counting.statements(TOKEN, on)
    small = found
    if wanted.scale > 1 and not wanted.keep:
        load(1)
        small = counting.statements(TOKEN, on)
    print(f"| page | statements at scale 1 | at scale {wanted.scale} |\n|---|---|---|")
    for name, count in found.items():
        print(f"| {name} | {small.get(name, '-')} | {count} |")
    print(flush=True)


def plans(on: date) -> None:
    question = Question(caller=resolve(f"Token {TOKEN}"), on=on, size=100)
    print("| page of 100, county | read through | blocks | ms |\n|---|---|---|---|")
    for resource in (HOUSEHOLDS, PERSONS, VISITS, DUTIES):
        plan = plan_of(resource, question)
        indexes = ", ".join(sorted(plan.index_of(resource.table))) or "the whole table"
        print(f"| {resource.name} | {indexes} | {plan.shared_blocks} | {plan.milliseconds:.1f} |")
    print(flush=True)
