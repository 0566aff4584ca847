"""The commands, and how every error becomes one sentence and an exit code.

Exit codes: 0 done · 1 the input cannot be served · 2 wrong usage · 3 partly done. The commands are declared in
``commands/``; heavy rooms are imported inside the one that needs them, so that ``--help`` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import click

from evenstride.cli.commands import (
    archive,
    logs,
    one_run,
    plan,
    prescribed,
    returning,
    review,
    season,
    serve,
    today,
    trial,
)
from evenstride.cli.commands import athlete as people
from evenstride.cli.options import Group, examples
from evenstride.cli.show import print_json, tell
from evenstride.errors import EvenstrideError, PlanConflict

WRONG_USAGE = 2
INTERRUPTED = 130


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "evenstride analyze monday.fit --html monday.html",
        "evenstride athlete add Ada --born 1990 --mass 68",
        "evenstride import ~/Downloads/export.zip",
        "evenstride --data my-runs season --json",
        "evenstride plan make --weeks 12",
        "evenstride demo",
    ),
)
@click.version_option(package_name="evenstride", message="evenstride %(version)s")
def cli() -> None:
    """Do my legs really differ, and how surely?

    evenstride reads runs and says so, with its uncertainty; over weeks it says what changed, and plans what to do.
    """


for _command in (
    one_run.analyze,
    one_run.demo,
    one_run.simulate,
    people.athlete,
    season.import_runs,
    archive.run,
    season.season,
    season.screen,
    season.finding,
    plan.plan,
    logs.log,
    review.review,
    trial.trial,
    today.today,
    serve.serve,
    returning.return_,
    archive.backup,
    archive.restore,
    archive.export,
    archive.erase,
):
    cli.add_command(_command)
plan.plan.add_command(prescribed.template)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a sign shows a question mark, never a traceback.
            stream.reconfigure(errors="replace")
    sys.exit(_exit_code(list(sys.argv[1:] if arguments is None else arguments)))


def _exit_code(arguments: list[str]) -> int:
    try:
        return _answered(arguments, as_json="--json" in arguments)
    except BrokenPipeError:
        # The reader of our output (head, less) has left: what it wanted, it has.
        _silence_stdout()
        return 0


def _answered(arguments: list[str], *, as_json: bool) -> int:
    """Run the command; whatever stops it is one sentence, and with JSON one document."""
    try:
        code = cli(arguments, prog_name="evenstride", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        if as_json:
            print_json(_error_document("wrong_usage", error.format_message(), "evenstride --help"))
        error.show()
        return WRONG_USAGE
    except PlanConflict as conflict:
        from evenstride.cli.plan import tell_conflict

        return tell_conflict(conflict, as_json=as_json)
    except EvenstrideError as error:
        return _said(error.kind, error.text, error.help, as_json=as_json, code=error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _said("stopped", "Stopped.", "", as_json=as_json, code=INTERRUPTED)
    except BrokenPipeError:
        raise
    except OSError as error:
        if _is_stuck(sys.stdout):
            _silence_stdout()
            tell(f"The result cannot be written: {error.strerror}.")
            return 1
        where = f" ({error.filename})" if error.filename else ""
        text = f"A file or folder cannot be read or written{where}: {error.strerror}."
        return _said("unreadable_input", text, "", as_json=as_json, code=1)
    return code if isinstance(code, int) else 0


def _said(kind: str, text: str, help_text: str, *, as_json: bool, code: int) -> int:
    if as_json:
        print_json(_error_document(kind, text, help_text))
    tell(f"{text} {help_text}".strip())
    return code


def _is_stuck(stream: TextIO) -> bool:
    """Whether what was printed cannot get out (a full disk behind it)."""
    try:
        stream.flush()
    except OSError:
        return True
    return False


def _silence_stdout() -> None:
    """Let what is still in the buffer go nowhere, so that leaving raises nothing more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _error_document(kind: str, text: str, help_text: str) -> dict[str, Any]:
    return {"schema": "evenstride.error/1", "kind": kind, "text": text, "help": help_text}
