"""Who runs the databases, and where their data may lie.

PostgreSQL refuses to run as root, so a run as root hands both servers to `nobody`. Their data belong in
var/data; where `nobody` cannot reach that (a checkout below a private /root), they lie under /var/tmp and
var/data is a link to them. The rights of directories that are not ours are never changed.
"""

import hashlib
import os
import pwd
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from healthaid.launch.console import Refusal, log

OUTSIDE = Path("/var/tmp")  # noqa: S108  (what is made here is checked to be root's own)
NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """The user of the database servers; None where it is simply the user who started us."""

    uid: int | None = None
    gid: int | None = None

    @property
    def is_other(self) -> bool:
        return self.uid is not None

    def popen(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, directory: Path) -> bool:
        return self.uid is None or all(self._may_pass(part) for part in [directory, *directory.parents])

    def _may_pass(self, directory: Path) -> bool:
        status = directory.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def database_account() -> Account:
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY, NOBODY)
    return Account(entry.pw_uid, entry.pw_gid)


def data_home(var: Path, account: Account) -> Path:
    """The directory of all server data, made on first use."""
    home = var / "data"
    if home.is_symlink() and not home.exists():
        home.unlink()
    if not home.exists():
        _make_home(home, account)
    _refuse_foreign(home, account)
    return home.resolve()


def _make_home(home: Path, account: Account) -> None:
    if account.can_reach(home.parent.resolve()):
        home.mkdir(mode=0o755)
        home.chmod(0o755)
        return
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    outside = OUTSIDE / f"healthaid-{mark}-{secrets.token_hex(4)}"
    outside.mkdir(mode=0o755)
    outside.chmod(0o755)
    home.symlink_to(outside)
    log("run", f"The database user cannot reach {home.parent}: the data lie in {outside}")


def _refuse_foreign(home: Path, account: Account) -> None:
    if home.stat().st_uid != os.geteuid():
        raise Refusal(
            f"{home} was made by another user. Start as that user, or keep separate data:\n"
            f"  HEALTHAID_VAR={Path.home() / 'healthaid-var'} ./run"
        )
    if not account.can_reach(home.resolve()):
        raise Refusal(f"The database user cannot reach {home.resolve()}. Remove {home} to start afresh.")


def subdirectory(home: Path, name: str, account: Account) -> Path:
    """A private directory of one server inside the data home."""
    path = home / name
    path.mkdir(mode=0o700, exist_ok=True)
    account.take(path)
    return path


def shared_programs(name: str) -> Path:
    """A directory under /var/tmp where root keeps a copy of server programs for `nobody` to run."""
    path = OUTSIDE / name
    path.mkdir(mode=0o755, exist_ok=True)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0 or status.st_mode & 0o022:
        raise Refusal(f"{path} is not a directory that only root can write. Remove it, then run this again.")
    path.chmod(0o755)
    return path
