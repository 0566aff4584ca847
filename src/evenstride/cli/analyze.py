"""`evenstride analyze`: runs in, reports out."""

import sys
from collections.abc import Sequence
from pathlib import Path

from evenstride.cli.show import print_json, progress
from evenstride.errors import EvenstrideError, InvalidRequest
from evenstride.report.document import runs_document
from evenstride.report.terminal import print_failures, print_run
from evenstride.service.analyze import Analysis, Asked, collect, each_analysis, load_csv_map, named_failures
from evenstride.service.pages import is_page, write_pages

PARTLY_DONE = 3


def analyze_command(
    files: Sequence[Path], *, html: Path | None, any_sport: bool, csv_map: Path | None, as_json: bool
) -> int:
    """Judge the files, print or write what was found, and return the exit code."""
    if html and len(files) > 1 and is_page(html):
        raise InvalidRequest(f"{html.name} is one page, for one run.", help="With several files --html names a folder.")
    asked = Asked(any_sport=any_sport, csv_map=load_csv_map(csv_map) if csv_map else None)
    analysis = collect(progress(each_analysis(files, asked), total=len(files), doing="Reading runs"))
    if not analysis.reports:
        return _nothing_done(analysis, as_json=as_json)
    written, unwritten = _pages(analysis, html) if html else (None, None)
    if as_json:
        print_json(runs_document(analysis.reports, named_failures(analysis)))
    else:
        for report in analysis.reports:
            print_run(report)
    print_failures(named_failures(analysis))
    if written:
        print(f"Page: {written}", file=sys.stderr)
    if unwritten:
        print(f"{unwritten.text} {unwritten.help}".strip(), file=sys.stderr)
    return PARTLY_DONE if analysis.failed or unwritten else 0


def _pages(analysis: Analysis, html: Path) -> tuple[Path | None, EvenstrideError | None]:
    """Write the pages; a place that cannot be written does not lose the analysis."""
    try:
        return write_pages(analysis, html), None
    except EvenstrideError as error:
        return None, error


def _nothing_done(analysis: Analysis, *, as_json: bool) -> int:
    """With one failure its own sentence is the answer; with several, each has a line."""
    first = analysis.failed[0].error
    if len(analysis.failed) == 1:
        raise first
    if as_json:
        failed = [{"name": name, "error": error} for name, error in named_failures(analysis)]
        kinds = {failure.error.kind for failure in analysis.failed}
        document = {
            "schema": "evenstride.error/1",
            "kind": first.kind if len(kinds) == 1 else "several",
            "text": f"None of the {len(failed)} files could be analysed.",
            "help": "Each has its own reason under failed.",
            "failed": failed,
        }
        print_json(document)
    print_failures(named_failures(analysis))
    return 1
