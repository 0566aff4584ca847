"""The screens of what is kept: what an import did, and the list of runs."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import StoredRun
from evenstride.report.archive_document import ImportSummary
from evenstride.report.numbers import clock, count
from evenstride.report.terminal import STYLES, WIDTH_MAX, as_text, device_words, print_screen, two_columns
from evenstride.report.words import answer, number, printable

SKIPPED: Mapping[str, str] = {
    "not_a_run": "other sports",
    "not_an_activity": "no recordings (settings, monitoring, workouts)",
    "unknown_format": "other kinds of files",
    "too_short": "under a minute",
}
"""Why files are left aside → how many of what."""

FAILED_SHOWN = 40


def print_import(summary: ImportSummary, *, console: Console | None = None) -> None:
    """Print what an import did on standard output, or on the console given."""
    print_screen(lambda _: import_screen(summary), console)


def import_text(summary: ImportSummary, *, width: int = WIDTH_MAX) -> str:
    """Return what an import did as plain text, without colour.

    >>> print(import_text(ImportSummary(files=12, kept=9, duplicates=2, merged=1, runs_added=8, seconds=4.2)))
    8 runs were added from 12 files, in 0:04.
    Next: evenstride season
    <BLANKLINE>
    kept              9
    kept already      2
    merged            1: another recording of a run that was there
    """
    return as_text(import_screen(summary), width)


def import_screen(summary: ImportSummary) -> RenderableType:
    """Return what an import did: the answer, then the counts, then a line for each file that failed."""
    runs, files = _many(summary.runs_added, "run"), _many(summary.files, "file")
    verb = "was" if summary.runs_added == 1 else "were"
    said = f"{runs} {verb} added from {files}" if summary.runs_added else _nothing(summary, files)
    if summary.merged and not summary.runs_added:
        said = f"{_many(summary.merged, 'recording')} joined runs that were there already, from {files}"
    if summary.stopped and not summary.files:
        said = "Stopped before the first file was read"
    stopped = ", then it was stopped" if summary.stopped and summary.files else ""
    parts: list[RenderableType] = [Text(f"{said}, in {clock(summary.seconds)}{stopped}.", style="bold")]
    if summary.stopped:
        parts.append(Text("What was taken in is kept; the same command goes on where it stopped."))
    elif summary.runs_added or summary.merged:
        parts.append(Text("Next: evenstride season"))
    return Group(*parts, Text(""), _counts(summary), *_failed(summary))


def _nothing(summary: ImportSummary, files: str) -> str:
    if not summary.files:
        return "There is nothing that could be a run"
    if summary.duplicates:
        return f"Nothing new: {count(summary.duplicates)} of {files} are known already"
    return f"No run was found in {files}"


def print_stored_runs(runs: Sequence[StoredRun], *, console: Console | None = None) -> None:
    """Print the list of runs on standard output, or on the console given."""
    print_screen(lambda _: stored_runs_screen(runs), console)


def stored_runs_text(runs: Sequence[StoredRun], *, width: int = WIDTH_MAX) -> str:
    """Return the list of runs as plain text, without colour.

    >>> stored_runs_text([])
    'There are no runs yet.\\nImport some: evenstride import FILE…'
    """
    return as_text(stored_runs_screen(runs), width)


def stored_runs_screen(runs: Sequence[StoredRun]) -> RenderableType:
    """Return the list of runs: newest last, each with its verdict, number, devices and tags."""
    if not runs:
        return Group(Text("There are no runs yet.", style="bold"), Text("Import some: evenstride import FILE…"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in ("run", "time", "verdict", "difference", "recorded by, tags"):
        # The name is what other commands ask for: it is never cut short.
        least = max(len(run.id) for run in runs) if header == "run" else None
        table.add_column(header, no_wrap=header != "recorded by, tags", overflow="fold", min_width=least)
    for run in runs:
        report = run.recordings[0].report
        said = answer(report)
        first = report.estimates[0] if report.judged else None
        table.add_row(
            Text(printable(run.id)), clock(run.duration_s),
            Text(said.chip, style=STYLES.get(said.tone, "")), (number(first) or "too short") if first else "–",
            Text(printable(_more(run))),
        )  # fmt: skip
    return Group(Text(f"{_many(len(runs), 'run')}.", style="bold"), Text(""), table)


def _more(run: StoredRun) -> str:
    reports = [recording.report for recording in run.recordings]
    devices = dict.fromkeys(device_words(report.source.device) or report.source.format for report in reports)
    tags = [f"{name} {value}" for name, value in sorted(run.tags.items())]
    return "; ".join([" + ".join(devices), *tags])


def _counts(summary: ImportSummary) -> Table:
    table = two_columns()
    table.add_row("kept", count(summary.kept))
    if summary.duplicates:
        table.add_row("kept already", count(summary.duplicates))
    if summary.merged:
        table.add_row("merged", f"{count(summary.merged)}: another recording of a run that was there")
    left = sorted(summary.skipped.items(), key=lambda one: -one[1])
    for place, (kind, many) in enumerate(left):
        words = SKIPPED.get(kind, kind.replace("_", " "))
        table.add_row("" if place else "left aside", f"{count(many)} {words}")
    if summary.failed:
        table.add_row("failed", count(len(summary.failed)))
    return table


def _failed(summary: ImportSummary) -> list[RenderableType]:
    shown = summary.failed[:FAILED_SHOWN]
    out: list[RenderableType] = [Text(printable(f"{one.name}: {one.text} {one.help}".rstrip())) for one in shown]
    if len(summary.failed) > FAILED_SHOWN:
        out.append(Text(f"… {len(summary.failed) - FAILED_SHOWN} more: evenstride run list --json names them all"))
    return [Text(""), *out] if out else []


def _many(number_of: int, what: str) -> str:
    return f"{count(number_of)} {what}{'s' if number_of != 1 else ''}"
