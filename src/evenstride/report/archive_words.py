"""What an import did, in the words that every door uses: of all files together, and of one."""

import re
from collections.abc import Mapping

from evenstride.model import FileOutcome, FileTold
from evenstride.report.archive_document import ImportSummary
from evenstride.report.numbers import count

LEFT_ASIDE: Mapping[str, tuple[str, str]] = {
    "not_a_run": ("activity that is no run", "activities that are no runs"),
    "not_an_activity": ("file of settings, monitoring or a workout", "files of settings, monitoring or workouts"),
    "unknown_format": ("file that is no recording", "files that are no recordings"),
}
"""Why files are left aside → one or several of what."""
OTHER_SPORT = re.compile(r"This is (?P<sport>.+), not running\.")
"""What is remembered of a file that was left aside is its sentence."""
KNOWN = "taken in before, or the same file twice"
TWIN = "another recording of a run that was there"
_CHIPS: Mapping[str, str] = {
    "new": "new", "twin": "merged", "known": "kept already", "aside": "left aside", "failed": "failed",
}  # fmt: skip


def done_words(summary: ImportSummary) -> str:
    """Return what became of all files together.

    >>> done_words(ImportSummary(files=12, kept=9, runs_added=8))
    '8 runs were added from 12 files'
    """
    files = many(summary.files, "file")
    if summary.runs_added:
        verb = "was" if summary.runs_added == 1 else "were"
        return f"{many(summary.runs_added, 'run')} {verb} added from {files}"
    if summary.merged:
        return f"{many(summary.merged, 'recording')} joined runs that were there already, from {files}"
    if not summary.files:
        return "There is nothing that could be a run"
    if summary.duplicates:
        verb = "is" if summary.duplicates == 1 else "are"
        return f"Nothing new: {count(summary.duplicates)} of {files} {verb} kept already"
    return f"No run was found in {files}"


def file_chip(told: FileTold) -> str:
    """Return in a word or two what became of one file."""
    return _CHIPS[told.became]


def file_words(told: FileTold) -> str:
    """Return what became of one file; of a new run nothing more is to be said.

    >>> file_words(FileTold(name="a.fit", became="twin", run="2026-05-04"))
    'another recording of a run that was there'
    >>> file_words(FileTold(name="a.fit", became="aside", kind="not_a_run", text="This is cycling, not running."))
    'This is cycling, not running.'
    """
    if told.became in ("twin", "known"):
        return TWIN if told.became == "twin" else KNOWN
    if told.became == "aside":
        return told.text or f"a {LEFT_ASIDE.get(told.kind, LEFT_ASIDE['unknown_format'])[0]}"
    return file_reason(told)


def file_reason(told: FileTold | FileOutcome) -> str:
    """Return why a file could not be kept, and what would help."""
    return f"{told.text} {told.help}".strip()


def many(number_of: int, what: str) -> str:
    """Return a number of things.

    >>> many(1, "run"), many(12, "run")
    ('1 run', '12 runs')
    """
    return f"{count(number_of)} {what}{'s' if number_of != 1 else ''}"
