"""./run: everything up, in the foreground, until Ctrl-C."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from healthaid.launch import changes, environment, paths, ports, private, services, state
from healthaid.launch.console import Refusal, log, paint, say
from healthaid.launch.programs import programs
from healthaid.launch.signals import Signals, Stopped
from healthaid.launch.supervisor import Supervisor

FIRST_PAGE = "account/login/"
# On two cores the web server is up sooner when the job programs wait for it.
HEAD_START = 30.0


def serve(arguments: list[str]) -> int:
    """Starts everything and stays until a signal; 0 after an orderly end."""
    _refuse_misuse(arguments)
    signals = Signals()
    signals.install()
    with ExitStack() as stack:
        try:
            _serve(stack, signals)
        except Stopped:
            log("run", "Stopping")
    return 0


def _refuse_misuse(arguments: list[str]) -> None:
    if arguments:
        raise Refusal(f"There is no verb {arguments[0]!r}. ./run help lists them.")
    if os.environ.get("HEALTHAID_ENV", "development") != "development":
        raise Refusal("./run is for development and demonstration. docs/deploy.md says how to deploy.")


def _serve(stack: ExitStack, signals: Signals) -> None:
    begun = time.monotonic()
    var, host, port = paths.var_dir(), ports.host(), ports.wanted_port(os.environ)
    state.prepare_var(var)
    stack.enter_context(state.owner(var))
    ports.claim(host, port)
    environment.ensure()
    chosen = services.choose(var)
    signals.kill_all = _killer(chosen)
    stack.callback(chosen.stop)
    chosen.start()
    variables = child_environment(var, chosen)
    prepare(var, chosen, variables)
    supervisor = Supervisor(
        programs(variables, host, port), chosen.servers, signals, _noter(var, host, port, chosen)
    )
    stack.callback(supervisor.stop)
    supervisor.start(head_start=HEAD_START)
    _announce_when_up(supervisor, var, host, port, begun)
    supervisor.watch()
    log("run", "Stopping")


def _killer(chosen: services.Services) -> Callable[[], None]:
    def kill() -> None:
        chosen.kill()
        os._exit(130)

    return kill


def _noter(var: Path, host: str, port: int, chosen: services.Services) -> Callable[[dict[str, int]], None]:
    def note(children: dict[str, int]) -> None:
        state.remember(var, address=address(host, port), services=chosen.environment(), children=children)

    return note


def address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"  # noqa: S104


def child_environment(var: Path, chosen: services.Services) -> dict[str, str]:
    """The variables of every child: the given ones first, then those generated for this installation."""
    keys = private.keys(var)
    generated = {name: keys[name] for name in ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY")}
    settled = {"HEALTHAID_VAR": str(var), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **chosen.environment()}
    return {"HEALTHAID_ENV": "development", **generated, **os.environ, **settled}


def prepare(var: Path, chosen: services.Services, variables: dict[str, str]) -> None:
    """Migrations, catalogues, static files and the demo county: what this start needs of them."""
    notes = (var / "data").resolve() if chosen.own_database else var
    parts = changes.parts_to_prepare(notes, var / "static", known_database=chosen.own_database)
    if not parts:
        return
    log("run", f"Preparing: {', '.join(parts)}")
    _run_to_end(paths.manage("prepare", *parts), variables)
    changes.note_prepared(notes)


def _run_to_end(command: list[str], variables: dict[str, str]) -> None:
    process = subprocess.Popen(command, cwd=paths.ROOT, env=variables, start_new_session=True)
    try:
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait(10)
        raise
    if code:
        raise Refusal("The preparation failed; the lines above say why.")


def _announce_when_up(supervisor: Supervisor, var: Path, host: str, port: int, begun: float) -> None:
    while not supervisor.signals.stop_wanted:
        supervisor.glance()
        if _answers(address(host, port) + FIRST_PAGE):
            supervisor.follow()
            return _announce(var, address(host, port), time.monotonic() - begun)
        time.sleep(0.1)
    return None


def _answers(where: str) -> bool:
    try:
        urllib.request.urlopen(where, timeout=5).close()  # noqa: S310  (an http address of ours)
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _announce(var: Path, where: str, seconds: float) -> None:
    say()
    say(f"  HealthAid is at {paint(where, 32)}  (up in {seconds:.1f} s; Ctrl-C stops it)")
    for line in sign_ins(var):
        say(f"  {line}")
    say()


def sign_ins(var: Path) -> list[str]:
    """The demo sign-ins, as the demo command left them in var/demo-signins.json."""
    try:
        listed = json.loads((var / "demo-signins.json").read_text())
    except (OSError, ValueError):
        return []
    rows = [
        tuple(str(each.get(name, "")) for name in ("username", "password", "role", "note")) for each in listed
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "",
        "Sign in as",
        *("  ".join(f"{t:<{w}}" for t, w in zip(row, [*widths, 0], strict=True)) for row in rows),
    ]
