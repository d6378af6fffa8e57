"""The database and the broker: those given by DATABASE_URL and REDIS_URL, else our own, started here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from healthaid.launch import binaries, postgres, private, valkey
from healthaid.launch.account import Account, data_home, database_account
from healthaid.launch.console import Refusal
from healthaid.launch.ports import LOOPBACK, free_port, is_free
from healthaid.launch.server import Server


@dataclass
class Services:
    database_url: str
    redis_url: str
    servers: list[Server] = field(default_factory=list)

    @property
    def own_database(self) -> bool:
        return any(server.name == "postgres" for server in self.servers)

    def start(self) -> None:
        """Starts all, then waits for all: together they take as long as the slower one."""
        try:
            for server in self.servers:
                server.start()
            for server in self.servers:
                server.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """The broker first, the database last."""
        for server in reversed(self.servers):
            server.stop()

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def choose(var: Path, *, durable: bool = True, environment: Mapping[str, str] = os.environ) -> Services:
    """Decides, without starting anything, which database and broker this run uses."""
    services = Services(environment.get("DATABASE_URL", ""), environment.get("REDIS_URL", ""))
    if services.database_url and services.redis_url:
        return services
    account = database_account()
    home = data_home(var, account)
    keys = private.keys(var)
    if not services.database_url:
        _own_database(services, var, home, account, keys["DATABASE_PASSWORD"], durable)
    if not services.redis_url:
        _own_broker(services, var, home, account, keys["BROKER_PASSWORD"], durable)
    return services


def _own_database(
    services: Services, var: Path, home: Path, account: Account, password: str, durable: bool
) -> None:
    programs = binaries.postgres(account)
    if programs is None:
        raise Refusal(
            f"No PostgreSQL {binaries.OLDEST_POSTGRES} or newer for this machine: the embedded one has no\n"
            "build for it and none is installed. Install one (Debian: apt-get install postgresql) or\n"
            "set DATABASE_URL."
        )
    port = _remembered_port(var, "postgres")
    server = postgres.server(programs, home, account=account, port=port, password=password, durable=durable)
    services.servers.append(server)
    services.database_url = postgres.url(port, password)


def _own_broker(
    services: Services, var: Path, home: Path, account: Account, password: str, durable: bool
) -> None:
    program = binaries.valkey(account)
    if program is None:
        raise Refusal(
            "No Valkey or Redis for this machine: the embedded one has no build for it and none is\n"
            "installed. Install one (Debian: apt-get install redis-server) or set REDIS_URL."
        )
    port = _remembered_port(var, "valkey")
    server = valkey.server(program, home, account=account, port=port, password=password, durable=durable)
    services.servers.append(server)
    services.redis_url = valkey.url(port, password)


def _remembered_port(var: Path, name: str) -> int:
    """The port of last time while it is free, so that a tool left connected finds its server again."""
    known = private.read_json(var / private.PORTS)
    port = known.get(name)
    if not isinstance(port, int) or not is_free(LOOPBACK, port):
        port = free_port()
        private.write_json(var / private.PORTS, known | {name: port})
    return port
