"""Commands on weeks of running: import, season, tests per leg, finding."""

from pathlib import Path
from typing import Any

import click

from evenstride.cli.options import FILE, Command, Group, as_json, day_of, examples, where_asked

_picture = click.option("--picture", type=FILE, help="Draw it: OUT ends in .svg or .png.", metavar="OUT")


@click.command(
    "import",
    cls=Command,
    short_help="Keep runs: files, folders, whole exports.",
    epilog=examples(
        "evenstride import ~/Downloads/garmin-export.zip",
        "evenstride import runs/ monday.fit",
        "evenstride import runs/ --jobs 1 --json",
    ),
)
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option("--jobs", type=click.IntRange(min=1), help="How many files at once; else all cores.", metavar="N")
@as_json
def import_runs(paths: tuple[Path, ...], **options: Any) -> int:
    """Keep the runs in files, folders and zip archives, each file byte for byte.

    A Garmin or Strava export may be given as it comes. It is safe to repeat, and may be stopped at any moment and
    continued: the same file is kept once, the same run from two devices is one run with two recordings. One bad file
    never stops the rest; each is listed with its reason.
    """
    from evenstride.cli.archive import import_command

    return import_command(paths, **options, where=where_asked())


@click.command(
    cls=Command,
    short_help="What weeks of runs say: level, change, alarms.",
    epilog=examples(
        "evenstride season",
        "evenstride season --metric contact_time --picture season.svg",
        "evenstride season --json",
    ),
)
@click.option("--metric", help="One metric only, by its name: contact_time, cadence …")
@click.option("--recompute", is_flag=True, help="Read every kept file again with today's method.")
@_picture
@as_json
def season(**options: Any) -> int:
    """Say of each metric where it stands, how far it moved since the baseline, since when, and how surely."""
    from evenstride.cli.season import season_command

    return season_command(**options, where=where_asked())


@click.command(
    cls=Command,
    short_help="Which leg, what to do, how sure, and why.",
    epilog=examples("evenstride finding", "evenstride finding --json"),
)
@as_json
def finding(**options: Any) -> int:
    """Say what runs, tests and history together mean: which leg, do, watch or ignore, how sure, and why."""
    from evenstride.cli.season import finding_command

    return finding_command(**options, where=where_asked())


@click.group(
    cls=Group,
    short_help="Tests of each leg: how to do them, what they gave.",
    epilog=examples("evenstride screen protocol", "evenstride screen add single_leg_calf_raise --left 24 --right 31"),
)
def screen() -> None:
    """Tests of each leg: how to do them, what they gave, and whether the legs differ beyond error."""


@screen.command(
    "add",
    epilog=examples(
        'evenstride screen add single_leg_calf_raise --left 24 --right 31',
        'evenstride screen add knee_to_wall --left "9.5 10 9.5" --right "11 11.5 11" --date 2026-05-04',
        'evenstride screen add bulgarian_split_squat --left 8 --right 8 --load-left 20 --load-right 24',
        "evenstride screen add --csv tests.csv",
    ),
)  # fmt: skip
@click.argument("test", required=False)
@click.option("--left", help="The left leg's trials, in the test's own unit, apart by spaces.", metavar='"…"')
@click.option("--right", help="The right leg's trials.", metavar='"…"')
@click.option("--date", "day", callback=day_of, help="The day of the test; else today.", metavar="DATE")
@click.option("--load-left", "load_left_kg", type=click.FloatRange(min=0), help="Extra load, left.", metavar="KG")
@click.option("--load-right", "load_right_kg", type=click.FloatRange(min=0), help="Extra load, right.", metavar="KG")
@click.option("--note", default="", help="Anything worth remembering.")
@click.option("--csv", "csv_file", type=FILE, help="Many results from a table instead.", metavar="FILE")
@as_json
def screen_add(test: str | None, **options: Any) -> int:
    """Keep the result of a TEST, trial by trial and leg by leg. `evenstride screen protocol` lists the tests."""
    from evenstride.cli.screen import screen_add_command

    return screen_add_command(test, **options, where=where_asked())


@screen.command(
    "list", short_help="The tests done, and whether the legs differ.",
    epilog=examples("evenstride screen list", "evenstride screen list --picture tests.svg"),
)  # fmt: skip
@_picture
@as_json
def screen_list(**options: Any) -> int:
    """List the tests done: both legs, the difference, and whether it is more than error."""
    from evenstride.cli.screen import screen_list_command

    return screen_list_command(**options, where=where_asked())


@screen.command(
    "remove", short_help="Take one result away.", epilog=examples("evenstride screen remove 2026-05-04-knee_to_wall")
)
@click.argument("id_", metavar="ID")
@as_json
def screen_remove(id_: str, **options: Any) -> int:
    """Remove one test result, by the ID that `evenstride screen list` shows."""
    from evenstride.cli.screen import screen_remove_command

    return screen_remove_command(id_, **options, where=where_asked())


@screen.command("restore", epilog=examples("evenstride screen restore 2026-05-04-knee_to_wall"))
@click.argument("id_", metavar="ID")
@as_json
def screen_restore(id_: str, **options: Any) -> int:
    """Bring back a test result that was removed."""
    from evenstride.cli.screen import screen_restore_command

    return screen_restore_command(id_, **options, where=where_asked())


@screen.command(
    "protocol", short_help="The tests there are, and how each is done.",
    epilog=examples("evenstride screen protocol", "evenstride screen protocol knee_to_wall"),
)  # fmt: skip
@click.argument("test", required=False)
@as_json
def screen_protocol(test: str | None, **options: Any) -> int:
    """Say how to do a TEST so that it can be repeated; without a TEST, list them all."""
    from evenstride.cli.screen import screen_protocol_command

    return screen_protocol_command(test, **options)
