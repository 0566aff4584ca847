"""What the declarations of all commands share: where the data lie, asked before or after any command, and JSON.

``--data``, ``--database`` and ``--athlete`` belong to every command and group; the one given last counts. Only click
is imported here, so that ``--help`` answers at once.
"""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenstride.service.where import Where

_ASKED = "evenstride.where"
_EVERYWHERE = "Everywhere, before or after the command"
_TAKES_AWAY = ("erase", "remove")
_NEAR = 0.7
"""One wrong letter in three is near: `seson` is a season, `serve` is not `erase`."""
_SHORT = "Also --data DIR, --database URL, --athlete NAME: evenstride --help."

FILE = click.Path(path_type=Path, readable=False)
FOLDER = click.Path(path_type=Path, file_okay=False, readable=False)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")


def examples(*lines: str) -> str:
    """Return the end of a command's help: commands that can be typed as they stand."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def where_asked() -> "Where":
    """Return the data folder, database and athlete that the running command was asked for."""
    from evenstride.service.where import find_where

    return find_where(**click.get_current_context().meta.get(_ASKED, {}))


def _keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise click.BadParameter("it is empty.", context, option)
    # ``meta`` is one dictionary for a command and all groups around it; the innermost is read last.
    context.meta.setdefault(_ASKED, {})[option.name] = value


def _where_option(name: str, metavar: str, help_text: str) -> click.Option:
    return click.Option([f"--{name}"], metavar=metavar, help=help_text, expose_value=False, callback=_keep)


WHERE_OPTIONS: tuple[click.Option, ...] = (
    _where_option("data", "DIR", "The data folder; else $EVENSTRIDE_DATA, else your system's place for user data."),
    _where_option("database", "URL", "The database; else $EVENSTRIDE_DATABASE_URL, else evenstride.db in the folder."),
    _where_option("athlete", "NAME", "Whose data; not needed while there is one athlete."),
)


class Command(click.Command):
    """A command that takes the options of every command, and names them in one line of its help."""

    hint = _SHORT

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed; of a word too many say what it may come from."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if "extra argument" not in error.message:
                raise
            said = f'{error.message}. What has a blank in it stands in quotes: "Ada Lovelace".'
            raise click.UsageError(said, ctx) from None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own options and those of every command."""
        return [*super().get_params(ctx), *WHERE_OPTIONS]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its own options, then those of every command in short form."""
        _write_options(self, ctx, formatter)


class FileCommand(Command):
    """A command on files that needs no data folder: it lets the options of every command pass in silence."""

    hint = ""


class Group(click.Group):
    """A group of commands; the outermost one shows the options of every command in full."""

    command_class = Command
    group_class = type
    hint = _SHORT

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click passes it
        """Return the commands in the order in which they are used, not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of one that is not there suggest its near misses, but none that takes something away."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            harmless = [one for one in self.commands if one not in _TAKES_AWAY]
            near = get_close_matches(name, harmless, n=2, cutoff=_NEAR)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"There is no command {name!r}.{meant}")
        return super().resolve_command(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own options and those of every command."""
        return [*super().get_params(ctx), *WHERE_OPTIONS]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under the options."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


class FileGroup(Group):
    """A group of commands on files."""

    command_class = FileCommand
    hint = ""


def _write_options(command: Command | Group, context: click.Context, formatter: click.HelpFormatter) -> None:
    own = [option for option in command.get_params(context) if option not in WHERE_OPTIONS]
    _section("Options", own, context, formatter)
    if context.parent is None:
        _section(_EVERYWHERE, WHERE_OPTIONS, context, formatter)
    elif command.hint:
        formatter.write_paragraph()
        formatter.write_text(command.hint)


def _section(
    title: str, options: Sequence[click.Parameter], context: click.Context, formatter: click.HelpFormatter
) -> None:
    records = [option.get_help_record(context) for option in options if isinstance(option, click.Option)]
    with formatter.section(title):
        formatter.write_dl([record for record in records if record is not None])


def named(*endings: str) -> click.Path:
    """Return the type of a file to write whose name must end so; any other ending is wrong usage, said at once.

    >>> named(".ics")("plan.ics").name
    'plan.ics'
    """
    return _Named(endings)


class _Named(click.Path):
    def __init__(self, endings: Sequence[str]) -> None:
        super().__init__(path_type=Path, readable=False)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(str(super().convert(value, param, ctx)))
        if path.suffix.lower() not in self.endings:
            self.fail(
                f"the name of such a file ends in {' or '.join(self.endings)}; {path.name!r} does not.", param, ctx
            )
        return path


def day_of(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """Read a calendar day written as 2026-05-04."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it as 2026-05-04.", context, option) from None


def seconds_of(context: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """Read a moment of a recording, MM:SS or H:MM:SS as a watch shows it, as seconds since the start."""
    if text is None:
        return None
    if not re.fullmatch(r"(\d{1,2}:[0-5])?\d{1,2}:[0-5]\d", text.strip()):
        said = f"{text!r} is no moment of a recording; write it as 12:30 (minutes and seconds)."
        raise click.BadParameter(said, context, option)
    seconds = 0.0
    for part in text.strip().split(":"):
        seconds = 60 * seconds + int(part)
    return seconds
