"""The command that opens the whole loop in a browser."""

from typing import Any

import click

from evenstride.cli.options import Command, as_json, examples, where_asked


@click.command(
    cls=Command,
    short_help="The whole loop in a browser, on this machine.",
    epilog=examples("evenstride serve", "evenstride serve --port 9000 --open", "evenstride --data demo/data serve"),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; the default is for you alone.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="The next free one where it is taken; 0 is any.",
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="Another name that this machine is called by."
)
@click.option("--open", "open_it", is_flag=True, help="Open a browser too.")
@as_json
def serve(**options: Any) -> int:
    """Serve the web application until Ctrl-C: today, runs, season, tests, plan, log, review.

    Only this machine can reach it unless --host says otherwise; there are no passwords yet.
    """
    from evenstride.cli.serve import serve_command

    return serve_command(**options, where=where_asked())
