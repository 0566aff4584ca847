"""Every alarm of a season: like is watched with like, and nothing that a later run could change goes into it.

A correction found from the whole season would move with every run, and with it alarms that were said long ago. So
each device is watched on its own, runs on a treadmill are not watched, and what a level is adjusted for is judged by
the weeks of its baseline, for good. Shoes and surfaces are left in: when they change how the legs differ, the runner
should hear of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from evenstride.judge.adjusting import adjustment
from evenstride.judge.alarm import alarms, finished_weeks
from evenstride.judge.comparable import NOT_SAID, comparable
from evenstride.model import LEVELS, Alarm, Level, RunPoint
from evenstride.stats.alarm import WATCH

ANOTHER_FOR = timedelta(weeks=6)
"""A device that was not used for so long, while another was, is watched anew."""
OUTDOORS = frozenset({"", "no", "false", "0", "outdoor", "outdoors", NOT_SAID})
"""What the tag ``treadmill`` says of a run that was not on one."""


def season_alarms(points: Sequence[RunPoint], *, metric: str, today: date) -> tuple[Alarm, ...]:
    """Return every alarm of a season, in order: what would have been said week by week.

    Parameters
    ----------
    points
        The runs of one metric and source that can be compared, as measured, in any order.

    Notes
    -----
    Every device has twelve baseline weeks of its own. A change that one device has told is not told again by another
    that saw it: same direction, and the intervals of the weeks it began in overlap. Later runs never alter an earlier
    alarm. How often an alarm is false: ``validation/results/season_alarms.md``.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> still = [0.3, -0.4, 0.1, 0.5, -0.2, -0.6] * 2
    >>> runs = [
    ...     RunPoint(run=f"{device} {week}", start=datetime(2026, 3, day, 7, tzinfo=UTC) + timedelta(weeks=week),
    ...              value=value, device=device)
    ...     for week, value in enumerate(still + [value + 4.0 for value in still]) for day, device in enumerate("ab", 3)
    ... ]
    >>> [alarm.day.isoformat() for alarm in season_alarms(runs, metric="contact_time", today=date(2026, 9, 1))]
    ['2026-06-15']
    """
    said: list[tuple[int, Alarm]] = []
    level = LEVELS.get(metric)
    for stream, runs in enumerate(streams(points)):
        watched = runs if level is None else as_in_baseline(runs, level, today=today)
        said += [(stream, alarm) for alarm in alarms(watched, metric=metric, today=today)]
    told: list[tuple[int, Alarm]] = []
    for stream, alarm in sorted(said, key=lambda one: (one[1].day, one[0])):
        if not any(stream != other and _same_change(alarm, earlier) for other, earlier in told):
            told.append((stream, alarm))
    return tuple(alarm for _, alarm in told)


def streams(points: Sequence[RunPoint]) -> list[list[RunPoint]]:
    """Return the runs that are watched together, each list in order of time: one device, outdoors.

    >>> from datetime import UTC, datetime
    >>> runs = [
    ...     RunPoint(run=str(week), start=datetime(2026, 3, 3, 7, tzinfo=UTC) + timedelta(weeks=week), value=1.0,
    ...              device=device, tags={"treadmill": "yes"} if week == 4 else {})
    ...     for week, device in enumerate("aaaaabbbbbbbba")
    ... ]
    >>> [[run.run for run in stream] for stream in streams(runs)]
    [['0', '1', '2', '3'], ['5', '6', '7', '8', '9', '10', '11', '12'], ['13']]
    """
    found: list[list[RunPoint]] = []
    current: dict[str, list[RunPoint]] = {}
    before: RunPoint | None = None
    for point in sorted(points, key=lambda point: (point.start, point.run)):
        if point.tags.get("treadmill", "").strip().lower() not in OUTDOORS:
            continue
        stream = current.get(point.device)
        away = before is not None and before.device != point.device
        if stream is None or (away and point.start - stream[-1].start > ANOTHER_FOR):
            found.append(stream := [])
            current[point.device] = stream
        stream.append(point)
        before = point
    return found


def as_in_baseline(runs: Sequence[RunPoint], level: Level, *, today: date) -> list[RunPoint]:
    """Return one device's runs at the conditions usual in its baseline weeks, by the slopes found in these.

    None of them while the baseline is not complete, or where it does not tell the slope; without the runs in which a
    quantity was not recorded.
    """
    weeks = finished_weeks(runs, today)[: WATCH.baseline_weeks]
    if len(weeks) < WATCH.baseline_weeks:
        return []
    first = [run for week in weeks for run in week]
    taken = adjustment(comparable(first, adjusts=(), needs=level.adjusts, intervals=False, today=today), level)
    if taken is None:
        return []
    known = ((run, taken.at_usual(run)) for run in runs)
    return [replace(run, value=value, low=None, high=None) for run, value in known if value is not None]


def _same_change(alarm: Alarm, earlier: Alarm) -> bool:
    one, other = alarm.change_point, earlier.change_point
    return (
        one is not None and other is not None
        and alarm.value * earlier.value > 0.0 and one.low <= other.high and other.low <= one.high
    )  # fmt: skip
