"""A browser for the journeys: Debian's chromium, installed when it is missing and we may."""

import os
import shutil
import subprocess

from healthaid.launch import paths
from healthaid.launch.console import log, loud

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# libatomic1 is for the program that drives the browser, which Playwright brings along.
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")
VARIABLE = "HEALTHAID_CHROMIUM"
ABSENT = "HEALTHAID_NO_BROWSER"


def variables() -> dict[str, str]:
    """Where the browser is, or why the browser journeys are skipped."""
    missing = _missing()
    if missing and _may_install():
        _install()
        missing = _missing()
    if not missing:
        return {VARIABLE: str(find())}
    loud("The browser journeys will be SKIPPED:", missing, "Debian: apt-get install " + " ".join(PACKAGES))
    return {ABSENT: missing}


def find() -> str | None:
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


def _missing() -> str:
    """Empty when there are a browser and a driver that runs."""
    if find() is None:
        return "there is no chromium here"
    driver = paths.site_packages() / "playwright" / "driver" / "node"
    try:
        answer = subprocess.run([str(driver), "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        return f"the browser's driver does not start: {error.strerror}"
    return f"the browser's driver does not start: {answer.stderr.strip()}" if answer.returncode else ""


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    log("run", f"Installing {', '.join(PACKAGES)} for the browser journeys")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *PACKAGES]):
        answer = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True, check=False)
        if answer.returncode:
            log("run", f"apt-get {command[0]} failed: {answer.stderr.strip()[-500:]}")
