"""The side check: one guided minute from which follows whether a device's left is the left leg."""

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
from evenstride.service.home import open_home
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
    method_words = "" if method == "limp" else f" --method {method}"
    return (_SAFETY, *steps, f"Give the file: evenstride athlete side-check RUN.fit --leg {leg}{method_words}")


def check_sides(where: Where, file: Path, asked: CheckAsked) -> tuple[SideCheck, ...]:
    """Judge the guided minute in a file, once for each source of contact time, and keep what is clear.

    An unclear answer is returned but not kept, so that it does not take the place of an earlier clear one.

    Raises
    ------
    InvalidRequest
        No such file or athlete; a minute that is half said; too little of it; no contact time of each leg.
    UnreadableInput
        Nothing that can be read.
    """
    said = _said_window(asked)
    with open_home(where) as home:
        report, samples = _contact_times(file)
        window = said or _short_lap(report.activity)
        _demand_name(report)
        day = report.start.astimezone(ZoneInfo(home.profile.timezone)).date()
        checks = _each_source(samples, asked, window, (day, device_name(report)))
        for check in checks:
            if check.answer != "unclear":
                add_side_check(home.store, home.athlete_id, check)
    return checks


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


def _contact_times(file: Path) -> tuple[RunReport, tuple[LegSamples, ...]]:
    """The longest recording in the file, and its contact times of each leg as the device names them."""
    analysis = analyze_members([(file.name, read_bytes(file))], Asked(any_sport=True))
    if not analysis.reports:
        raise analysis.failed[0].error
    report = max(analysis.reports, key=lambda one: one.duration_s)
    samples = leg_samples(report.activity) if report.activity is not None else ()
    contact = tuple(legs for legs in samples if legs.metric == "contact_time" and len(legs.t_s))
    if not contact:
        raise InvalidRequest(
            f"{file.name} has no contact time of each leg while running.",
            help="The check needs a recording of the device that gives left and right.",
        )
    return report, contact


def _long(seconds: float) -> str:
    return f"{seconds / 60:.0f} minute{'s' if seconds >= 90 else ''}"
