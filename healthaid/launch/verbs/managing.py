"""./run manage, demo and lock: single commands inside the services of this checkout."""

import os
import shutil
import subprocess

from healthaid.launch import environment, paths, services, state
from healthaid.launch.console import Refusal
from healthaid.launch.signals import Signals
from healthaid.launch.verbs.serve import child_environment

COMPILE = ["pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes"]
COMPILE += ["--no-header", "--quiet"]


def manage(arguments: list[str]) -> int:
    """manage.py in the services of the run that is under way, or in services started for this one command."""
    Signals().install()
    var = paths.var_dir()
    state.prepare_var(var)
    environment.ensure()
    if running := state.running_services(var):
        shared = services.Services(running["DATABASE_URL"], running["REDIS_URL"])
        return _manage(arguments, child_environment(var, shared))
    with state.owner(var):
        chosen = services.choose(var)
        try:
            chosen.start()
            variables = child_environment(var, chosen)
            return _manage(arguments, variables)
        finally:
            chosen.stop()


def _manage(arguments: list[str], variables: dict[str, str]) -> int:
    return subprocess.run(paths.manage(*arguments), cwd=paths.ROOT, env=variables, check=False).returncode


def demo(arguments: list[str]) -> int:
    """Loads the demo county again; `--scale N` makes it N times as large."""
    return manage(["prepare", "migrate"]) or manage(["load_demo", "--reset", *arguments])


def lock(arguments: list[str]) -> int:
    """Writes both lock files; `--upgrade` takes newer versions."""
    if shutil.which("uv") is None:
        raise Refusal("./run lock needs uv. Install it (pip install uv), then run this again.")
    everything = [*COMPILE, "--all-extras", "--output-file", "requirements.lock", *arguments]
    production = [*COMPILE, "--constraints", "requirements.lock", "--output-file", "requirements.prod.lock"]
    for rest in (everything, production):
        code = subprocess.run(["uv", *rest], cwd=paths.ROOT, env=dict(os.environ), check=False).returncode
        if code:
            return code
    return 0
