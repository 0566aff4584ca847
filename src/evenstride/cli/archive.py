"""`evenstride import`, `run …`, `backup`, `restore`, `export`, `erase`: what is kept, and what becomes of it."""

import sys
import time
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenstride.cli.show import print_json, printable, progress, tell
from evenstride.errors import InvalidRequest
from evenstride.service.home import Home, kept_run, kept_runs, open_home, opened
from evenstride.service.where import Where

if TYPE_CHECKING:
    from evenstride.report.archive_document import ImportSummary
    from evenstride.store import Backup

PARTLY_DONE = 3
INTERRUPTED = 130
NAMES_SHOWN = 10
_WHAT_HELPS = "Give recorded runs (FIT, GPX, TCX …), a folder of them, or an export as the service made it."


def import_command(paths: Sequence[Path], *, jobs: int | None, as_json: bool, where: Where) -> int:
    """Take the runs in; say what became of every file."""
    from evenstride.report.archive_document import import_document
    from evenstride.report.archive_terminal import print_import, stopped_words
    from evenstride.service.archive import importing, summary_of

    _demand_some_path(paths)
    began = time.monotonic()
    stopped = False
    with open_home(where, make=True) as home:
        with importing(home, paths, jobs=jobs) as (stands, steps):
            try:
                for _ in progress(steps, total=stands.total, doing="Taking runs in", sizes=True):
                    pass
            except KeyboardInterrupt:
                stopped = True
        asking = _asking(home, stands.runs_added) if stands.runs_added and not stopped else ""
    summary = summary_of(stands, seconds=time.monotonic() - began, stopped=stopped)
    if not (summary.kept or summary.duplicates or stopped):
        return _nothing_to_keep(summary, as_json=as_json)
    if as_json:
        print_json(import_document(summary))
    elif not stopped:
        print_import(summary)
    if home.new and summary.kept:
        tell(f"Kept for a new athlete, {home.profile.name}, in {where.data}.")
        tell(f"Another name: evenstride athlete change {home.profile.name} --rename NAME")
    if asking:
        tell(asking)
    if stopped:
        tell(stopped_words(summary))
        return INTERRUPTED
    return PARTLY_DONE if summary.failed else 0


def _asking(home: Home, added: Iterable[str]) -> str:
    """One line on new runs of the last fortnight that nobody was asked about; empty where there are none."""
    from evenstride.service.logs import runs_waiting

    new = set(added)
    waits = [one for one in runs_waiting(home) if one in new]
    if not waits:
        return ""
    more = f" (and {len(waits) - 1} more)" if len(waits) > 1 else ""
    return f"Before you look at the numbers: evenstride log run {waits[-1]}{more} asks how it felt."


def _nothing_to_keep(summary: "ImportSummary", *, as_json: bool) -> int:
    """Of a single file its own reason is the answer; of several each is listed."""
    from evenstride.report.archive_document import import_document
    from evenstride.report.archive_terminal import print_import

    told = (*summary.failed, *summary.left_aside)
    kind, text, help_text = "no_run", "There is no run in what was given.", _WHAT_HELPS
    if len(told) == 1:
        kind, text, help_text = told[0].kind, f"{told[0].name}: {told[0].text}", told[0].help
    elif told and not as_json:
        print_import(summary)
    if as_json:
        error = {"schema": "evenstride.error/1", "kind": kind, "text": text, "help": help_text}
        print_json(error | import_document(summary) | error)
    tell(f"{text} {help_text}")
    return 1


def run_list_command(*, as_json: bool, where: Where) -> int:
    """List the runs kept."""
    from evenstride.report.archive_document import stored_runs_document
    from evenstride.report.archive_terminal import print_stored_runs
    from evenstride.service.run_list import told_right
    from evenstride.store import failures, side_checks

    with open_home(where) as home:
        checks = side_checks(home.store, home.athlete_id)
        stored = tuple(told_right(home, one, checks) for one in kept_runs(home))
        failed = failures(home.store, home.athlete_id)
    if as_json:
        print_json(
            stored_runs_document(stored)
            | {"failed": [{"name": one.name, "error": f"{one.text} {one.help}".strip()} for one in failed]}
        )
    else:
        print_stored_runs(stored)
        if failed:
            many = f"{len(failed)} files" if len(failed) > 1 else "One file"
            tell(f"{many} could not be read; --json names them with their reasons.")
    return 0


def run_show_command(run: str, *, as_json: bool, where: Where) -> int:
    """Show one run in full, each of its recordings."""
    from evenstride.report.document import runs_document
    from evenstride.report.terminal import print_run
    from evenstride.service.recompute import run_in_full

    with open_home(where) as home:
        stored = kept_run(home, run)
        reports = run_in_full(home, stored)
    if as_json:
        print_json(runs_document(reports) | {"run": stored.id, "tags": dict(stored.tags)})
        return 0
    for report in reports:
        print_run(report)
    if stored.tags:
        tell("Tags: " + ", ".join(f"{name}={value}" for name, value in sorted(stored.tags.items())))
    return 0


def run_tag_command(run: str, tags: Sequence[str], *, as_json: bool, where: Where) -> int:
    """Say of a run what its file cannot."""
    from evenstride.service.tags import read_tag
    from evenstride.store import tag_run

    wanted = dict(read_tag(one) for one in tags)
    with open_home(where) as home:
        tag_run(home.store, home.athlete_id, run, wanted)
        stored = kept_run(home, run)
    if as_json:
        print_json({"schema": "evenstride.run_tags/1", "run": stored.id, "tags": dict(stored.tags)})
    else:
        now = ", ".join(f"{name}={value}" for name, value in sorted(stored.tags.items())) or "none"
        tell(f"Tags of {stored.id}: {now}")
    return 0


