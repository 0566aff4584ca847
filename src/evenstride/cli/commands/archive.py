"""Commands on what is kept: single runs, backup and restore, export, erasing."""

from pathlib import Path
from typing import Any

import click

from evenstride.cli.options import FILE, Command, Group, as_json, examples, where_asked

_run = click.argument("run", metavar="RUN")


@click.group(
    cls=Group,
    short_help="Single runs: list, show, tag, hand back.",
    epilog=examples("evenstride run list", "evenstride run tag 2026-05-04 shoe=daily surface=trail"),
)
def run() -> None:
    """Single runs as they are kept. RUN is the name or the date that `evenstride run list` shows."""


@run.command("list", epilog=examples("evenstride run list", "evenstride run list --json"))
@as_json
def run_list(**options: Any) -> int:
    """List the runs kept, with their recordings and tags."""
    from evenstride.cli.archive import run_list_command

    return run_list_command(**options, where=where_asked())


@run.command("show", epilog=examples("evenstride run show 2026-05-04"))
@_run
@as_json
def run_show(run: str, **options: Any) -> int:
    """Show one run as `evenstride analyze` does, every recording of it."""
    from evenstride.cli.archive import run_show_command

    return run_show_command(run, **options, where=where_asked())


@run.command(
    "tag",
    epilog=examples(
        "evenstride run tag 2026-05-04 shoe=daily surface=trail kind=long",
        'evenstride run tag 2026-05-04 exclude="ran with a stroller"',
        "evenstride run tag 2026-05-04 exclude=",
    ),
)
@_run
@click.argument("tags", nargs=-1, required=True, metavar="NAME=VALUE...")
@as_json
def run_tag(run: str, tags: tuple[str, ...], **options: Any) -> int:
    """Say what the file cannot: shoe, surface, kind, treadmill, effort. Like is then compared with like.

    `exclude=why` leaves the run out of the season; an empty value removes a tag. Kinds: easy, long, intervals, tempo,
    hills, race.
    """
    from evenstride.cli.archive import run_tag_command

    return run_tag_command(run, tags, **options, where=where_asked())


@run.command("file", epilog=examples("evenstride run file 2026-05-04 --out originals"))
@_run
@click.option("--out", "folder", type=FILE, required=True, help="The folder to put them in.", metavar="DIR")
@as_json
def run_file(run: str, **options: Any) -> int:
    """Hand back the original files of a run, byte for byte."""
    from evenstride.cli.archive import run_file_command

    return run_file_command(run, **options, where=where_asked())


@click.command(
    cls=Command,
    short_help="Everything kept, in one file.",
    epilog=examples("evenstride backup evenstride-2026-05-04.zip"),
)
@click.argument("file", type=FILE)
@as_json
def backup(file: Path, **options: Any) -> int:
    """Write everything that is kept, of all athletes, into one FILE."""
    from evenstride.cli.archive import backup_command

    return backup_command(file, **options, where=where_asked())


@click.command(
    cls=Command,
    short_help="Take everything back from a backup.",
    epilog=examples(
        "evenstride restore evenstride-2026-05-04.zip",
        "evenstride --data new-folder restore evenstride-2026-05-04.zip",
    ),
)
@click.argument("file", type=FILE)
@as_json
def restore(file: Path, **options: Any) -> int:
    """Take everything back from the FILE that `evenstride backup` wrote."""
    from evenstride.cli.archive import restore_command

    return restore_command(file, **options, where=where_asked())


@click.command(
    cls=Command,
    short_help="Originals, tables and JSON, for other programs.",
    epilog=examples("evenstride export my-runs"),
)
@click.argument("folder", type=FILE, metavar="DIR")
@as_json
def export(folder: Path, **options: Any) -> int:
    """Write one athlete's original files, CSV tables and JSON documents into a folder."""
    from evenstride.cli.archive import export_command

    return export_command(folder, **options, where=where_asked())


@click.command(
    cls=Command,
    short_help="Remove everything of one athlete, for good.",
    epilog=examples("evenstride erase Ada", "evenstride erase Ada --yes"),
)
@click.argument("name", metavar="ATHLETE")
@click.option("--yes", is_flag=True, help="Do not ask for the name to be typed again.")
@as_json
def erase(name: str, **options: Any) -> int:
    """Remove everything of one ATHLETE for good: runs, files, tests, profile; and check that it is gone."""
    from evenstride.cli.archive import erase_command

    return erase_command(name, **options, where=where_asked())
