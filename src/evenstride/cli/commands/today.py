"""The command that says what to do today."""

from typing import Any

import click

from evenstride.cli.options import Command, as_json, examples, where_asked


@click.command(
    cls=Command,
    short_help="What to do today, on one screen.",
    epilog=examples("evenstride today", "evenstride --athlete Ada today", "evenstride today --json"),
)
@as_json
def today(**options: Any) -> int:
    """Say what to do today: the run, sessions with their doses left and right, what to think of, what waits."""
    from evenstride.cli.today import today_command

    return today_command(**options, where=where_asked())
