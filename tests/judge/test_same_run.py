"""Which recordings are of one run: by their time, and for one kind of device by what they say at the same moments."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from evenstride.judge.same_run import is_same_device, is_same_run, tell_the_same
from evenstride.model import Activity, Device

AT = datetime(2026, 5, 4, 6, 12, tzinfo=UTC)
T_S = np.arange(0.0, 1200.0)
HEART_BPM = 140.0 + 15.0 * np.sin(T_S / 90.0)


def activity(*, later_s=0.0, every=1, **channels):
    rows = slice(None, None, every)
    return Activity(
        format="fit", start=AT + timedelta(seconds=later_s), t_s=T_S[rows],
        channels={name: values[rows] for name, values in channels.items()},
    )  # fmt: skip


def test_the_order_of_two_recordings_does_not_matter():
    spans = [(AT, 3600.0), (AT + timedelta(minutes=20), 3000.0), (AT + timedelta(minutes=45), 3600.0)]
    for one in spans:
        for other in spans:
            assert is_same_run(*one, *other) == is_same_run(*other, *one)


def test_the_same_heart_at_the_same_moments_is_the_same_recording():
    assert tell_the_same(activity(heart_rate_bpm=HEART_BPM), activity(heart_rate_bpm=np.round(HEART_BPM))) is True


def test_a_copy_with_fewer_samples_is_still_the_same():
    assert tell_the_same(activity(heart_rate_bpm=HEART_BPM), activity(heart_rate_bpm=HEART_BPM, every=7)) is True


def test_the_same_course_a_minute_later_is_another_heart():
    assert tell_the_same(activity(heart_rate_bpm=HEART_BPM), activity(heart_rate_bpm=HEART_BPM, later_s=60)) is False


def test_one_channel_that_differs_is_enough():
    one = activity(heart_rate_bpm=HEART_BPM, cadence_spm=np.full(1200, 170.0))
    other = activity(heart_rate_bpm=HEART_BPM, cadence_spm=np.full(1200, 176.0))
    assert tell_the_same(one, other) is False


@pytest.mark.parametrize(
    "other",
    [
        activity(speed_mps=np.full(1200, 3.0)),
        activity(heart_rate_bpm=np.full(1200, np.nan)),
        activity(heart_rate_bpm=HEART_BPM, later_s=1190.0),
    ],
    ids=["no channel", "no values", "no shared time"],
)
def test_without_anything_in_common_it_is_not_known(other):
    one = activity(heart_rate_bpm=HEART_BPM, speed_mps=np.full(1200, 3.0))
    assert (tell_the_same(one, other), tell_the_same(other, one)) == (None, None)


def test_only_makers_name_a_kind_of_device():
    assert is_same_device(
        Device(manufacturer="garmin", product="fr945"), Device(manufacturer="garmin", product="fr945")
    )
    assert not is_same_device(Device(manufacturer="garmin"), Device(manufacturer="garmin"))
    assert not is_same_device(Device(manufacturer="garmin", product="fr945"), Device(product="Forerunner 945"))
