"""`evenstride serve`: the web application until it is stopped."""

import sys

from evenstride.cli.show import print_json, tell
from evenstride.service.where import Where
from evenstride.web.serving import serve
from evenstride.web.settings import WebSettings


def serve_command(*, host: str, port: int, hosts: tuple[str, ...], open_it: bool, as_json: bool, where: Where) -> int:
    """Serve, and print the address on standard output, with JSON as the one document, once it is listened on."""
    settings = WebSettings(where=where, host=host, port=port, hosts=hosts)
    serve(settings, tell=tell, show=_print_document if as_json else _print_address, open_it=open_it)
    return 0


def _print_address(settings: WebSettings) -> None:
    print(settings.address, flush=True)


def _print_document(settings: WebSettings) -> None:
    print_json(
        {"schema": "evenstride.serve/1", "address": settings.address, "host": settings.host, "port": settings.port,
         "only_this_machine": settings.only_here}
    )  # fmt: skip
    sys.stdout.flush()
