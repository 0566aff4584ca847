"""The commands, and how every error becomes one sentence and an exit code.

Exit codes: 0 done · 1 the input cannot be served · 2 wrong usage · 3 partly done. Heavy rooms are imported inside the
command that needs them, so that ``--help`` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from evenstride.cli.show import print_json
from evenstride.errors import EvenstrideError

WRONG_USAGE = 2
INTERRUPTED = 130

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")
_seed = click.IntRange(min=0)
_file = click.Path(path_type=Path, readable=False)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_examples(
        "evenstride analyze monday.fit",
        "evenstride analyze monday.fit --html monday.html",
        "evenstride demo",
    ),
)
@click.version_option(package_name="evenstride", message="evenstride %(version)s")
def cli() -> None:
    """Do my legs really differ, and how surely?

    evenstride reads a run and says so, with its uncertainty.
    """


@cli.command(
    short_help="Do the legs differ for real in this run?",
    epilog=_examples(
        "evenstride analyze monday.fit",
        "evenstride analyze runs/*.fit --html reports",
        "evenstride analyze left.csv right.csv",
        "evenstride analyze table.csv --csv-map map.toml",
        "evenstride analyze monday.fit --json",
    ),
)
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--html", type=_file, help="Write a page per run: names a file, or a folder for several runs.")
@click.option("--any-sport", is_flag=True, help="Analyse activities that are not runs too.")
@click.option("--csv-map", type=_file, help="A TOML file that says what the columns of a CSV are (docs/formats.md).")
@click.option("--seed", type=int, default=0, help="Kept for scripts: today's interval needs no random numbers.")
@_json
def analyze(files: tuple[Path, ...], **options: Any) -> int:
    """Say for each run whether the legs differ for real, by how much, how surely, and what explains it.

    FILES are FIT, GPX, TCX, Garmin Connect JSON or RunScribe CSV, also inside .gz and .zip. Many files are read on all
    cores.
    """
    from evenstride.cli.analyze import analyze_command

    options.pop("seed")
    return analyze_command(files, **options)


@cli.command(
    short_help="Eight weeks with known truth, judged and drawn.",
    epilog=_examples("evenstride demo", "evenstride demo --dir my-demo --seed 7"),
)
@click.option(
    "--dir", "folder", type=_file, default=Path("evenstride-demo"), help="Where runs and pages go.", show_default=True
)
@click.option("--seed", type=_seed, default=1, help="Another seed, another runner.", show_default=True)
@_json
def demo(folder: Path, seed: int, as_json: bool) -> int:
    """Eight weeks of simulated runs with known truth, each analysed; ends with a picture and where to look next."""
    from evenstride.cli.demo import demo_command

    return demo_command(folder, seed=seed, as_json=as_json)


@cli.group(
    short_help="Make runs whose truth is known.", epilog=_examples("evenstride simulate run --out X.fit --asymmetry 5")
)
def simulate() -> None:
    """Make runs whose truth is known."""


@simulate.command(
    "run",
    epilog=_examples(
        "evenstride simulate run --out X.fit --asymmetry 5 --minutes 40 --seed 3",
        "evenstride simulate run --out X.fit --set grade_sd_pct=2 --set grade_effect_pct=0.4",
        "evenstride simulate run --out X.fit --sensor watch_balance --sensor runscribe:-4.8",
    ),
)
@click.option("--out", type=_file, required=True, help="The FIT file to write.")
@click.option("--asymmetry", type=float, help="True index of contact time in percent; positive = right longer.")
@click.option("--minutes", type=float, help="Length of the run.")
@click.option(
    "--sensor", "sensors", multiple=True,
    help="watch_balance, runscribe or stryd_duo, with :BIAS in percent; again for a second one.",
)  # fmt: skip
@click.option("--set", "settings", multiple=True, help="Any other setting (docs/simulator.md), as name=value.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, help="The same seed writes the same file.", show_default=True
)
@_json
def simulate_run(out: Path, as_json: bool, **options: Any) -> int:  # noqa: ARG001  the truth is JSON either way
    """Write one simulated run as a FIT file and print its truth as JSON."""
    from evenstride.cli.simulate import simulate_run_command

    return simulate_run_command(out, **options)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a sign shows a question mark, never a traceback.
            stream.reconfigure(errors="replace")
    sys.exit(_exit_code(list(sys.argv[1:] if arguments is None else arguments)))


def _exit_code(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        code = cli(arguments, prog_name="evenstride", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        if as_json:
            print_json(_error_document("wrong_usage", error.format_message(), "evenstride --help"))
        error.show()
        return WRONG_USAGE
    except EvenstrideError as error:
        if as_json:
            print_json(_error_document(error.kind, error.text, error.help))
        print(_printable(f"{error.text} {error.help}".strip()), file=sys.stderr)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has left: what it wanted, it has.
        _silence_stdout()
        return 0
    except OSError as error:
        print(f"The result cannot be written: {error.strerror}.", file=sys.stderr)
        _silence_stdout()
        return 1
    return code if isinstance(code, int) else 0


def _printable(text: str) -> str:
    """Without anything from a file that could steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _silence_stdout() -> None:
    """Let what is still in the buffer go nowhere, so that leaving raises nothing more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _error_document(kind: str, text: str, help_text: str) -> dict[str, Any]:
    return {"schema": "evenstride.error/1", "kind": kind, "text": text, "help": help_text}
