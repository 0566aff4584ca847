"""What was done and felt, told in one go: sessions, runs, mornings; what waits to be told; what is taken back."""

from evenstride.service.logs.days import flag_words, log_day
from evenstride.service.logs.runs import log_run, run_meant
from evenstride.service.logs.sessions import log_session, session_meant, take_back_session
from evenstride.service.logs.told import DayTold, LoggedDay, LoggedRun, LoggedSession, RunTold, SessionTold
from evenstride.service.logs.waiting import (
    Logged,
    Waiting,
    load_weeks,
    planned_sessions,
    recent_runs,
    runs_waiting,
    show_logs,
    undo_log,
    waiting,
)

__all__ = [
    "DayTold", "Logged", "LoggedDay", "LoggedRun", "LoggedSession", "RunTold", "SessionTold", "Waiting", "flag_words",
    "load_weeks", "log_day", "log_run", "log_session", "planned_sessions", "recent_runs", "run_meant", "runs_waiting",
    "session_meant", "show_logs", "take_back_session", "undo_log", "waiting",
]  # fmt: skip
