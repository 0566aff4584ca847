"""The screens of what is kept: what an import did, and the list of runs."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import FileOutcome, StoredRun
from evenstride.report.archive_document import ImportSummary
from evenstride.report.archive_words import KNOWN, LEFT_ASIDE, OTHER_SPORT, TWIN, done_words, file_reason, many
from evenstride.report.looks import STYLES, WIDTH_MAX, as_text, print_screen, printable, two_columns
from evenstride.report.numbers import clock, count
from evenstride.report.terminal import device_words
from evenstride.report.words import answer, number

FAILED_SHOWN = 40
NAMES_SHOWN = 3
ENDINGS_SHOWN = 6
WORDS_LEAST = 10


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
    kept already      2: taken in before, or the same file twice
    merged            1: another recording of a run that was there
    """
    return as_text(import_screen(summary), width)


def import_screen(summary: ImportSummary) -> RenderableType:
    """Return what an import did: the answer, then the counts, then a line for each file that failed."""
    parts: list[RenderableType] = [Text(f"{done_words(summary)}, in {clock(summary.seconds)}.", style="bold")]
    if summary.runs_added or summary.merged:
        parts.append(Text("Next: evenstride season"))
    notes = [Text(printable(note.text)) for note in summary.notes]
    told = [part for block in (_failed(summary), notes) if block for part in (Text(""), *block)]
    return Group(*parts, Text(""), _counts(summary), *told)


def stopped_words(summary: ImportSummary) -> str:
    """Say in one line how far an import came that was stopped.

    >>> stopped_words(ImportSummary(files=12, kept=9, runs_added=8, seconds=4.2, stopped=True))
    'Stopped: 8 runs were added from 12 files. The same command goes on from here.'
    """
    if not summary.files:
        return "Stopped before the first file was read."
    return f"Stopped: {done_words(summary)}. The same command goes on from here."


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
    # The name is what other commands ask for, and half a time or interval says something else: none is cut short.
    table.add_column("run", no_wrap=True, min_width=max(len(run.id) for run in runs))
    table.add_column("time", no_wrap=True, min_width=max(len(clock(run.duration_s)) for run in runs))
    for header in ("verdict", "difference", "recorded by, tags"):
        table.add_column(header, min_width=WORDS_LEAST, overflow="fold")
    for run in runs:
        report = run.recordings[0].report
        said = answer(report)
        first = report.estimates[0] if report.judged else None
        table.add_row(
            Text(printable(run.id)), clock(run.duration_s),
            Text(said.chip, style=STYLES.get(said.tone, "")), (number(first) or "too short") if first else "–",
            Text(printable(_more(run))),
        )  # fmt: skip
    return Group(Text(f"{many(len(runs), 'run')}.", style="bold"), Text(""), table)


def _more(run: StoredRun) -> str:
    reports = [recording.report for recording in run.recordings]
    devices = dict.fromkeys(device_words(report.source.device) or report.source.format for report in reports)
    tags = [f"{name} {value}" for name, value in sorted(run.tags.items())]
    return "; ".join([" + ".join(devices), *tags])


def _counts(summary: ImportSummary) -> Table:
    table = two_columns()
    table.add_row("kept", count(summary.kept))
    if summary.duplicates:
        table.add_row("kept already", f"{count(summary.duplicates)}: {KNOWN}")
    if summary.merged:
        table.add_row("merged", f"{count(summary.merged)}: {TWIN}")
    for place, line in enumerate(_left_aside(summary.left_aside)):
        table.add_row("" if place else "left aside", Text(printable(line)))
    if summary.failed:
        table.add_row("failed", count(len(summary.failed)))
    return table


def _left_aside(left: Sequence[FileOutcome]) -> Iterator[str]:
    """A line for each reason, the most frequent first: how many of what, and some of their names."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in left:
        sport = OTHER_SPORT.fullmatch(one.text)
        of_that = (f"{sport['sport']} activity", f"{sport['sport']} activities") if sport else None
        reason = of_that or LEFT_ASIDE.get(one.kind, LEFT_ASIDE["unknown_format"])
        reasons.setdefault(reason, []).append(PurePath(one.name).name)
    for words, names in sorted(reasons.items(), key=lambda reason: -len(reason[1])):
        what = words[0] if len(names) == 1 else words[1]
        if words == LEFT_ASIDE["unknown_format"]:
            what += _endings(names)
        more = f" and {count(len(names) - NAMES_SHOWN)} more" if len(names) > NAMES_SHOWN else ""
        yield f"{count(len(names))} {what}: {', '.join(names[:NAMES_SHOWN])}{more}"
    if any(len(names) > NAMES_SHOWN for names in reasons.values()):
        yield "With --json all of them are named, with their folders."


def _endings(names: Sequence[str]) -> str:
    endings = sorted({PurePath(name).suffix.lower() for name in names} - {""})
    more = " …" if len(endings) > ENDINGS_SHOWN else ""
    return f" ({', '.join(endings[:ENDINGS_SHOWN])}{more})" if endings else ""


def _failed(summary: ImportSummary) -> list[RenderableType]:
    shown = summary.failed[:FAILED_SHOWN]
    out: list[RenderableType] = [Text(printable(f"{one.name}: {file_reason(one)}")) for one in shown]
    if len(summary.failed) > FAILED_SHOWN:
        out.append(Text(f"… {len(summary.failed) - FAILED_SHOWN} more: evenstride run list --json names them all"))
    return out
