"""What was done and felt, told in one go: sessions, runs, mornings; what waits to be told; what is taken back."""

from evenstride.service.logs.asked import (
    DayAsked,
    ExerciseAsked,
    RunAsked,
    SessionAsked,
    day_asked,
    known_exercises,
    run_asked,
    session_asked,
)
from evenstride.service.logs.days import flag_words, log_day
from evenstride.service.logs.runs import log_run, run_meant
from evenstride.service.logs.sessions import log_session, session_as_told, session_meant, take_back_session
from evenstride.service.logs.told import DayTold, LoggedDay, LoggedRun, LoggedSession, RunTold, SessionTold
from evenstride.service.logs.waiting import (
    Logged,
    Waiting,
    lately,
    load_weeks,
    planned_sessions,
    recent_runs,
    runs_waiting,
    show_logs,
    take_back,
    undo_log,
    waiting,
)
from evenstride.store import KeptEntry, LogKind

__all__ = [
    "DayAsked", "DayTold", "ExerciseAsked", "KeptEntry", "LogKind", "Logged", "LoggedDay", "LoggedRun",
    "LoggedSession", "RunAsked", "RunTold", "SessionAsked", "SessionTold", "Waiting", "day_asked", "flag_words",
    "known_exercises", "lately", "load_weeks", "log_day", "log_run", "log_session", "planned_sessions",
    "recent_runs", "run_asked", "run_meant", "runs_waiting", "session_as_told", "session_asked", "session_meant",
    "show_logs", "take_back", "take_back_session", "undo_log", "waiting",
]  # fmt: skip
