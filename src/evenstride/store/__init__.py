"""What is kept of people and their runs: a database (SQLite or PostgreSQL) and the original files beside it."""

from evenstride.store.backups import Backup, backup
from evenstride.store.connection import Store, close_store, open_store, originals_folder, writing
from evenstride.store.erasing import Erased, erase
from evenstride.store.files import has_original, keep_original, read_original
from evenstride.store.importing import (
    KeptRecording,
    KeptRun,
    add_recording,
    add_run,
    failures,
    note_outcome,
    note_outcomes,
    recording_id,
    remove_recording,
    replace_report,
    runs_between,
    seen,
)
from evenstride.store.kept_runs import find_run, originals, outdated, runs, tag_run
from evenstride.store.outcomes import file_outcomes, forget_outcomes
from evenstride.store.people import (
    Athlete,
    add_athlete,
    add_side_check,
    athletes,
    find_athlete,
    save_profile,
    side_checks,
)
from evenstride.store.restoring import restore
from evenstride.store.screening import add_test, add_tests, kept_tests, remove_test, restore_test

__all__ = [
    "Athlete", "Backup", "Erased", "KeptRecording", "KeptRun", "Store", "add_athlete", "add_recording", "add_run",
    "add_side_check", "add_test", "add_tests", "athletes", "backup", "close_store", "erase", "failures",
    "file_outcomes", "find_athlete", "find_run", "forget_outcomes", "has_original", "keep_original", "kept_tests",
    "note_outcome", "note_outcomes", "open_store", "originals", "originals_folder", "outdated", "read_original",
    "recording_id", "remove_recording", "remove_test", "replace_report", "restore", "restore_test", "runs",
    "runs_between", "save_profile", "seen", "side_checks", "tag_run", "writing",
]  # fmt: skip
