"""The three programs that make HealthAid: web, worker and beat."""

import os
from pathlib import Path

from healthaid.launch import paths
from healthaid.launch.console import log
from healthaid.launch.supervisor import Program

QUEUES = "celery,sync,messages,reports,bulk"
AS_ROOT = "ignore:You're running the worker"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  (asked about, not written)


def programs(variables: dict[str, str], host: str, port: int) -> list[Program]:
    in_worker = {**variables, "PYTHONWARNINGS": AS_ROOT}
    return [
        Program("web", _web(host, port), variables, paths.ROOT),
        Program("worker", [*_celery(), "worker", *_worker_options()], in_worker, paths.ROOT),
        Program("beat", [*_celery(), "beat", "--pidfile=", "--loglevel", "INFO"], variables, paths.ROOT),
    ]


def _web(host: str, port: int) -> list[str]:
    command = [
        paths.program("gunicorn"),
        "healthaid.wsgi:application",
        "--bind",
        f"{host}:{port}",
        "--preload",
    ]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    return [*command, "--log-level", "warning"]


def _celery() -> list[str]:
    return [paths.program("celery"), "--quiet", "--app", "healthaid.celery:app"]


def _worker_options() -> list[str]:
    options = ["--queues", QUEUES, "--concurrency", "2", "--loglevel", "INFO"]
    options += ["--without-gossip", "--without-mingle"]
    return options if _has_semaphores() else [*options, "--pool", "threads"]


def _has_semaphores() -> bool:
    """Celery's child processes share semaphores, on Linux in /dev/shm; some sandboxes have none."""
    usable = not Path("/proc").exists() or os.access(SHARED_MEMORY, os.W_OK | os.X_OK)
    if not usable:
        log(
            "run", f"{SHARED_MEMORY} cannot be written: the worker uses threads, and no task has a time limit"
        )
    return usable
