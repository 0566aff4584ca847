"""`evenstride serve`: the web application until it is stopped."""

from evenstride.cli.show import tell
from evenstride.service.where import Where
from evenstride.web.serving import serve
from evenstride.web.settings import WebSettings


def serve_command(*, host: str, port: int, hosts: tuple[str, ...], open_it: bool, where: Where) -> int:
    """Serve, and print the address on standard output."""
    settings = WebSettings(where=where, host=host, port=port, hosts=hosts)
    serve(settings, tell=tell, show=lambda address: print(address, flush=True), open_it=open_it)
    return 0
