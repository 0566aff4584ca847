"""Whether rows say what evenstride could have written: asked of a backup before anything of it is kept."""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, get_args
from unicodedata import category
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, select

from evenstride.model import (
    CalendarEntry,
    DayLog,
    Outcome,
    Plan,
    Profile,
    ReturnLog,
    ReturnState,
    Review,
    RunLog,
    RunReport,
    SessionLog,
    SessionTemplate,
    SideCheck,
    TestResult,
    Trial,
)
from evenstride.store.codec import from_json
from evenstride.store.tables import (
    athlete,
    calendar_change,
    calendar_feed,
    day_log,
    file_name,
    file_outcome,
    original,
    plan,
    recording,
    recording_original,
    return_state,
    review,
    run,
    run_log,
    run_tag,
    session_log,
    session_template,
    side_check,
    test_result,
    trial,
)

_RUN_NUMBER = re.compile(r"(-[1-9][0-9]*)?")
_RECORDING_ID = re.compile(r"[0-9a-f]{32}")
_LONGEST_KEY = 64
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_rows(connection: Connection) -> None:
    """Read every row as later commands will.

    Raises
    ------
    ValueError
        A row holds something that none of them could use.
    """
    for table, fits in _FITS.items():
        with connection.execute(select(table).execution_options(yield_per=100)) as rows:
            for row in rows:
                if not fits(row):
                    raise ValueError(table.name)
    if connection.execute(select(run.c.run_id).where(~_HAS_RECORDING).limit(1)).first():
        raise ValueError("a run without recordings")
    if connection.execute(select(recording.c.recording_id).where(~_HAS_FILE).limit(1)).first():
        raise ValueError("a recording of no file")


_HAS_RECORDING = exists().where(recording.c.athlete_id == run.c.athlete_id, recording.c.run_id == run.c.run_id)
_HAS_FILE = exists().where(
    recording_original.c.athlete_id == recording.c.athlete_id,
    recording_original.c.recording_id == recording.c.recording_id,
)


def _is_profile(row: Any) -> bool:
    return bool(ZoneInfo(from_json(Profile, row.profile).timezone))


def _is_side_check(row: Any) -> bool:
    return bool(from_json(SideCheck, row.body).checked == row.checked)


def _is_original(row: Any) -> bool:
    return bool(file_name(row.name) == row.name)


def _is_run(row: Any) -> bool:
    day = row.day.isoformat()
    return bool(
        row.run_id.startswith(day)
        and _RUN_NUMBER.fullmatch(row.run_id[len(day) :]) is not None
        and isfinite(row.duration_s)
    )


def _is_recording(row: Any) -> bool:
    report = from_json(RunReport, row.report)
    return bool(
        _RECORDING_ID.fullmatch(row.recording_id) is not None
        and row.part >= 0
        and isfinite(row.duration_s)
        and (report.start, report.duration_s) == (row.start, row.duration_s)
    )


def _is_tag(row: Any) -> bool:
    return bool(row.name) and _is_plain(row.name)


def _is_outcome(row: Any) -> bool:
    return row.outcome in get_args(Outcome) and 0 < len(row.file_key) <= _LONGEST_KEY and _is_plain(row.file_key)


def _is_test(row: Any) -> bool:
    return bool(row.test_id) and _is_plain(row.test_id) and from_json(TestResult, row.body).day == row.day


def _is_plan(row: Any) -> bool:
    return bool(row.number > 0 and _is_plain(row.why) and from_json(Plan, row.body).start == row.start)


def _is_calendar_change(row: Any) -> bool:
    return bool(row.number > 0 and from_json(CalendarEntry, row.body).day == row.day)


def _is_session_log(row: Any) -> bool:
    log = from_json(SessionLog, row.body)
    return bool(row.number > 0 and _is_plain(row.session) and (log.session, log.day) == (row.session, row.day))


def _is_return_state(row: Any) -> bool:
    from_json(ReturnState, row.body)
    return bool(row.number > 0 and (row.log is None or from_json(ReturnLog, row.log)))


def _is_run_log(row: Any) -> bool:
    log = from_json(RunLog, row.body)
    same = (log.day, log.run, log.by, log.name) == (row.day, row.run, row.rater, row.name)
    return bool(row.number > 0 and same and _is_plain(row.run) and _is_plain(row.name))


def _is_day_log(row: Any) -> bool:
    return bool(row.number > 0 and from_json(DayLog, row.body).day == row.day)


def _is_review(row: Any) -> bool:
    return bool(row.number > 0 and from_json(Review, row.body).week == row.week)


def _is_trial(row: Any) -> bool:
    return bool(row.number > 0 and _is_plain(row.name) and from_json(Trial, row.body).id == row.name)


def _is_template(row: Any) -> bool:
    return bool(row.number > 0 and _is_plain(row.name) and from_json(SessionTemplate, row.body).name == row.name)


def _is_feed(row: Any) -> bool:
    return bool(row.number > 0 and _SHA256.fullmatch(row.token_sha256))


def _is_plain(text: str) -> bool:
    return not any(category(one) == "Cc" for one in text)


_FITS: Mapping[Any, Callable[[Any], bool]] = {
    athlete: _is_profile,
    side_check: _is_side_check,
    original: _is_original,
    run: _is_run,
    recording: _is_recording,
    run_tag: _is_tag,
    file_outcome: _is_outcome,
    test_result: _is_test,
    plan: _is_plan,
    calendar_change: _is_calendar_change,
    session_log: _is_session_log,
    return_state: _is_return_state,
    run_log: _is_run_log,
    day_log: _is_day_log,
    review: _is_review,
    trial: _is_trial,
    session_template: _is_template,
    calendar_feed: _is_feed,
}
