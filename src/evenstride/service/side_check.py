"""The side check: one guided minute from which follows whether a device's left is the left leg."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from evenstride.errors import EvenstrideError, InvalidRequest
from evenstride.judge.side_check import SIDE_CHECK_STEPS, STRETCH_S, check_side
from evenstride.measure.metrics import leg_samples
from evenstride.model import Activity, LegSamples, RunReport, Side, SideCheck, Span
from evenstride.service.analyze import Asked, analyze_members, read_bytes
from evenstride.service.home import Home, open_home
from evenstride.service.season import device_name
from evenstride.service.where import Where
from evenstride.store import add_side_check

_SAFETY = "Choose a leg that is well, and stop if anything hurts: either leg gives the same answer."


@dataclass(frozen=True, kw_only=True)
class CheckAsked:
    """Which leg stayed down longer (or hopped), how, and when: seconds since the start, None where not said."""

    leg: Side
    method: Literal["limp", "hop"] = "limp"
    from_s: float | None = None
    to_s: float | None = None


def side_check_steps(leg: Side, method: Literal["limp", "hop"]) -> tuple[str, ...]:
    """Return what a runner does, step by step.

    >>> side_check_steps("left", "limp")[1]
    'Start recording a run as usual, and run easily on the flat and straight. (3 minutes)'
    """
    steps = [
        step.text.format(leg=leg) + (f" ({_long(step.seconds)})" if step.seconds is not None else "")
        for step in SIDE_CHECK_STEPS[method]
    ]
    return (_SAFETY, *steps)


def check_sides(where: Where, file: Path, asked: CheckAsked) -> tuple[SideCheck, ...]:
    """Judge the guided minute in a file as :func:`check_sides_here` does, for the athlete who is meant."""
    _said_window(asked)
    with open_home(where) as home:
        return check_sides_here(home, file, asked)


def check_sides_here(home: Home, file: Path, asked: CheckAsked, *, name: str = "") -> tuple[SideCheck, ...]:
    """Judge the guided minute in a file, once for each source of contact time, and keep what is clear.

    An unclear answer is returned but not kept, so that it does not take the place of an earlier clear one. ``name`` is
    what the file is called where it lies under another name.

    Raises
    ------
    InvalidRequest
        No such file or athlete; a minute that is half said; too little of it; no contact time of each leg.
    UnreadableInput
        Nothing that can be read.
    """
    said = _said_window(asked)
    report, samples = _contact_times(file, name or file.name)
    window = said or _short_lap(report.activity)
    _demand_name(report)
    day = report.start.astimezone(ZoneInfo(home.profile.timezone)).date()
    checks = _each_source(samples, asked, window, (day, device_name(report)))
    for check in checks:
        if check.answer != "unclear":
            add_side_check(home.store, home.athlete_id, check)
    return checks


def read_moment(text: str) -> float | None:
    """Read a moment of a recording as a watch shows it, as seconds since the start; None where nothing is said.

    >>> read_moment("12:30"), read_moment("1:02:03"), read_moment(" ")
    (750.0, 3723.0, None)
    """
    if not text.strip():
        return None
    if not re.fullmatch(r"(\d{1,2}:[0-5])?\d{1,2}:[0-5]\d", text.strip()):
        raise InvalidRequest(
            f"{text!r} is no moment of a recording.", help="Write it as 12:30, minutes and seconds as the watch shows."
        )
    seconds = 0.0
    for part in text.strip().split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def _each_source(
    samples: tuple[LegSamples, ...], asked: CheckAsked, window: Span | None, when_and_device: tuple[date, str]
) -> tuple[SideCheck, ...]:
    """Check every source that can be; when none can, the first one's reason is the answer."""
    checks, refused = [], []
    day, device = when_and_device
    for legs in samples:
        try:
            check = check_side(legs, leg=asked.leg, method=asked.method, window=window, checked=day, device=device)
        except EvenstrideError as error:
            refused.append(error)
        else:
            checks.append(check)
    if not checks:
        raise refused[0]
    return tuple(checks)


def _demand_name(report: RunReport) -> None:
    if not device_name(report):
        raise InvalidRequest(
            "This file does not name its device, so the check could not be told from those of other devices.",
            help="Use the file that the watch or the pods wrote themselves, not a copy in another format.",
        )


def _said_window(asked: CheckAsked) -> Span | None:
    if asked.from_s is None and asked.to_s is None:
        return None
    if asked.from_s is None or asked.to_s is None or asked.to_s <= asked.from_s:
        raise InvalidRequest("The check has a beginning and a later end.", help="For example --from 5:00 --to 6:00.")
    return Span(start_s=asked.from_s, end_s=asked.to_s)


def _short_lap(activity: Activity | None) -> Span | None:
    """The lap that the runner marked: the only one about as long as the check, with running before and after it."""
    laps = activity.laps[1:-1] if activity is not None else ()
    short = [lap for lap in laps if STRETCH_S[0] <= lap.end_s - lap.start_s <= STRETCH_S[1]]
    return Span(start_s=short[0].start_s, end_s=short[0].end_s) if len(short) == 1 else None


def _contact_times(file: Path, name: str) -> tuple[RunReport, tuple[LegSamples, ...]]:
    """The longest recording in the file, and its contact times of each leg as the device names them."""
    analysis = analyze_members([(name, read_bytes(file))], Asked(any_sport=True))
    if not analysis.reports:
        raise analysis.failed[0].error
    report = max(analysis.reports, key=lambda one: one.duration_s)
    samples = leg_samples(report.activity) if report.activity is not None else ()
    contact = tuple(legs for legs in samples if legs.metric == "contact_time" and len(legs.t_s))
    if not contact:
        raise InvalidRequest(
            f"{name} has no contact time of each leg while running.",
            help="The check needs a recording of the device that gives left and right.",
        )
    return report, contact


def _long(seconds: float) -> str:
    return f"{seconds / 60:.0f} minute{'s' if seconds >= 90 else ''}"
