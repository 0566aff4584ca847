"""How far heart rate falls after a hard end: told only where the file shows a whole minute of it."""

from datetime import UTC, datetime

import numpy as np
import pytest

from evenstride.measure.metrics import running_time, summary_levels
from evenstride.measure.metrics.recovery import heart_rate_recovery
from evenstride.model import Activity, Span
from evenstride.service.analyze import analyze_file

END = 900


def run(*, after_s=120, at_end=172.0, easy=150.0, t_s=None, pauses=(), again=()):
    """Fifteen minutes of running, the last five hard, then standing while heart rate falls half a beat a second."""
    t_s = np.arange(0.0, END + after_s) if t_s is None else np.asarray(t_s, float)
    running = t_s < END
    for first, last in again:
        running |= (t_s >= first) & (t_s < last)
    heart_rate = np.where(t_s < END - 300, easy, at_end)
    heart_rate = np.where(t_s >= END, at_end - 0.5 * (t_s - END), heart_rate)
    channels = {"cadence_spm": np.where(running, 170.0, 0.0), "heart_rate_bpm": heart_rate}
    start = datetime(2026, 5, 4, tzinfo=UTC)
    return Activity(format="fit", start=start, t_s=t_s, channels=channels, pauses=pauses)


def told(activity):
    return heart_rate_recovery(activity, running_time(activity))


def test_the_fall_is_from_the_end_to_a_minute_later():
    found = told(run())
    assert (found.at_bpm, found.end_s) == (172.0, END)
    assert found.drop_bpm == pytest.approx(30.0)


def test_a_slower_watch_tells_nearly_the_same():
    assert told(run(t_s=np.arange(0.0, END + 120, 5.0))).drop_bpm == pytest.approx(30.0, abs=1.0)


@pytest.mark.parametrize(
    "activity",
    [
        pytest.param(run(after_s=55), id="the recording stops with the run"),
        pytest.param(run(at_end=120.0), id="the end was easy"),
        pytest.param(run(again=[(END + 30, END + 40)]), id="running went on within the minute"),
        pytest.param(run(t_s=[*range(END + 5), *range(END + 40, END + 120)]), id="a hole in the minute"),
        pytest.param(run(t_s=range(END - 200, END + 120)), id="heart rate has not risen yet"),
    ],
)  # fmt: skip
def test_nothing_is_told_where(activity):
    assert told(activity) is None


def test_no_heart_rate_tells_nothing():
    bare = run()
    channels = {"cadence_spm": bare.channels["cadence_spm"]}
    assert told(Activity(format="fit", start=bare.start, t_s=bare.t_s, channels=channels)) is None


def test_a_stopped_timer_is_a_hole():
    seconds = [*range(END + 1), *range(END + 59, END + 120)]
    assert told(run(t_s=seconds, pauses=(Span(start_s=END + 1, end_s=END + 59),))) is None


def test_a_last_jog_after_the_minute_leaves_the_hard_end():
    found = told(run(after_s=400, again=[(END + 300, END + 330)]))
    assert (found.end_s, round(found.drop_bpm)) == (END, 30)


def test_the_summary_of_a_run_has_it():
    activity = run()
    levels = summary_levels(activity, running_time(activity))
    assert levels["heart_rate_recovery_bpm"] == pytest.approx(30.0)
    assert levels["heart_rate_at_end_bpm"] == 172.0
    short = run(after_s=10)
    assert "heart_rate_recovery_bpm" not in summary_levels(short, running_time(short))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "drop", "at"), [("compressed-speed-distance.fit", 50.5, 168.5), ("6916728382.fit", 29.3, 158.8)]
)
def test_real_recordings_that_go_on_after_the_run_tell(real_data, name, drop, at):
    (path,) = real_data.rglob(name)
    summary = analyze_file(path).summary
    assert summary["heart_rate_recovery_bpm"] == pytest.approx(drop, abs=0.1)
    assert summary["heart_rate_at_end_bpm"] == pytest.approx(at, abs=0.1)


@pytest.mark.real_data
def test_a_real_recording_with_an_early_stop_tells_nothing(real_data):
    (path,) = real_data.rglob("kaiteriteri.fit")
    assert "heart_rate_recovery_bpm" not in analyze_file(path).summary
