"""What the web application is told once, at its start."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from evenstride.service.where import Where

MIB = 1 << 20
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8321


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """Where the data lie, where to listen, and the limits of what is taken in.

    ``hosts`` are names, beside those of this machine's loopback, under which it may be addressed. ``form_bytes_max``
    bounds the body of every request but an upload; an upload as a whole has ``upload_bytes_max``, of at most
    ``upload_files_max`` files of ``upload_file_bytes_max`` each, which unpack to at most ``unpacked_bytes_max``.
    ``secret`` signs cookies and forms.
    """

    where: Where
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    hosts: tuple[str, ...] = ()
    form_bytes_max: int = MIB
    upload_bytes_max: int = 4096 * MIB
    upload_file_bytes_max: int = 2048 * MIB
    upload_files_max: int = 500
    unpacked_bytes_max: int = 16384 * MIB
    secret: str = field(default="", repr=False)

    @property
    def only_here(self) -> bool:
        """Whether nobody but this machine can reach it."""
        return is_loopback(self.host)

    @property
    def address(self) -> str:
        """The address to open in a browser of this machine."""
        host = "localhost" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104  compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
