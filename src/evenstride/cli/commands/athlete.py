"""Commands on people: who runs, what each leg has been through, and which leg a device means."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from evenstride.cli.options import FILE, Group, as_json, examples, seconds_of, where_asked

F = TypeVar("F", bound=Callable[..., Any])

_PROFILE_OPTIONS = (
    click.option("--born", help="Year of birth.", metavar="YEAR"),
    click.option("--mass", help="Body mass: 68, 68kg or 150lb.", metavar="MASS"),
    click.option("--sex", help="female or male; only where a norm needs it."),
    click.option("--dominant", help="The leg that kicks a ball: left or right."),
    click.option("--leg-length", help='A measured difference: "right +6 mm" when the right leg is longer.'),
    click.option("--runs", multiple=True, help='The usual week: "tue intervals 60 18:00, sun long 110".'),
    click.option("--free", multiple=True, help='Minutes for separate sessions: "mon 40, wed 40 07:00".'),
    click.option("--around-runs", help='Minutes before and after runs: "10 10".'),
    click.option("--equipment", multiple=True, help="What is at hand: dumbbell,band,low_box."),
    click.option("--race", "races", multiple=True, help="2026-09-20=A; A the goal, B on the way, C for training."),
    click.option("--injury", "injuries", multiple=True, help='"right achilles 2025-11..2026-02", or ..now.'),
    click.option("--surgery", "surgeries", multiple=True, help='"left knee 2019-03".'),
    click.option("--restriction", "restrictions", multiple=True, help='"no jumping left until 2026-08-01".'),
    click.option(
        "--target",
        "targets",
        multiple=True,
        metavar="RANGE",
        help='A range of your own: "contact_time left 1 to right 3 since 2026-05-04".',
    ),
    click.option("--guidance", help="The day's general guidance on food, drink and sleep: on or off."),
    click.option("--units", help="metric or imperial: how distances and masses are shown."),
    click.option("--timezone", help="Europe/Berlin, America/New_York …"),
    click.option("--file", "file", type=FILE, help="A TOML file with all of it (docs/profile.md)."),
)


def _profile_options(command: F) -> F:
    for option in reversed(_PROFILE_OPTIONS):
        command = option(command)
    return command


@click.group(
    cls=Group,
    short_help="Who runs: body, week, history, devices.",
    epilog=examples("evenstride athlete add Ada --born 1990 --mass 68", "evenstride athlete show"),
)
def athlete() -> None:
    """Who runs: body, usual week, races, what each leg has been through, and which leg a device means."""


@athlete.command(
    "add",
    short_help="Add an athlete.",
    epilog=examples(
        "evenstride athlete add Ada",
        'evenstride athlete add Ada --born 1990 --mass 68 --runs "tue intervals 60 18:00, sun long 110 08:00"',
        'evenstride athlete add Ada --injury "right achilles 2025-11" --race 2026-09-20=A',
        "evenstride athlete add --file ada.toml",
    ),
)
@click.argument("name", required=False)
@_profile_options
@as_json
def athlete_add(name: str | None, **options: Any) -> int:
    """Add an athlete. Everything but the NAME may be left out and given later: nothing is guessed."""
    from evenstride.cli.athlete import athlete_add_command

    return athlete_add_command(name, **options, where=where_asked())


@athlete.command("list", epilog=examples("evenstride athlete list"))
@as_json
def athlete_list(**options: Any) -> int:
    """List the athletes."""
    from evenstride.cli.athlete import athlete_list_command

    return athlete_list_command(**options, where=where_asked())


@athlete.command(
    "show",
    short_help="What is known, and what is not.",
    epilog=examples("evenstride athlete show", "evenstride athlete show Ada --toml > ada.toml"),
)
@click.argument("name", required=False)
@click.option("--toml", is_flag=True, help="As a file to edit, for `athlete change --file`.")
@as_json
def athlete_show(name: str | None, **options: Any) -> int:
    """Show what is known of an athlete, what is not, and what it would be good for."""
    from evenstride.cli.athlete import athlete_show_command

    return athlete_show_command(name, **options, where=where_asked())


@athlete.command(
    "change",
    epilog=examples(
        "evenstride athlete change --mass 66",
        'evenstride athlete change --injury "right achilles 2025-11..2026-02"',
        "evenstride athlete change --forget races --race 2026-09-20=A",
        "evenstride athlete change Ada --rename Adele",
        "evenstride athlete change --file ada.toml",
    ),
)
@click.argument("name", required=False)
@_profile_options
@click.option("--rename", help="A new name.", metavar="NAME")
@click.option("--forget", multiple=True, help="Empty a field first: mass, races, injuries …; may be repeated.")
@as_json
def athlete_change(name: str | None, **options: Any) -> int:
    """Change what is given and keep the rest.

    Races, injuries, surgery, restrictions and targets are added to those known, the same one being replaced; runs,
    free slots and equipment are replaced as a whole.
    """
    from evenstride.cli.athlete import athlete_change_command

    return athlete_change_command(name, **options, where=where_asked())


@athlete.command(
    "side-check",
    short_help="Is the device's left the left leg? A guided minute.",
    epilog=examples(
        "evenstride athlete side-check",
        "evenstride athlete side-check limp.fit --leg left --from 5:00 --to 6:00",
        "evenstride athlete side-check hop.fit --leg right --method hop --from 4:00 --to 5:00",
    ),
)
@click.argument("file", required=False, type=FILE)
@click.option("--leg", type=click.Choice(["left", "right"]), help="The leg that stayed down longer, or hopped.")
@click.option(
    "--method", type=click.Choice(["limp", "hop"]), default="limp", show_default=True,
    help="A limp, or hops on one leg.",
)  # fmt: skip
@click.option("--from", "from_s", callback=seconds_of, help="When it began, on the watch.", metavar="MM:SS")
@click.option("--to", "to_s", callback=seconds_of, help="When it ended.", metavar="MM:SS")
@as_json
def side_check(file: Path | None, **options: Any) -> int:
    """Check in one guided minute that a device's left is the left leg. Without a FILE: how to do it."""
    from evenstride.cli.athlete import side_check_command

    return side_check_command(file, **options, where=where_asked())
