"""The virtual environment, made from requirements.lock and renewed only when the lock changes."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time

from healthaid.launch import paths
from healthaid.launch.console import Refusal, log

STAMP = paths.VENV / ".requirements.sha256"
INSTALL = ["-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "--no-deps"]


def ensure() -> None:
    wanted = fingerprint()
    if _stamped() == wanted and paths.PYTHON.exists():
        return
    if not _is_sound():
        _create()
    _install()
    STAMP.write_text(wanted)


def fingerprint() -> str:
    base = f"{sys.version_info[0]}.{sys.version_info[1]}\n".encode()
    return hashlib.sha256(base + paths.LOCK.read_bytes()).hexdigest()


def _stamped() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def _is_sound() -> bool:
    if not paths.PYTHON.exists():
        return False
    answer = subprocess.run([str(paths.PYTHON), "-c", "import pip"], capture_output=True, check=False)
    return answer.returncode == 0


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            "Python's venv module is not complete here (ensurepip is missing).\n"
            "On Debian or Ubuntu: apt-get install python3-venv"
        )
    log("run", "Making the virtual environment in .venv")
    shutil.rmtree(paths.VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(paths.VENV)], check=False)
    if made.returncode:
        raise Refusal("The virtual environment could not be made; the lines above say why.")


def _install() -> None:
    log("run", "Installing the libraries named in requirements.lock (each checked by its hash)")
    begun = time.monotonic()
    command = [str(paths.PYTHON), *INSTALL, "--require-hashes", "-r", str(paths.LOCK)]
    if subprocess.run(command, env=_pip_environment(), check=False).returncode:
        raise Refusal(
            "The libraries could not be installed; the lines above say why.\n"
            "Without the Internet, point pip at a mirror: PIP_INDEX_URL=… ./run"
        )
    log("run", f"Installed in {time.monotonic() - begun:.0f} s")


def _pip_environment() -> dict[str, str]:
    quiet = {"PIP_ROOT_USER_ACTION": "ignore", "PYTHONWARNINGS": "ignore"}
    return {**os.environ, **quiet}
