"""./run test and ./run bench: throwaway services, then pytest or the benchmarks in them."""

import subprocess

from healthaid.launch import browser, environment, paths, postgres
from healthaid.launch.console import log
from healthaid.launch.signals import Signals
from healthaid.launch.throwaway import throwaway

PARALLEL = ["-n", "2", "--dist", "loadfile"]


def test(arguments: list[str]) -> int:
    """Every test, or those the arguments choose; the last line is pytest's own."""
    Signals().install()
    environment.ensure()
    with throwaway() as variables:
        variables |= {
            "HEALTHAID_ENV": "test",
            "HEALTHAID_TEST_TEMPLATE": postgres.NAME,
            **browser.variables(),
        }
        log("run", "Migrating the database that each test process copies")
        if code := _run(paths.manage("prepare", "migrate", "messages"), variables):
            return code
        log("run", "Running the tests")
        parallel = [] if _chooses_workers(arguments) else PARALLEL
        command = [str(paths.PYTHON), "-m", "pytest", "-p", "tests.browserless", *parallel, *arguments]
        return _run(command, variables)


def _chooses_workers(arguments: list[str]) -> bool:
    return any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)


def bench(arguments: list[str]) -> int:
    """The benchmarks, in services as durable as those of ./run."""
    Signals().install()
    environment.ensure()
    with throwaway(durable=True) as variables:
        variables |= {"HEALTHAID_ENV": "development"}
        if code := _run(paths.manage("prepare", "migrate", "messages", "static"), variables):
            return code
        return _run([str(paths.PYTHON), "-m", "tests.bench", *arguments], variables)


def _run(command: list[str], variables: dict[str, str]) -> int:
    return subprocess.run(command, cwd=paths.ROOT, env=variables, check=False).returncode
