"""A browser for the journeys: Debian's chromium, installed when it is missing and we may."""

import os
import shutil
import subprocess

from healthaid.launch.console import log, loud

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")
VARIABLE = "HEALTHAID_CHROMIUM"
ABSENT = "HEALTHAID_NO_BROWSER"


def variables() -> dict[str, str]:
    """Where the browser is, or why the browser journeys are skipped."""
    path = find() or _install()
    if path:
        return {VARIABLE: path}
    why = "no chromium here, and it can only be installed as root with apt-get"
    loud("The browser journeys will be SKIPPED:", why, "Debian: apt-get install " + " ".join(PACKAGES))
    return {ABSENT: why}


def find() -> str | None:
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> str | None:
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        return None
    log("run", f"Installing {' and '.join(PACKAGES)} for the browser journeys")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *PACKAGES]):
        answer = subprocess.run([apt, *command], env=quiet, capture_output=True, text=True, check=False)
        if answer.returncode:
            log("run", f"apt-get {command[0]} failed: {answer.stderr.strip()[-500:]}")
    return find()
