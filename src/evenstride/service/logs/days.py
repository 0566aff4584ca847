"""Mornings told, and what a red flag means at once."""

from collections.abc import Sequence

from evenstride.errors import InvalidRequest
from evenstride.model import DayLog, RedFlag
from evenstride.plan.return_to_run import red_flags
from evenstride.service.home import Home
from evenstride.service.log_text import read_pain, read_stiffness
from evenstride.service.logs.shared import checked, past_day
from evenstride.service.logs.told import DayTold, LoggedDay
from evenstride.store import add_day_log


def log_day(home: Home, told: DayTold) -> LoggedDay:
    """Keep what a morning was like, joined with what was told of that day before.

    Raises
    ------
    InvalidRequest
        Nothing was said, the day lies ahead, or a value cannot be.
    """
    day = past_day(home, told.day or home.today, what="a morning")
    log = checked(lambda: DayLog(
        day=day, sleep_hours=told.sleep_hours, mood_0_4=told.mood_0_4,
        resting_heart_rate_bpm=told.resting_heart_rate_bpm, stiffness=tuple(read_stiffness(one) for one in told.stiff),
        soreness_0_10=told.soreness_0_10, soreness_hours=told.soreness_hours,
        pain=tuple(read_pain(one) for one in told.pains), red_flags=told.flags, note=told.note,
    ))  # fmt: skip
    if log == DayLog(day=day):
        raise InvalidRequest("Nothing was said of the morning.", help="For example --sleep 7.5 --mood 3.")
    kept = add_day_log(home.store, home.athlete_id, log, home.now).log
    return LoggedDay(log=kept, stop=flag_words(kept.red_flags))


def flag_words(flags: Sequence[RedFlag]) -> str:
    """Return what red flags mean at once: stop, and see a clinician, how soon; empty without one.

    >>> flag_words(("night_pain",))
    'Stop training, and see a clinician within two days: bone pain at night.'
    """
    if not flags:
        return ""
    words = [red_flags()[flag] for flag in flags]
    soon = "today or tomorrow" if any(when == "today or tomorrow" for _, when in words) else "within two days"
    return f"Stop training, and see a clinician {soon}: {', '.join(what for what, _ in words)}."