def run_file_command(run: str, *, folder: Path, as_json: bool, where: Where) -> int:
    """Hand back a run's files as they came."""
    from evenstride.service.recompute import hand_back

    with open_home(where) as home:
        written = hand_back(home, kept_run(home, run), folder)
    if as_json:
        print_json({"schema": "evenstride.run_files/1", "run": run, "files": [str(path) for path in written]})
    else:
        for path in written:
            print(printable(str(path)))
    return 0


def backup_command(file: Path, *, as_json: bool, where: Where) -> int:
    """Write everything of everybody into one file."""
    from evenstride.store import backup

    if file.exists() and not is_backup(file):
        raise InvalidRequest(f"{file} is there and is no backup.", help="Name another file: nothing is overwritten.")
    with opened(where) as store:
        done = backup(store, file, datetime.now(UTC))
    if as_json:
        print_json(_backup_document("evenstride.backup_made/1", done))
    else:
        everybody = ", ".join(done.athletes) or "nobody"
        tell(f"{file}: everything of {everybody}, {done.n_originals} originals. Keep it safe:"
             " it holds positions and health data, unencrypted.")  # fmt: skip
    if done.missing:
        tell(f"Missing or damaged, and not in it: {_listed(done.missing_names)}. Import these files again.")
        return PARTLY_DONE
    return 0


def restore_command(file: Path, *, as_json: bool, where: Where) -> int:
    """Take everything in a backup into this store."""
    from evenstride.store import restore

    with opened(where) as store:
        done = restore(store, file)
    if as_json:
        print_json(_backup_document("evenstride.restored/1", done))
    else:
        tell(f"Restored: {', '.join(done.athletes) or 'nobody'}; {done.n_originals} originals.")
        if done.missing:
            tell(f"Missing when the backup was made: {_listed(done.missing_names)}. Import these files again.")
    return 0


def export_command(folder: Path, *, as_json: bool, where: Where) -> int:
    """Write one athlete's data for other programs."""
    from evenstride.service.export import export

    with open_home(where) as home:
        done = export(home, folder)
    if as_json:
        document = {"schema": "evenstride.export/1", "folder": str(folder), "counts": dict(done.counts)}
        print_json({**document, "missing": list(done.missing)})
    else:
        listed = ", ".join(f"{name} ({n})" for name, n in done.counts.items())
        tell(f"{folder}: {listed}, and the documents as JSON.")
    if done.missing:
        tell(f"Missing or damaged in the store: {_listed(done.missing)}. Import these files again.")
        return PARTLY_DONE
    return 0


def erase_command(name: str, *, yes: bool, as_json: bool, where: Where) -> int:
    """Remove everything of one athlete, for good."""
    from evenstride.service.today_file import forget
    from evenstride.store import erase, find_athlete

    with opened(where) as store:
        athlete = find_athlete(store, name)
        if not yes:
            _ask_for_the_name(athlete.profile.name)
        forget(where, athlete.id)  # first: it can be written again, and must not be left over
        done = erase(store, athlete.id)
    if as_json:
        document = {
            "schema": "evenstride.erased/1", "athlete": athlete.profile.name, "rows": dict(done.rows),
            "originals": done.n_originals, "traces_left": done.traces_left,
        }  # fmt: skip
        print_json(document)
    else:
        rows = sum(done.rows.values())
        tell(f"Erased: {rows} rows and {done.n_originals} originals. Looked again: nothing is left.")
    if done.traces_left:
        tell("Another program has the database open: the space it takes is overwritten when that closes.")
    return 0


def _demand_some_path(paths: Sequence[Path]) -> None:
    if not any(_may_be_there(path) for path in paths):
        raise InvalidRequest(f"There is no file or folder {paths[0]}.", help="Check the name.")


def _may_be_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # which the import tells of this one path
        return True


def is_backup(file: Path) -> bool:
    """Whether a file that is there is an earlier backup, which a new one may replace."""
    with suppress(OSError, zipfile.BadZipFile):
        return "manifest.json" in zipfile.ZipFile(file).namelist()
    return False


def _listed(names: Sequence[str]) -> str:
    """The first few of the names, which anybody may have written, and how many more."""
    shown = printable(", ".join(names[:NAMES_SHOWN]))
    return shown if len(names) <= NAMES_SHOWN else f"{shown} and {len(names) - NAMES_SHOWN} more"


def _ask_for_the_name(name: str) -> None:
    if not sys.stdin.isatty():
        raise InvalidRequest("Erasing cannot be undone.", help="Say --yes to do it without being asked.")
    typed = click.prompt(f"Everything of {name} will be gone for good. Type the name to erase it", err=True)
    if typed.strip() != name:
        raise InvalidRequest("That is not the name: nothing was erased.", help="")


def _backup_document(schema: str, done: "Backup") -> dict[str, object]:
    return {
        "schema": schema,
        "file": str(done.path),
        "athletes": list(done.athletes),
        "rows": dict(done.rows),
        "originals": done.n_originals,
        "missing": list(done.missing),
        "missing_names": list(done.missing_names),
    }
