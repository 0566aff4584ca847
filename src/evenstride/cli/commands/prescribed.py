"""Commands on sessions that a coach prescribes."""

from pathlib import Path
from typing import Any

import click

from evenstride.cli.options import FILE, Group, as_json, examples, where_asked


@click.group(
    "template",
    cls=Group,
    short_help="Sessions that your coach prescribes.",
    epilog=examples(
        "evenstride plan template add hips.toml",
        "evenstride plan template list",
        'evenstride plan template remove "hips first"',
    ),
)
def template() -> None:
    """Sessions that your coach prescribes, in place of the programme's own list (docs/plan.md has a whole file)."""


@template.command(
    "add", short_help="Keep a session from a TOML file.", epilog=examples("evenstride plan template add hips.toml")
)
@click.argument("file", type=FILE)
@as_json
def template_add(file: Path, **options: Any) -> int:
    """Keep the session of a TOML FILE, checked against the catalogue. One of the same name gives way."""
    from evenstride.cli.prescribed import template_add_command

    return template_add_command(file, **options, where=where_asked())


@template.command(
    "list",
    short_help="The sessions that hold.",
    epilog=examples("evenstride plan template list", "evenstride plan template list --json"),
)
@as_json
def template_list(**options: Any) -> int:
    """List the sessions that hold."""
    from evenstride.cli.prescribed import template_list_command

    return template_list_command(**options, where=where_asked())


@template.command(
    "remove",
    short_help="Take a session away.",
    epilog=examples('evenstride plan template remove "hips first"'),
)
@click.argument("name")
@as_json
def template_remove(name: str, **options: Any) -> int:
    """Take the session of a NAME away; it stays in the history."""
    from evenstride.cli.prescribed import template_remove_command

    return template_remove_command(name, **options, where=where_asked())
