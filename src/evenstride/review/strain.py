"""Was a session harder than usual for this runner: effort and heart-rate recovery against the runner's own range?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean, stdev

from evenstride.model import HeartRateRecovery, ReviewCase, RunLog
from evenstride.model.profile import RunKind
from evenstride.review.tables import limits, table


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One value against what was to be expected; ``outside``: beyond it, on the tiring side."""

    day: date
    outside: bool
    text: str


def readings(case: ReviewCase, *, day: date) -> tuple[Reading, ...]:
    """Return every value until a day that can be compared, oldest first.

    Effort compares with the runner's last ten runs of the same kind (sessions: of the same type), recovery with the
    last ten that began at a similar heart rate, each as mean ± 2 sd; effort of a run also with the planned effort of
    its kind. Only the tiring side counts: a higher effort, a smaller fall of the heart rate. Fewer than five comparable
    ones make no range, and then nothing is said.
    """
    found = [*_efforts(case, day), *_recoveries(case, day), *_planned(case, day)]
    return tuple(sorted(found, key=lambda one: (one.day, one.text)))


def in_a_row(found: Sequence[Reading]) -> int:
    """On how many of the last days that can be told something was outside, without one between that was not."""
    days = sorted({one.day for one in found}, reverse=True)
    count = 0
    for day in days:
        if not any(one.outside for one in found if one.day == day):
            break
        count += 1
    return count


def kind_of(case: ReviewCase, log: RunLog) -> RunKind | None:
    """The kind of a run, as the runner says or as the calendar has it; None where neither does."""
    planned = {one.kind for one in case.calendar if one.day == log.day and one.kind != "rest"}
    return log.kind or (planned.pop() if len(planned) == 1 else None)


def _own(case: ReviewCase, day: date) -> list[tuple[RunLog, RunKind]]:
    known = [(log, kind_of(case, log)) for log in case.runs if log.by == "runner" and log.day <= day]
    return sorted(
        ((log, kind) for log, kind in known if kind is not None and log.effort_0_10 is not None),
        key=lambda one: (one[0].day, one[0].run),
    )


def _efforts(case: ReviewCase, day: date) -> Iterable[Reading]:
    last, sd_least = int(limits("rest")["range_last"]), float(limits("rest")["effort_sd_least"])
    streams: dict[str, list[tuple[date, float]]] = {}
    for log, kind in _own(case, day):
        streams.setdefault(f"{kind} run", []).append((log.day, log.effort_0_10 or 0.0))
    for one in sorted(case.sessions, key=lambda one: (one.day, one.session)):
        if one.done and one.effort_0_10 is not None and one.day <= day:
            name = f"{one.type} {one.kind}" if one.type else one.kind
            streams.setdefault(f"{name} session", []).append((one.day, one.effort_0_10))
    for name, values in streams.items():
        for place, (when, value) in enumerate(values):
            before = tuple(earlier for _, earlier in values[max(0, place - last) : place])
            if span := _range(before, sd_least):
                text = (
                    f"effort {value:g} of 10 in your {name} of {when}, against {_words(span)} in the {span[2]} before"
                )
                yield Reading(day=when, outside=value > span[1], text=text)


def _recoveries(case: ReviewCase, day: date) -> Iterable[Reading]:
    known = sorted((one for one in case.recoveries if one.day <= day), key=lambda one: (one.day, one.run))
    for place, one in enumerate(known):
        before = [earlier.drop_bpm for earlier in known[:place] if _alike(earlier, one)]
        if span := _range(
            tuple(before[-int(limits("rest")["range_last"]) :]), float(limits("rest")["recovery_sd_least_bpm"])
        ):
            text = (
                f"heart rate fell by {one.drop_bpm:.0f} in {one.seconds:.0f} s after the run of {one.day}, against"
                f" {_words(span)} in the {span[2]} before"
            )
            yield Reading(day=one.day, outside=one.drop_bpm < span[0], text=text)


def _alike(one: HeartRateRecovery, two: HeartRateRecovery) -> bool:
    return abs(one.at_bpm - two.at_bpm) <= limits("rest")["recovery_alike_bpm"] and abs(one.seconds - two.seconds) < 1.0


def _planned(case: ReviewCase, day: date) -> Iterable[Reading]:
    over = float(limits("rest")["effort_over_planned"])
    for log, kind in _own(case, day):
        planned = table("rest")["planned_effort"].get(kind)
        if planned is not None and log.effort_0_10 is not None:
            text = f"effort {log.effort_0_10:g} of 10 in your {kind} run of {log.day}, planned about {planned:g}"
            yield Reading(day=log.day, outside=log.effort_0_10 > planned + over, text=text)


@lru_cache(maxsize=8192)
def _range(last: tuple[float, ...], sd_least: float) -> tuple[float, float, int] | None:
    """The runner's own range from the last ones; None while there are too few.

    Kept at hand: four weeks ahead are written after every change, and each of their days asks for all of the past.
    """
    if len(last) < limits("rest")["range_least"]:
        return None
    half = float(limits("rest")["range_sd"]) * max(stdev(last), sd_least)
    return fmean(last) - half, fmean(last) + half, len(last)


def _words(span: tuple[float, float, int]) -> str:
    return f"{span[0]:.1f} to {span[1]:.1f}"
