"""What is kept of people and their runs: a database (SQLite or PostgreSQL) and the original files beside it."""

from evenstride.store.backups import Backup, backup
from evenstride.store.connection import Store, close_store, open_store, originals_folder, writing
from evenstride.store.doings import (
    KeptLog,
    KeptReturn,
    add_return_state,
    add_session_logs,
    remove_session_log,
    return_states,
    session_logs,
    told_sessions,
    undo_return_state,
)
from evenstride.store.erasing import Erased, count_rows, erase
from evenstride.store.feeds import KeptFeed, add_feed, athlete_of_feed, feed, plan_changed, remove_feed
from evenstride.store.files import has_original, keep_original, read_original, remove_dead
from evenstride.store.importing import (
    KeptRecording,
    KeptRun,
    add_recording,
    add_run,
    failures,
    note_outcome,
    recording_id,
    remove_recording,
    replace_report,
    runs_between,
    runs_of_originals,
)
from evenstride.store.kept_runs import (
    RunEntry,
    find_run,
    find_runs,
    has_runs,
    original_files,
    originals,
    outdated,
    run_entries,
    runs,
    runs_beside,
    tag_run,
)
from evenstride.store.logs import (
    KeptEntry,
    LogKind,
    add_day_log,
    add_run_log,
    day_logs,
    log_history,
    remove_day_log,
    remove_run_log,
    run_logs,
    take_back_log,
    undo_last_log,
)
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
from evenstride.store.plans import (
    KeptPlan,
    NewPlan,
    add_calendar_entries,
    add_plan,
    calendar_entries,
    kept_plans,
    mark_exported,
    plan_and_before,
    plan_in_force,
    plans_in_turn,
    undo_plan,
)
from evenstride.store.remembered import remembered
from evenstride.store.restoring import restore
from evenstride.store.reviews import (
    KeptReview,
    add_opinion,
    add_review,
    mark_review_applied,
    review_history,
    reviews,
    undo_review,
)
from evenstride.store.screening import add_test, add_tests, kept_tests, remove_test, restore_test
from evenstride.store.states import EvidenceState, evidence_state
from evenstride.store.trials import (
    KeptVersion,
    add_template,
    add_trial,
    remove_template,
    templates,
    trial_history,
    trials,
    undo_trial,
)
from evenstride.store.watching import (
    WatchedFile,
    WatchedFolder,
    file_key,
    note_watched,
    unwatch,
    watch,
    watched_files,
    watched_folders,
)

__all__ = [
    "Athlete", "Backup", "Erased", "EvidenceState", "KeptEntry", "KeptFeed", "KeptLog", "KeptPlan", "KeptRecording",
    "KeptReturn", "KeptReview", "KeptRun", "KeptVersion", "LogKind", "NewPlan", "RunEntry", "Store", "WatchedFile",
    "WatchedFolder", "add_athlete", "add_calendar_entries", "add_day_log", "add_feed", "add_opinion", "add_plan",
    "add_recording", "add_return_state", "add_review", "add_run", "add_run_log", "add_session_logs",
    "add_side_check", "add_template", "add_test", "add_tests", "add_trial", "athlete_of_feed", "athletes", "backup",
    "calendar_entries", "close_store", "count_rows", "day_logs", "erase", "evidence_state", "failures", "feed",
    "file_key", "file_outcomes", "find_athlete", "find_run", "find_runs", "forget_outcomes", "has_original",
    "has_runs", "keep_original", "kept_plans", "kept_tests", "log_history", "mark_exported", "mark_review_applied",
    "note_outcome", "note_watched", "open_store", "original_files", "originals", "originals_folder", "outdated",
    "plan_and_before", "plan_changed", "plan_in_force", "plans_in_turn", "read_original", "recording_id",
    "remembered",
    "remove_day_log", "remove_dead", "remove_feed", "remove_recording", "remove_run_log", "remove_session_log",
    "remove_template", "remove_test", "replace_report", "restore", "restore_test", "return_states", "review_history",
    "reviews", "run_entries", "run_logs", "runs", "runs_beside", "runs_between", "runs_of_originals", "save_profile",
    "session_logs", "side_checks", "tag_run", "take_back_log", "templates", "told_sessions", "trial_history",
    "trials", "undo_last_log", "undo_plan", "undo_return_state", "undo_review", "undo_trial", "unwatch", "watch",
    "watched_files", "watched_folders", "writing",
]  # fmt: skip
