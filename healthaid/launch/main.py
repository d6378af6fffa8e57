"""The verbs of ./run."""

import sys
from collections.abc import Callable

from healthaid.launch.console import Refusal, paint, say
from healthaid.launch.signals import Stopped
from healthaid.launch.verbs import checking, managing, serve, testing

HELP = """\
./run                     start HealthAid: database, broker, web, worker, beat; Ctrl-C stops it all
./run test [arguments]    run every test with throwaway services; arguments go to pytest
./run check               format, lint, types, layers, migrations, templates, catalogues, deployment settings
./run bench [arguments]   measure, as ratios against bare work on the same data
./run demo --scale N      load the demo county again, N times its size
./run manage …            manage.py inside the running (or specially started) services
./run lock                write requirements.lock and requirements.prod.lock anew (needs uv)
./run help                this

PORT and HOST choose the web address (8000 on 127.0.0.1). DATABASE_URL and REDIS_URL name servers to use
instead of the embedded ones. HEALTHAID_VAR moves the data; HEALTHAID_DEMO=off leaves the demo
county out."""


def tell(arguments: list[str]) -> int:
    say(HELP)
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "test": testing.test,
    "bench": testing.bench,
    "check": checking.check,
    "manage": managing.manage,
    "demo": managing.demo,
    "lock": managing.lock,
    "help": tell,
    "--help": tell,
    "-h": tell,
}


def main(arguments: list[str]) -> int:
    verb = VERBS.get(arguments[0]) if arguments else None
    try:
        return verb(arguments[1:]) if verb else serve.serve(arguments)
    except Refusal as refusal:
        print(paint(str(refusal), 31), file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        return 130
