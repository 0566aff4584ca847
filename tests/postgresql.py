"""A real PostgreSQL server of our own, that forgets everything: for tests, validation and benchmarks."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

NO_SERVER = "no PostgreSQL server is installed: apt-get install postgresql"
QUICK = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB",
         "max_connections=60", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")  # fmt: skip


def programs() -> Path | None:
    """The folder that holds initdb and postgres."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*([Path(on_path).resolve().parent] if on_path else []), *folders]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server and stop it whatever happens; gives the folder of its socket.

    Raises
    ------
    FileNotFoundError
        None is installed.
    """
    home = programs()
    if home is None:
        raise FileNotFoundError(NO_SERVER)
    # A short path of our own: the server runs as another user where we are root, and a socket's name has its limit.
    folder = Path(tempfile.mkdtemp(prefix="evenstride-pg-"))
    user = _as_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    server = None
    try:
        subprocess.run(
            [home / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
             "--no-sync", "--no-instructions"], check=True, capture_output=True, cwd=folder, **user,
        )  # fmt: skip
        options = [word for one in (*QUICK, f"unix_socket_directories={folder}") for word in ("-c", one)]
        with (folder / "log").open("wb") as log:
            command: list[Any] = [home / "postgres", "-D", folder / "data", *options]
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user)
        _wait_for(folder, server)
        yield str(folder)
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server: str) -> Iterator[str]:
    """The URL of an empty database, gone afterwards."""
    url = new_database(server)
    try:
        yield url
    finally:
        name = url.partition("@/")[2].partition("?")[0]
        _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def new_database(server: str) -> str:
    """Make an empty database and return its URL."""
    name = f"test_{uuid4().hex}"
    _on(server, f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={server}"


def empty(url: str, tables: Sequence[str]) -> None:
    """Take every row out of the tables, each after those that point to it; whoever is still connected is sent away."""
    import psycopg

    alone = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    statements: Any = "; ".join((alone, *(f"DELETE FROM {table}" for table in tables)))  # noqa: S608  our own names
    with psycopg.connect(url) as connection:
        connection.execute(statements)


def _on(server: str, statement: Any) -> None:
    import psycopg

    with psycopg.connect(host=server, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


def _as_user() -> dict[str, Any]:
    """What makes a child process run as somebody else when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _wait_for(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.05)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
