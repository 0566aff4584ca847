"""Commands that need no data folder: one run's report, the demo, the simulator."""

from pathlib import Path
from typing import Any

import click

from evenstride.cli.options import FILE, FileCommand, FileGroup, as_json, examples

_seed = click.IntRange(min=0)


@click.command(
    cls=FileCommand,
    short_help="Do the legs differ for real in this run?",
    epilog=examples(
        "evenstride analyze monday.fit",
        "evenstride analyze runs/*.fit --html reports",
        "evenstride analyze left.csv right.csv",
        "evenstride analyze table.csv --csv-map map.toml",
        "evenstride analyze monday.fit --json",
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--html", type=FILE, help="Write a page per run: names a file, or a folder for several runs.")
@click.option("--any-sport", is_flag=True, help="Analyse activities that are not runs too.")
@click.option("--csv-map", type=FILE, help="A TOML file that says what the columns of a CSV are (docs/formats.md).")
@click.option("--seed", type=int, default=0, help="Kept for scripts: today's interval needs no random numbers.")
@as_json
def analyze(files: tuple[Path, ...], **options: Any) -> int:
    """Say for each run whether the legs differ for real, by how much, how surely, and what explains it.

    FILES are FIT, GPX, TCX, Garmin Connect JSON or RunScribe CSV, also inside .gz and .zip. Many files are read on all
    cores.
    """
    from evenstride.cli.analyze import analyze_command

    options.pop("seed")
    return analyze_command(files, **options)


@click.command(
    cls=FileCommand,
    short_help="Three runners with known truth, through the whole loop.",
    epilog=examples("evenstride demo", "evenstride demo --dir my-demo --seed 7"),
)
@click.option(
    "--dir", "folder", type=FILE, default=Path("evenstride-demo"), help="Where runs and pages go.", show_default=True
)
@click.option("--seed", type=_seed, default=1, help="Another seed, other days and noise.", show_default=True)
@as_json
def demo(folder: Path, seed: int, as_json: bool) -> int:
    """Let three simulated runners with known truth live through twelve weeks of the whole loop in a fresh database.

    Each runs, logs, tests, is reviewed on Sundays and trains as planned; one closes the gap, one stagnates and gets
    other exercises, one comes back from an injury, drifts late and is sent to test again. Ends with where to look next.
    """
    from evenstride.cli.demo import demo_command

    return demo_command(folder, seed=seed, as_json=as_json)


@click.group(
    cls=FileGroup,
    short_help="Make runs whose truth is known.",
    epilog=examples("evenstride simulate run --out X.fit --asymmetry 5"),
)
def simulate() -> None:
    """Make runs whose truth is known."""


@simulate.command(
    "run",
    epilog=examples(
        "evenstride simulate run --out X.fit --asymmetry 5 --minutes 40 --seed 3",
        "evenstride simulate run --out X.fit --set grade_sd_pct=2 --set grade_effect_pct=0.4",
        "evenstride simulate run --out X.fit --sensor watch_balance --sensor runscribe:-4.8",
    ),
)
@click.option("--out", type=FILE, required=True, help="The FIT file to write.")
@click.option("--asymmetry", type=float, help="True index of contact time in percent; positive = right longer.")
@click.option("--minutes", type=float, help="Length of the run.")
@click.option(
    "--sensor", "sensors", multiple=True,
    help="watch_balance, runscribe or stryd_duo, with :BIAS in percent; again for a second one.",
)  # fmt: skip
@click.option("--set", "settings", multiple=True, help="Any other setting (docs/simulator.md), as name=value.")
@click.option("--seed", type=_seed, default=0, help="The same seed writes the same file.", show_default=True)
@as_json
def simulate_run(out: Path, as_json: bool, **options: Any) -> int:  # noqa: ARG001  the truth is JSON either way
    """Write one simulated run as a FIT file and print its truth as JSON."""
    from evenstride.cli.simulate import simulate_run_command

    return simulate_run_command(out, **options)
