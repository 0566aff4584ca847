"""What all pictures of one run share: its time, what was left out, its laps, and how fast and how high it went."""

from collections.abc import Callable, Mapping

import numpy as np

from evenstride.model import Floats, RunReport
from evenstride.model.profile import Units
from evenstride.report.charts import NARROW_PX, WIDE_PX, Strip, Timeline
from evenstride.report.explain import reason_words
from evenstride.report.numbers import pace
from evenstride.report.units import height_shown, metres_a_pace

RAN_ON = frozenset({"missing", "implausible"})
"""Left out for want of left and right, though the legs ran on: speed and heart count there."""
OUTLASTED = 3.0
"""A recording that outlasts its running this many times over is shown only where it ran."""

_WITHOUT_SIDES: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "cadence_spm": ("cadence, steps per minute", lambda value: f"{value:.0f}"),
    "contact_time_s": ("contact time, ms", lambda value: f"{1000 * value:.0f}"),
    "vertical_oscillation_m": ("vertical oscillation, mm", lambda value: f"{1000 * value:.0f}"),
    "step_length_m": ("step length, m", lambda value: f"{value:.2f}"),
    "heart_rate_bpm": ("heart rate, beats per minute", lambda value: f"{value:.0f}"),
}


def run_timeline(report: RunReport) -> Timeline:
    """Return the time axis of a run's pictures.

    >>> from evenstride.report.example import example_report
    >>> run_timeline(example_report()).excluded
    ((900.0, 1020.0, 'walking'),)
    """
    traces = [judged.trace for judged in report.judged if judged.trace is not None and len(judged.trace.t_s)]
    end_s = max(report.duration_s, 1.0, *(float(trace.t_s[-1]) for trace in traces))
    start_s = 0.0
    if traces:
        half = max(trace.window_s for trace in traces) / 2
        ran = min(float(trace.t_s[0]) for trace in traces) - half, max(float(trace.t_s[-1]) for trace in traces) + half
        if end_s > OUTLASTED * (ran[1] - ran[0]):
            start_s, end_s = max(0.0, ran[0]), ran[1]
    dropped = report.judged[0].dropped if report.judged and report.judged[0].dropped else report.dropped
    laps = report.judged[0].laps if report.judged else ()
    own_laps = report.activity.laps if report.activity else ()
    # A device that writes nothing while the timer stands leaves no records to drop: the pauses themselves say more.
    stood = report.activity.pauses if report.activity else ()
    pauses = [(one.start_s, one.end_s, reason_words("paused")) for one in stood]
    spans = [
        (start, end, reason_words(one.reason))
        for one in dropped
        if not (pauses and one.reason == "paused")
        for start, end in one.spans
    ]
    return Timeline(
        start_s=start_s,
        end_s=end_s,
        excluded=(*pauses, *spans),
        not_running=(
            *((start, end) for start, end, _ in pauses),
            *((start, end) for one in dropped if one.reason not in RAN_ON for start, end in one.spans),
        ),
        laps_s=tuple(lap.start_s for lap in laps or own_laps),
    )


def _always(units: Units) -> Mapping[str, tuple[str, Callable[[float], str]]]:
    per_m, (height, of_a_metre) = metres_a_pace(units), height_shown(units)
    of = "km" if units == "metric" else "mile"
    return {
        "speed_mps": (f"pace, minutes per {of} (faster is higher)", lambda value: pace(value, per_m=per_m)),
        "altitude_m": (f"altitude, {height}", lambda value: f"{of_a_metre * value:.0f}"),
    }


def strips(report: RunReport, units: Units = "metric") -> list[Strip]:
    """Return pace and altitude over time, and without left and right everything else worth a look; never positions."""
    always = _always(units)
    activity = report.activity
    if activity is None or not len(activity.t_s):
        return []
    wanted = always if report.judged and report.judged[0].trace is not None else {**always, **_WITHOUT_SIDES}
    known = {name: activity.channels[name] for name in wanted if name in activity.channels}
    return [
        Strip(label=wanted[name][0], t_s=activity.t_s, values=values, form=wanted[name][1])
        for name, values in known.items()
        if _varies(values)
    ]


def both_widths(draw: Callable[[float], str]) -> str:
    """Return a picture for a desk and one for a phone; the style sheet shows the one that fits."""
    return draw(WIDE_PX) + draw(NARROW_PX)


def _varies(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 1 and float(known.max()) > float(known.min())
