"""The application on a port of this machine, until it is told to stop."""

import contextlib
import errno
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from types import FrameType
from typing import TYPE_CHECKING

from evenstride.errors import InvalidRequest
from evenstride.service.home import opened
from evenstride.web.settings import WebSettings

if TYPE_CHECKING:
    import uvicorn

SECRET_FILE = "web.secret"  # noqa: S105  a file's name
GRACE_SECONDS = 3
PORTS_TRIED = 20
_NOT_OURS = (errno.EADDRNOTAVAIL, errno.EACCES, errno.EPERM)


def serve(
    settings: WebSettings, *, tell: Callable[[str], None], show: Callable[[WebSettings], None], open_it: bool
) -> None:
    """Serve until Ctrl-C or SIGTERM. ``show`` prints the settings' address, ``tell`` says what else is to be known.

    Raises
    ------
    InvalidRequest
        The address cannot be listened on.
    EvenstrideError
        What is kept cannot be opened.
    """
    import uvicorn

    from evenstride.web.app import make_app
    from evenstride.web.warming import warming
    from evenstride.web.watching import watching

    with opened(settings.where) as store, listening(settings) as bound:
        port = bound.getsockname()[1]
        settings = replace(settings, port=port, secret=settings.secret or secret_in(settings.where.data))
        if not settings.only_here:
            tell(
                f"Listening on {settings.host}: whoever can reach this address can read and change everything that is "
                "kept here, and nothing is encrypted on the way. Use it only in a network that you trust."
            )
        app = make_app(settings, store)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, date_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS, lifespan="off", ws="none", proxy_headers=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        with _stopping(server):
            show(settings)
            if sys.stderr.isatty():
                tell("Ctrl-C stops it.")
            if open_it and sys.stdout.isatty():
                webbrowser.open(settings.address)
            with watching(store, settings.where, tell=app.state.site.changes.put), warming(app):
                server.run(sockets=[bound])


@contextlib.contextmanager
def listening(settings: WebSettings) -> Iterator[socket.socket]:
    """Listen on the port asked for, or on the next free one; port 0 is any."""
    ports = [0] if settings.port == 0 else [*range(settings.port, min(settings.port + PORTS_TRIED, 65536)), 0]
    bound = next((one for port in ports if (one := _bound(settings.host, port)) is not None), None)
    if bound is None:
        raise InvalidRequest(f"No port of {settings.host} is free.", help="Name another one with --port.")
    with bound:
        yield bound


def secret_in(folder: Path) -> str:
    """Return what signs cookies and forms, kept beside the data, so that open pages outlive a restart."""
    file = folder / SECRET_FILE
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileExistsError):
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w") as out:
                out.write(token_hex(32))
        kept = file.read_text(encoding="ascii", errors="replace").strip()
        if len(kept) == 64:
            return kept
    return token_hex(32)


def _bound(host: str, port: int) -> socket.socket | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise InvalidRequest(
            f"{host} is no address of this machine.", help="Use 127.0.0.1, or 0.0.0.0 for all."
        ) from None
    # With its protocol named: asyncio sends at once only on what says that it is TCP, else each answer waits 40 ms.
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except OSError as error:
        bound.close()
        if error.errno in _NOT_OURS:
            raise InvalidRequest(
                f"{host} cannot be listened on ({error.strerror}).", help="Use 127.0.0.1, or 0.0.0.0 for all."
            ) from None
        return None
    return bound


@contextlib.contextmanager
def _stopping(server: "uvicorn.Server") -> Iterator[None]:
    """Ctrl-C and SIGTERM end a server on purpose: that is no error, and leaves no trace on the screen."""

    def stop(_sign: int, _frame: FrameType | None) -> None:
        # Before uvicorn listens to signals itself this is the only word it hears of them; once it has stopped for one
        # it raises it again, and then this changes nothing.
        server.should_exit = True

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
